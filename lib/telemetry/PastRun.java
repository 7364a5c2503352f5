package telemetry;

import agent.Beginning;
import agent.Origin;
import agent.RunEvent;
import agent.TelemetryPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import journal.Entry;
import journal.JournalReader;
import journal.Origins;
import journal.SessionFolder;

/**
 * A run as its journal has it.
 *
 * @param folder of the session
 * @param number of the run in its session, from 1
 * @param entries from its start to before the start of the next one
 */
record PastRun(Path folder, int number, int roundsBefore, Beginning started, List<Entry> entries) {
    private static final String JOURNAL = "journal.jsonl";

    /** Whether a run has an end, may still get one, or never will. */
    enum State {
        ENDED,
        /** Its process works on it. */
        RUNNING,
        /** Its process was killed: nobody holds the session, and it was on this machine since it was started. */
        KILLED,
        /** It has no end, and it was begun on another machine or before this one was started again. */
        ELSEWHERE
    }

    /** The runs of a session, oldest first. */
    static List<PastRun> of(Path folder) {
        List<PastRun> runs = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        int rounds = 0;
        int roundsBefore = 0;
        for (Entry entry : JournalReader.read(folder.resolve(JOURNAL)).entries()) {
            if (entry.event() instanceof Beginning && !entries.isEmpty()) {
                runs.add(run(folder, runs.size() + 1, roundsBefore, entries));
                entries = new ArrayList<>();
                roundsBefore = rounds;
            }
            if (!entries.isEmpty() || entry.event() instanceof Beginning) {
                entries.add(entry);
            }
            rounds += entry.event() instanceof RunEvent.WorkerStarted ? 1 : 0;
        }
        if (!entries.isEmpty()) {
            runs.add(run(folder, runs.size() + 1, roundsBefore, entries));
        }
        return List.copyOf(runs);
    }

    private static PastRun run(Path folder, int number, int roundsBefore, List<Entry> entries) {
        return new PastRun(folder, number, roundsBefore, (Beginning) entries.get(0).event(), List.copyOf(entries));
    }

    String session() {
        return folder.getFileName().toString();
    }

    long firstEvent() {
        return entries.get(0).sequence();
    }

    Instant begun() {
        return entries.get(0).at();
    }

    /** When the last thing happened in it. */
    Instant last() {
        return entries.get(entries.size() - 1).at();
    }

    Optional<TelemetryPlan> plan() {
        return started.telemetry();
    }

    /** @param newest whether no later run of the session was begun: then who holds the session works on this one */
    State state(boolean newest, Map<String, String> environment) {
        if (entries.stream().anyMatch(entry -> entry.event() instanceof RunEvent.RunEnded
                || entry.event() instanceof RunEvent.VerifyEnded)) {
            return State.ENDED;
        }
        if (newest && SessionFolder.held(folder)) {
            return State.RUNNING;
        }
        Origin here = Origins.here(environment);
        // A later run of the session shows that this one is over, wherever it was.
        return !newest || started.origin().sameBoot(here) || sameMachineSince(here) ? State.KILLED : State.ELSEWHERE;
    }

    /** A machine that was started again has none of its processes left. */
    private boolean sameMachineSince(Origin here) {
        return !here.hostId().isEmpty() && here.hostId().equals(started.origin().hostId());
    }
}
