package cli.run;

import agent.RunEvent;
import agent.RunEventHandler;
import console.Console;
import console.Format;
import contract.Secrets;
import functions.Consent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import process.CannotStart;
import process.Completed;
import process.ProcessSpec;
import process.SafeRun;

/**
 * {@code --notify CMD}: runs a command of the user when a run ends and when it waits for the user. The command reads the event from its
 * environment, which contains no keys. Nothing that it does changes the run.
 */
final class Notification implements RunEventHandler {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OUTPUT = 2000;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Console console;
    private Path directory = Path.of("").toAbsolutePath();
    private String session = "";
    private String task = "";

    Notification(List<String> command, Map<String, String> environment, Console console) {
        this.command = command;
        this.environment = Secrets.forVerification(environment);
        this.console = console;
    }

    @Override
    public void on(RunEvent.RunStarted started) {
        directory = started.task().directory();
        session = started.task().session();
        task = Format.oneLine(started.task().text(), OUTPUT);
    }

    @Override
    public void on(RunEvent.RunEnded ended) {
        tell("ended", ended.outcome().status().value(), Integer.toString(ended.outcome().exitCode()), ended.outcome().reason());
    }

    /** Asks the same question after running the command. */
    Consent before(Consent consent) {
        return (asked, why) -> {
            tell("waiting", "running", "", "may PA run this (" + why + ")? " + asked);
            return consent.given(asked, why);
        };
    }

    private void tell(String event, String status, String exitCode, String reason) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("PA_EVENT", event);
        variables.put("PA_STATUS", status);
        variables.put("PA_EXIT_CODE", exitCode);
        variables.put("PA_REASON", Format.oneLine(reason, OUTPUT));
        variables.put("PA_SESSION", session);
        variables.put("PA_TASK", task);
        variables.put("PA_DIRECTORY", directory.toString());
        // A signal that ends the run has interrupted this thread, but the command must run all the same.
        boolean interrupted = Thread.interrupted();
        Optional<String> problem;
        try {
            Completed done = SafeRun.run(new ProcessSpec(command, directory, variables, new byte[0]), LIMIT, OUTPUT);
            problem = done.succeeded() ? Optional.empty() : Optional.of(done.ending());
        } catch (CannotStart e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            interrupted = true;
            problem = Optional.of("interrupted");
        }
        problem.ifPresent(p -> console.note("pa: --notify " + Format.oneLine(String.join(" ", command), OUTPUT) + ": " + p));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
