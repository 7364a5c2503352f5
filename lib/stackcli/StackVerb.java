package stackcli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/** A verb that works on the stack and shows meanwhile what it does. */
abstract class StackVerb implements Callable<Integer> {
    @ParentCommand StackCommand stack;

    @Override
    public final Integer call() throws InterruptedException {
        try (ConsoleProgress progress = stack.progress()) {
            return run(progress);
        }
    }

    /** Returns the exit code. */
    abstract int run(ConsoleProgress progress) throws InterruptedException;
}
