package cli;

import cli.run.StateOption;
import console.Format;
import contract.ExitCode;
import contract.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import journal.SessionRemoval;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pa sessions rm}: removes sessions permanently. */
@Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove sessions permanently, by id or by age.")
final class SessionsRemoveCommand extends Verb {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "Sessions, each by its id or an unambiguous part of its id.")
    List<String> ids = new ArrayList<>();

    @Option(names = "--older-than", paramLabel = "TIME", description = "Sessions of all working directories that ended longer ago "
            + "than this, for instance 30d. Running sessions, and those with unsent telemetry, are kept.")
    Optional<String> olderThan = Optional.empty();

    @Mixin StateOption state = new StateOption();

    @Override
    int run() {
        if (ids.isEmpty() == olderThan.isEmpty()) {
            throw Failure.usage("name the sessions to remove, or give --older-than TIME",
                    "pa sessions rm ID; or pa sessions rm --older-than 30d");
        }
        StateHome home = StateHome.of(state.in(environment, console));
        return olderThan.isPresent() ? byAge(home, olderThan.get()) : byId(home);
    }

    private int byId(StateHome home) {
        Sessions all = new Sessions(home, Path.of("").toAbsolutePath());
        List<SessionSummary> found = new ArrayList<>();
        // Find all of them before removing the first.
        ids.forEach(id -> found.add(all.find(Optional.of(id))));
        SessionRemoval removal = new SessionRemoval(home);
        for (SessionSummary session : found) {
            boolean unsent = removal.unsent(session);
            removal.remove(session);
            console.note("removed " + session.id() + (unsent ? "; its telemetry was not sent" : ""));
        }
        return ExitCode.OK;
    }

    private int byAge(StateHome home, String age) {
        Duration duration = Format.parseDuration(age).orElseThrow(() -> Failure.usage(
                "--older-than takes a time, not '" + age + "'", "for instance 30d or 12h"));
        SessionRemoval.Swept swept = new SessionRemoval(home).olderThan(Instant.now().minus(duration));
        console.note(Format.plural(swept.removed(), "session") + " removed"
                + (swept.unsent() > 0 ? "; " + swept.unsent() + " kept, because their telemetry was not sent: " + console.pasteable(
                        "pa telemetry send") : ""));
        return ExitCode.OK;
    }
}
