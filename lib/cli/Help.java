package cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The text of {@code --help}: options in groups, then examples, environment and exit codes, each on a line of its own. */
final class Help {
    private static final String ENVIRONMENT = "environment";
    private static final String CODES = "codes";

    private Help() {}

    /** Sets up the help of a command and of all commands below it. */
    static void setUp(CommandLine commandLine) {
        CommandSpec spec = commandLine.getCommandSpec();
        Map<String, CommandLine.IHelpSectionRenderer> sections = commandLine.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, new Section(help -> ""));
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new Section(Help::options));
        if (runs(spec)) {
            List<String> keys = new ArrayList<>(commandLine.getHelpSectionKeys());
            keys.add(ENVIRONMENT);
            keys.add(CODES);
            commandLine.setHelpSectionKeys(keys);
            sections.put(ENVIRONMENT, new Section(help -> table(help, "Environment", HelpTexts.environment())));
            sections.put(CODES, new Section(help -> table(help, "Exit codes", HelpTexts.exitCodes())));
        }
        commandLine.getSubcommands().values().forEach(Help::setUp);
    }

    /** A class, not a lambda of picocli's interface: a class archive cannot hold lambdas of such old class files. */
    private record Section(Function<CommandLine.Help, String> text) implements CommandLine.IHelpSectionRenderer {
        @Override
        public String render(CommandLine.Help help) {
            return text.apply(help);
        }
    }

    /** Whether the command is a run, whose outcome is its exit code. */
    static boolean runs(CommandSpec spec) {
        return spec.findOption("--max-iterations") != null;
    }

    private static String options(CommandLine.Help help) {
        StringBuilder text = new StringBuilder();
        HelpGroups.of(help.commandSpec()).forEach((title, options) -> text.append(String.format("%n"))
                .append(help.colorScheme().text("@|bold " + title + ":|@")).append(String.format("%n"))
                .append(help.optionListExcludingGroups(options)));
        return text.toString();
    }

    private static String table(CommandLine.Help help, String title, Map<String, String> rows) {
        return String.format("%n") + help.colorScheme().text("@|bold " + title + ":|@") + String.format("%n")
                + help.createTextTable(rows);
    }
}
