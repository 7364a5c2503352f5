package stackcli;

import console.Console;
import console.ErrorReport;
import contract.ExitCode;
import contract.Failure;
import embedded.daemon.EmbeddedEngine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import services.Engine;

/** Parses a command line, runs its command, and turns every problem into lines and an exit code. */
public final class StackCli {
    private final Console console;
    private final Map<String, String> environment;
    private final Optional<Function<Map<String, String>, Engine>> embedded;

    /** @param embedded makes the engine without containers, if this program has it */
    public StackCli(Console console, Map<String, String> environment, Optional<Function<Map<String, String>,
            Engine>> embedded) {
        this.console = console;
        this.environment = environment;
        this.embedded = embedded;
    }

    /** The program for users, with both engines. */
    public static StackCli withBothEngines(Console console, Map<String, String> environment) {
        return new StackCli(console, environment, Optional.of(EmbeddedEngine::new));
    }

    /** Returns the exit code. SIGINT and SIGTERM interrupt this thread and wait until it has cleaned up. */
    public int run(String... arguments) {
        ErrorReport errors = new ErrorReport(console, "stack", Arrays.asList(arguments).contains("--verbose"));
        try (VerbInterruption signals = VerbInterruption.interruptThisThread()) {
            StackCommand stack = new StackCommand(console, environment, embedded);
            stack.prepare(Arrays.asList(arguments));
            CommandLine commandLine = new CommandLine(stack);
            Subcommands.add(commandLine, arguments);
            commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(console.outIsTerminal() ? Ansi.AUTO : Ansi.OFF))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setOverwrittenOptionsAllowed(false)
                    // Not lambdas: a class archive cannot hold lambdas of such old class files, and each would cost 10 ms at every start.
                    .setExecutionExceptionHandler(new IExecutionExceptionHandler() {
                        @Override
                        public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
                            int code = errors.report(signals.explain(problem));
                            return signals.exitCode().orElse(code);
                        }
                    })
                    .setParameterExceptionHandler(new IParameterExceptionHandler() {
                        @Override
                        public int handleParseException(ParameterException problem, String[] args) {
                            return usage(problem, errors);
                        }
                    });
            StringWriter help = new StringWriter();
            int code = commandLine.setOut(new PrintWriter(help)).execute(arguments);
            if (!help.toString().isEmpty()) {
                console.out(help.toString().stripTrailing());
            }
            return code;
        }
    }

    private static int usage(ParameterException problem, ErrorReport errors) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        String hint = "all options: " + command + " --help";
        String message = problem.getMessage();
        if (problem.getCause() instanceof Failure failure) {
            return errors.report(failure);
        }
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            String word = unmatched.getUnmatched().get(0);
            message = (word.startsWith("-") ? "unknown option " : "unknown word ") + word;
            hint = near.isEmpty() ? hint : "did you mean " + String.join(" or ", near) + "? " + hint;
        }
        errors.print(message, hint);
        return ExitCode.USAGE;
    }
}
