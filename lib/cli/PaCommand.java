package cli;

import cli.run.Run;
import cli.run.RunOptions;
import cli.run.RunRequest;
import console.ClassArchive;
import console.Console;
import contract.Failure;
import contract.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pa "task"}: one task, one run. */
@Command(name = "pa", version = "pa " + Product.VERSION, mixinStandardHelpOptions = true, sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisHeading = "", customSynopsis = {"Usage: pa [OPTIONS] \"TASK\"",
            "       pa sessions | show | resume | verify | regrade | export | telemetry | completion"},
        description = {"", "Supervises a coding agent until its work is verified or a limit is reached.", ""},
        optionListHeading = "%nOptions:%n", commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  pa --rehearse \"Create a hello world script\"     no key, no model",
            "  pa -d ~/my-project \"Fix the failing test\"",
            "  pa --verify \"make check\" --max-cost 2 \"Fix the failing test\"",
            "  pa --reasoner rules --worker-cmd \"my-agent --stdin\" \"Fix the build\"",
            "  pa - < task.txt                                a task from a file",
            "  pa show                                        the last run as a tree"},
        subcommands = {SessionsCommand.class, ShowCommand.class, ResumeCommand.class, VerifyCommand.class,
            RegradeCommand.class, ExportCommand.class, TelemetryCommand.class, CompletionCommand.class})
public final class PaCommand implements Callable<Integer> {
    /** A longer task does not fit a model's attention; usually it is a file given by mistake. */
    private static final int MAX_TASK = 200_000;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TASK", description = "The task, in quotes; - reads it from "
            + "standard input.")
    Optional<String> task;

    @Option(names = {"-t", "--task"}, paramLabel = "TASK", description = "The task, instead of the argument.")
    Optional<String> taskOption;

    @Option(names = {"-s", "--session"}, paramLabel = "ID", description = "Continue this session; TASK is its next step.")
    Optional<String> session;

    @Option(names = "--list-sessions", hidden = true, description = "The same as: pa sessions.")
    boolean listSessions;

    @Mixin RunOptions options;

    @Mixin RunOptions.Material material;

    @Spec CommandSpec spec;

    private final Console console;
    private final Map<String, String> environment;

    public PaCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (listSessions) {
            SessionsCommand sessions = new SessionsCommand();
            sessions.on(console, environment);
            return sessions.list(options.directory, options.state, false, false);
        }
        ClassArchive.removeIfPoor();
        RunRequest.Builder request = new RunRequest.Builder(console, options.state.in(environment, console), options, spec);
        Optional<String> text = text();
        if (session.isPresent()) {
            if (material.given()) {
                throw Failure.usage("a session keeps the context that it started with",
                        "leave out --context-dir and the screenshots, or start a new session");
            }
            return new Run(request.resume(session.get(), text)).execute();
        }
        String wanted = text.orElseThrow(() -> Failure.usage("no task given", "for instance: pa \"Create a hello world script\"; "
                + "all options: pa --help"));
        return new Run(request.begin(wanted, material)).execute();
    }

    /** Called first by every subcommand: a task beside it, or an option before it, would be ignored without a message. */
    void refuseTaskBeside(String subcommand) {
        spec.commandLine().getParseResult().matchedOptions().stream().filter(o -> !o.longestName().equals("--task")).findFirst()
                .ifPresent(option -> {
                    throw Failure.usage("an option before '" + subcommand + "' has no effect: " + option.longestName(),
                            "put it after: pa " + subcommand + " " + option.longestName() + " …");
                });
        if (task.isPresent() || taskOption.isPresent()) {
            throw Failure.usage("a task and '" + subcommand + "' cannot be used together",
                    "put the task in quotes: pa \"" + task.or(() -> taskOption).orElse("") + " " + subcommand + " …\"");
        }
    }

    private Optional<String> text() {
        if (task.isPresent() && taskOption.isPresent()) {
            throw Failure.usage("the task is given twice, as an argument and with --task", "give it once");
        }
        task.ifPresent(word -> TaskWord.check(word, spec.commandLine().getSubcommands().keySet()));
        Optional<String> given = task.or(() -> taskOption).or(material::taskAfterScreenshot);
        Optional<String> text = given.filter("-"::equals).isPresent() ? Optional.of(standardInput()) : given;
        text.filter(String::isBlank).ifPresent(t -> {
            throw Failure.usage("the task is empty", "describe the task in quotes");
        });
        text.filter(t -> t.length() > MAX_TASK).ifPresent(t -> {
            throw Failure.usage("the task has " + t.length() + " characters, more than " + MAX_TASK,
                    "write a short task, and put the material into a file of the project or a --context-dir");
        });
        return text;
    }

    private static String standardInput() {
        try {
            // One character more than allowed is enough to know; no character needs more than four bytes.
            return new String(System.in.readNBytes((MAX_TASK + 1) * 4), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.error("standard input cannot be read: " + e.getMessage(), "", e);
        }
    }
}
