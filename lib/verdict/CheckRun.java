package verdict;

import agent.TestCounts;
import agent.decision.Verification;
import checks.TestReport;
import java.time.Duration;
import java.util.Optional;

/**
 * A check that ran in the copy.
 *
 * @param verification skipped where nothing could be run, or nothing was tested
 * @param output the end of what it printed
 * @param nothing whether the runner's own words say that it tested nothing
 */
record CheckRun(Verification verification, TestReport report, String output, Duration duration, boolean nothing) {
    CheckRun(Verification verification, TestReport report, String output, Duration duration) {
        this(verification, report, output, duration, false);
    }

    boolean passed() {
        return verification.passed();
    }

    /** Whether it ran without having tested anything. */
    boolean empty() {
        return !passed() && !failed() && (report.counts() || nothing);
    }

    boolean failed() {
        return verification.failed();
    }

    Optional<TestCounts> counts() {
        return report.total().isEmpty() ? Optional.empty() : Optional.of(new TestCounts(
                report.total().getAsInt() - report.failed() - report.skipped(), report.failed(), report.skipped()));
    }
}
