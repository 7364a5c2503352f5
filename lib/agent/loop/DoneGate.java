package agent.loop;

import agent.Problem;
import agent.WorkerReport;
import agent.decision.Verification;
import java.util.Optional;

/**
 * What stands against a claim whatever its evidence is: a worker that has not ended its round cleanly, a check that is red or
 * older than the files.
 */
final class DoneGate {
    private DoneGate() {}

    /**
     * Why {@code mark_done} is refused; empty when it is earned.
     *
     * @param stateNow the tree's state at this moment
     */
    static Optional<String> refusal(History history, String stateNow, boolean verificationWanted) {
        if (history.pendingInstruction().isPresent() || history.begunInstruction().isPresent()) {
            return Optional.of("the worker has an instruction that it has not carried out yet");
        }
        Optional<WorkerReport> report = history.lastReport();
        if (report.isEmpty()) {
            return Optional.of("the worker has not done anything yet");
        }
        // A tool that was denied shows in the result, if it was needed.
        Optional<Problem> problem = report.get().obstacle();
        if (problem.isPresent()) {
            return Optional.of("the worker's last round was not clean (" + problem.get().value() + ": "
                    + problem.get().message() + "). Have it go on, or solve that first");
        }
        if (!verificationWanted) {
            return Optional.empty();
        }
        if (!stateNow.equals(history.state())) {
            return Optional.of("files changed after the last check. Run run_tests or verify_code again");
        }
        Optional<Verification> failed = history.verdicts().stream().filter(Verification::failed).findFirst();
        if (failed.isPresent()) {
            return Optional.of("a check fails in this state of the files: " + failed.get().subject());
        }
        if (history.verdicts().isEmpty()) {
            return Optional.of("nothing was checked in this state of the files. Use run_tests");
        }
        return Optional.empty();
    }
}
