package cli;

import console.Console;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A subcommand. Picocli makes it, and {@link Cli} sets its console and environment before it is called. */
abstract class Verb implements Callable<Integer> {
    @Spec CommandSpec spec;

    Console console;
    Map<String, String> environment;

    void on(Console output, Map<String, String> surroundings) {
        console = output;
        environment = surroundings;
    }

    /** Carries it out, unless a task or an option stands before it. */
    @Override
    public final Integer call() throws InterruptedException {
        ((PaCommand) spec.root().userObject()).refuseTaskBeside(spec.qualifiedName().split(" ")[1]);
        return run();
    }

    /** Returns the exit code. */
    abstract int run() throws InterruptedException;
}
