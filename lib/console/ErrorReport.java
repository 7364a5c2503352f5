package console;

import contract.ExitCode;
import contract.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The one place that turns an exception into lines for the user and an exit code. */
public final class ErrorReport {
    private final Console console;
    private final String program;
    private final boolean stackTraces;

    /** @param program the name before the message, {@code pa} or {@code stack} */
    public ErrorReport(Console console, String program, boolean stackTraces) {
        this.console = console;
        this.program = program;
        this.stackTraces = stackTraces;
    }

    /** Prints what was wrong and what to do next; returns the exit code. */
    public int report(Throwable problem) {
        if (problem instanceof Failure failure) {
            print(failure.getMessage(), failure.hint());
            if (stackTraces) {
                trace(failure);
            }
            return failure.exitCode();
        }
        print("unexpected " + problem, stackTraces ? "" : "this is a bug in " + program
                + "; run the command again with --verbose and report the output");
        if (stackTraces) {
            trace(problem);
        }
        return ExitCode.ERROR;
    }

    /** Prints the message and, if there is one, the hint. */
    public void print(String message, String hint) {
        console.note(console.palette().red(program + ":") + " " + Format.printable(message));
        if (!hint.isEmpty()) {
            console.steps(console.palette().dim("  hint:") + " ", hint).forEach(console::note);
        }
    }

    private void trace(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        console.note(text.toString().stripTrailing());
    }
}
