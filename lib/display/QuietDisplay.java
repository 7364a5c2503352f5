package display;

import agent.RunEvent;
import agent.RunEventHandler;
import console.Console;
import console.Format;
import console.ProgramName;
import contract.Status;
import java.nio.file.Path;
import java.util.Optional;

/** Shows only the result: on stdout when the work is completed; otherwise the reason and the next step on stderr. */
public final class QuietDisplay implements RunEventHandler {
    private final Console console;
    private Optional<Path> directory = Optional.empty();

    public QuietDisplay(Console console) {
        this.console = console;
    }

    @Override
    public void on(RunEvent.RunStarted started) {
        directory = Optional.of(started.task().directory());
    }

    @Override
    public void on(RunEvent.RunEnded ended) {
        String reason = Format.printable(ended.outcome().reason()).strip();
        if (ended.outcome().status() == Status.COMPLETED) {
            console.out(reason);
        } else {
            console.note("pa: " + ended.outcome().status().value() + ": " + reason);
            if (!ended.outcome().next().isEmpty()) {
                console.steps("  next: ", ProgramName.withDirectory(ended.outcome().next(), directory)).forEach(console::note);
            }
        }
    }
}
