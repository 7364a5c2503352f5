package stackcli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb that works on the stack and shows meanwhile what it does. */
abstract class StackVerb implements Callable<Integer> {
    @Spec CommandSpec spec;

    StackCommand stack;

    @Override
    public final Integer call() throws InterruptedException {
        stack = (StackCommand) spec.root().userObject();
        try (ConsoleProgress progress = stack.progress()) {
            return run(progress);
        }
    }

    /** Returns the exit code. */
    abstract int run(ConsoleProgress progress) throws InterruptedException;
}
