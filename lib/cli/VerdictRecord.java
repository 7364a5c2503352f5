package cli;

import agent.Outcome;
import agent.RunEvent;
import agent.RunListener;
import agent.TelemetryPlan;
import agent.Totals;
import cli.run.TelemetrySink;
import console.Console;
import contract.KnownSecrets;
import contract.StateFolders;
import contract.TraceLink;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import journal.Journal;
import journal.Origins;
import journal.SessionFolder;
import journal.Sessions;
import journal.StateHome;
import telemetry.Plans;
import telemetry.RunPlace;
import telemetry.WorkerTelemetry;

/**
 * The telemetry of a verdict without a run. It is made from a journal, as for a run, so that a later {@code pa} can send what was not
 * delivered. With telemetry off nothing is written.
 */
final class VerdictRecord implements RunListener, AutoCloseable {
    private final Console console;
    private final Map<String, String> environment;
    private final Optional<Open> open;

    private record Open(SessionFolder folder, Journal journal, TelemetrySink telemetry) {}

    private VerdictRecord(Console console, Map<String, String> environment, Optional<Open> open) {
        this.console = console;
        this.environment = environment;
        this.open = open;
    }

    /**
     * Starts the record.
     *
     * @param reasoner the name of the possible reviewer
     * @param option {@code --telemetry} or {@code --no-telemetry}
     */
    static VerdictRecord begin(Console console, Map<String, String> environment, Path directory, Optional<String> reasoner,
            Optional<Boolean> option) {
        String id = Sessions.newId(LocalDateTime.now());
        Plans.Decided decided = Plans.of(environment, option, id, 1);
        decided.warnings().forEach(warning -> console.note("pa: telemetry: " + warning));
        TelemetryPlan plan = decided.plan();
        if (!plan.on()) {
            return new VerdictRecord(console, environment, Optional.empty());
        }
        StateHome home = StateHome.of(environment);
        SessionFolder folder = SessionFolder.holdVerification(home, id);
        Journal journal = Journal.open(folder, Clock.systemUTC(), KnownSecrets.of(environment));
        TelemetrySink telemetry = TelemetrySink.of(environment, new RunPlace(id, folder.path(), StateFolders.state(environment), 1, 0,
                1, plan), WorkerTelemetry.NONE, journal);
        VerdictRecord made = new VerdictRecord(console, environment, Optional.of(new Open(folder, journal, telemetry)));
        made.on(new RunEvent.VerifyStarted(id, directory.toAbsolutePath().normalize(), reasoner, Optional.of(plan),
                Origins.here(environment)));
        return made;
    }

    @Override
    public void on(RunEvent event) {
        open.ifPresent(o -> o.journal().on(event));
    }

    void end(Outcome outcome, Totals totals) {
        on(new RunEvent.VerifyEnded(outcome, totals));
    }

    /** Delivers as much as possible within the time limit. */
    @Override
    public void close() {
        open.ifPresent(o -> {
            o.telemetry().close().ifPresent(console::note);
            o.telemetry().traceId().flatMap(trace -> TraceLink.of(trace, environment))
                    .ifPresent(url -> console.note("  trace: " + url));
            o.journal().close();
            o.folder().close();
            SessionFolder.removeDeliveredVerifications(StateHome.of(environment));
        });
    }
}
