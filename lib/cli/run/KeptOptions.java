package cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a run as words for its journal. A resumed session takes them over: {@code pa resume ID} continues with the same
 * reasoner, worker, check and limits. Options on the new command line win.
 */
public final class KeptOptions {
    /** Options about the display and the place of a run; they are not kept. */
    private static final Set<String> NOT_KEPT = Set.of("--working-dir", "--display", "--verbose", "--task", "--session", "--json",
            "--list-sessions", "--state-dir", "--notify", "--context-dir", "--screenshot", "--add-screenshot", "--help", "--version");

    private KeptOptions() {}

    /** The options on the command line, as {@code --name=value}. */
    static List<String> of(CommandSpec command) {
        ParseResult parsed = command.commandLine().getParseResult();
        List<String> words = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            if (NOT_KEPT.contains(option.longestName())) {
                continue;
            }
            String name = Boolean.FALSE.equals(unwrapped(option.getValue())) && option.negatable()
                    ? "--no-" + option.longestName().substring(2) : option.longestName();
            if (option.arity().max() == 0) {
                words.add(name);
            } else {
                option.originalStringValues().forEach(value -> words.add(name + "=" + value));
            }
        }
        return words;
    }

    /** Options with a program as their value: the user is told when a resumed session takes one over. */
    private static final Set<String> COMMANDS = Set.of("--verify", "--worker-cmd", "--claude-bin");

    /**
     * Sets {@code command}'s options that are not on the command line to the kept values. Unknown options are ignored.
     *
     * @return the words taken over that name a program
     */
    public static List<String> inherit(CommandSpec command, List<String> kept) {
        RunOptions earlier = new RunOptions();
        CommandLine reader = new CommandLine(CommandSpec.wrapWithoutInspection(new Object()).addMixin("run",
                CommandSpec.forAnnotatedObject(earlier))).setUnmatchedArgumentsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true).setExpandAtFiles(false);
        reader.parseArgs(kept.toArray(new String[0]));
        ParseResult typed = command.commandLine().getParseResult();
        List<String> commands = new ArrayList<>();
        for (OptionSpec option : reader.getCommandSpec().options()) {
            OptionSpec own = command.findOption(option.longestName());
            if (own != null && reader.getParseResult().hasMatchedOption(option) && !typed.hasMatchedOption(own)
                    && !contradicts(option.longestName(), typed)) {
                own.setValue(option.getValue());
                if (COMMANDS.contains(option.longestName())) {
                    option.originalStringValues().forEach(value -> commands.add(option.longestName() + " " + value));
                }
            }
        }
        return commands;
    }

    /** Actions that restore the values that {@link #inherit} would change. */
    static List<Runnable> remember(CommandSpec command, List<String> words) {
        List<Runnable> undo = new ArrayList<>();
        for (String word : words) {
            OptionSpec option = command.findOption(word.split("=", 2)[0]);
            if (option != null) {
                Object value = option.getValue();
                undo.add(() -> option.setValue(value));
            }
        }
        return undo;
    }

    /** A new option for the check or the worker replaces the old one, also one of another name. */
    private static boolean contradicts(String option, ParseResult typed) {
        return option.equals("--verify") && typed.hasMatchedOption("--no-verify")
                || option.equals("--no-verify") && typed.hasMatchedOption("--verify")
                || option.equals("--worker-cmd") && (typed.hasMatchedOption("--worker") || typed.hasMatchedOption("--claude-bin"));
    }

    private static Object unwrapped(Object value) {
        return value instanceof java.util.Optional<?> optional ? optional.orElse(null) : value;
    }
}
