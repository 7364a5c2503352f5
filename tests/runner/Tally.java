package runner;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts and prints results. Unlike JUnit's own console, a container that failed counts as a failed test, and the tests of
 * a container that was aborted or disabled count as skipped, so that nothing vanishes from the sum.
 */
public final class Tally implements TestExecutionListener {
    private final PrintStream out;
    private final Map<String, Long> starts = new ConcurrentHashMap<>();
    private TestPlan plan;
    private int passed;
    private int failed;
    private int skipped;

    public Tally(PrintStream out) {
        this.out = out;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        skip(test, reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    passed++;
                } else if (isClass(test)) {
                    out.printf(Locale.ROOT, "  %-60s %5.1f s%n", test.getLegacyReportingName(), seconds(test));
                }
            }
            case FAILED -> {
                failed++;
                out.printf("FAILED   %s%n", name(test));
                result.getThrowable().ifPresent(this::print);
            }
            case ABORTED -> skip(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
            default -> throw new IllegalStateException("unknown status " + result.getStatus());
        }
        out.flush();
    }

    /** The line that ends the output. */
    public synchronized String summary() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }

    /** Whether no test was found at all. */
    public synchronized boolean nothingRan() {
        return passed + failed + skipped == 0;
    }

    /** 0 when everything passed and there was something; 1 otherwise. */
    public synchronized int exitCode() {
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private void skip(TestIdentifier test, String reason) {
        long tests = test.isTest() ? 1 : plan.getDescendants(test).stream().filter(TestIdentifier::isTest).count();
        // A container whose tests are known only when it runs counts as one.
        skipped += (int) Math.max(1, tests);
        out.printf("skipped  %s: %s%n", name(test), reason);
    }

    private String name(TestIdentifier test) {
        Optional<String> parent = plan.getParent(test).map(TestIdentifier::getDisplayName);
        String own = test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
                .map(source -> source.getClassName() + "." + source.getMethodName() + " " + test.getDisplayName())
                .orElse(test.getDisplayName());
        return parent.map(p -> p + " › " + own).orElse(own);
    }

    private boolean isClass(TestIdentifier test) {
        return test.getSource().filter(org.junit.platform.engine.support.descriptor.ClassSource.class::isInstance).isPresent();
    }

    private double seconds(TestIdentifier test) {
        long start = starts.getOrDefault(test.getUniqueId(), System.nanoTime());
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }

    private void print(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        text.toString().lines().filter(line -> !line.contains("org.junit.") && !line.contains("java.base/"))
                .limit(25).map(line -> line.length() > 600 ? line.substring(0, 600) + "…" : line)
                .forEach(line -> out.println("         " + line));
    }
}
