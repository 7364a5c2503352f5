package cli;

import console.Console;
import console.ErrorReport;
import contract.ExitCode;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses a command line, runs its command, and turns every problem into lines and an exit code. */
public final class Cli {
    private final Console console;
    private final Map<String, String> environment;

    public Cli(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Returns the exit code. */
    public int run(String... arguments) {
        ErrorReport errors = new ErrorReport(console, "pa", Arrays.asList(arguments).contains("--verbose"));
        CommandLine commandLine = commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.outPalette().coloured() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(false)
                // Not lambdas: a class archive cannot hold lambdas of such old class files, and each would cost 10 ms at every start.
                .setExecutionExceptionHandler(new IExecutionExceptionHandler() {
                    @Override
                    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
                        return errors.report(problem);
                    }
                })
                .setParameterExceptionHandler(new IParameterExceptionHandler() {
                    @Override
                    public int handleParseException(ParameterException problem, String[] args) {
                        return usage(problem, errors);
                    }
                });
        return commandLine.execute(arguments);
    }

    /** The whole command line, to run it or to describe it. */
    CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new PaCommand(console, environment), factory());
        commandLine.setOut(new PrintWriter(new OutputStreamWriter(console.outBytes(), StandardCharsets.UTF_8), true));
        Help.setUp(commandLine);
        return commandLine;
    }

    private IFactory factory() {
        IFactory usual = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                K made = usual.create(type);
                if (made instanceof Verb verb) {
                    verb.on(console, environment);
                }
                return made;
            }
        };
    }

    private static int usage(ParameterException problem, ErrorReport errors) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        String hint = "all options: " + command + " --help";
        String message = problem.getMessage();
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> words = unmatched.getUnmatched();
            // A task is allowed only directly after pa.
            boolean verb = problem.getCommandLine().getParent() != null;
            if (words.get(0).startsWith("-")) {
                List<String> near = new ArrayList<>(unmatched.getSuggestions());
                message = "unknown option " + words.get(0);
                hint = (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ") + hint
                        + (verb ? "" : "; give a task that begins with - with --task");
            } else if (verb) {
                message = "unexpected " + (words.size() == 1 ? "word" : "words") + " after " + command + ": "
                        + String.join(" ", words);
            } else {
                message = "unexpected " + (words.size() == 1 ? "word" : "words") + " after the task: " + String.join(" ", words);
                hint = "put the task in quotes: pa \"…\"";
            }
        }
        errors.print(message, hint);
        return ExitCode.USAGE;
    }
}
