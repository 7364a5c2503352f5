package agent.loop;

import agent.Limits;
import agent.Origin;
import agent.Task;
import agent.TelemetryPlan;
import contract.EvidenceLevel;
import java.util.List;
import java.util.Optional;

/**
 * What a run is to do.
 *
 * @param rehearsal whether stand-ins answer and no model is called
 * @param further a new instruction for a session that is resumed
 * @param settings the options that a resume takes over
 * @param telemetry what was decided about the run's telemetry
 * @param origin where it runs
 */
public record Supervision(Task task, Limits limits, Terms terms, boolean rehearsal, Optional<String> further,
        List<String> settings, Optional<TelemetryPlan> telemetry, Origin origin) {
    /**
     * When the work is done, and when it is given up.
     *
     * @param verification whether done has to be earned by a check
     * @param evidence what completed needs at least
     * @param waits whether a run that an account's limit holds waits until it resets, instead of ending
     * @param endsStalledRounds whether a stall inside a round ends the round
     */
    public record Terms(boolean verification, EvidenceLevel evidence, boolean waits, boolean endsStalledRounds) {}

    public Supervision withTelemetry(TelemetryPlan decided) {
        return new Supervision(task, limits, terms, rehearsal, further, settings, Optional.of(decided), origin);
    }
}
