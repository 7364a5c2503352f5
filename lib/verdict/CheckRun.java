package verdict;

import agent.TestCounts;
import agent.Verification;
import checks.TestReport;
import java.time.Duration;
import java.util.Optional;

/**
 * A check that ran in the copy.
 *
 * @param verification skipped where nothing could be run, or nothing was tested
 * @param output the end of what it printed
 */
record CheckRun(Verification verification, TestReport report, String output, Duration duration) {
    boolean passed() {
        return verification.passed();
    }

    /** Whether it succeeded without having tested anything. */
    boolean empty() {
        return !passed() && !failed() && report.counts();
    }

    boolean failed() {
        return verification.failed();
    }

    Optional<TestCounts> counts() {
        return report.total().isEmpty() ? Optional.empty() : Optional.of(new TestCounts(
                report.total().getAsInt() - report.failed() - report.skipped(), report.failed(), report.skipped()));
    }
}
