package agent;

import java.util.Optional;

/**
 * Done must be earned: the worker's last round was clean, and what had to be verified passed in this state of the tree.
 * Skipped is not passed.
 */
final class DoneGate {
    private DoneGate() {}

    /**
     * Why {@code mark_done} is refused; empty when it is earned.
     *
     * @param stateNow the tree's state at this moment
     * @param checkable whether there is a check that must have passed
     */
    static Optional<String> refusal(History history, String stateNow, boolean verificationWanted, boolean checkable) {
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
        if (checkable && history.verdicts().stream().noneMatch(Verification::passed)) {
            return Optional.of("nothing has been verified in this state of the files (skipped is not passed). Use run_tests");
        }
        return Optional.empty();
    }
}
