package reasoning;

import agent.Changes;
import agent.Situation.Round;
import agent.WorkerReport;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import java.util.stream.Collectors;

/** Describes a worker's round for the model: its end, the changed files, the worker's answer, and the result of the check. */
public final class RoundText {
    private static final int PATHS = 40;

    private RoundText() {}

    /** @param chars the length limit of any single text in it */
    public static String of(Round round, int chars) {
        WorkerReport report = round.report();
        StringBuilder text = new StringBuilder("The worker's run: ")
                .append(report.obstacle().map(p -> "NOT CLEAN (" + p.value() + ": " + Excerpt.of(p.message(), chars) + ")")
                        .orElse("ended cleanly"));
        if (!report.denials().isEmpty()) {
            text.append("\nTools it was not allowed to use: ").append(Excerpt.of(report.denials().stream()
                    .map(d -> d.tool() + " " + d.detail()).collect(Collectors.joining("; ")), chars));
        }
        if (!round.stalls().isEmpty()) {
            text.append("\nIt stalled in this run: ").append(Excerpt.of(String.join("; ", round.stalls()), chars));
        }
        text.append("\nFiles: ").append(changes(round.changes()));
        text.append("\nThe worker said:\n")
                .append(report.text().isBlank() ? "(nothing)" : Excerpt.of(report.text().strip(), chars));
        if (report.error().isPresent() && !report.ending().stderr().isBlank()) {
            text.append("\nIts error output:\n").append(Excerpt.of(report.ending().stderr().strip(), chars));
        }
        return text.append("\nAutomatic check: ")
                .append(round.check().map(check -> check(check, chars)).orElse("none ran after this round")).toString();
    }

    /** The verdict and the output of a check. */
    public static String check(FunctionResult check, int chars) {
        return check.verification().map(RoundText::verdict).orElse(check.success() ? "ran" : "did not run")
                + (check.output().isBlank() ? "" : "\n" + Excerpt.of(check.output().strip(), chars));
    }

    private static String verdict(Verification verification) {
        return switch (verification.verdict()) {
            case PASS -> "PASSED: " + verification.subject();
            case FAIL -> "FAILED: " + verification.subject();
            case SKIPPED -> "SKIPPED, which is not passed: " + verification.subject();
        };
    }

    private static String changes(Changes changes) {
        if (changes.none()) {
            return "none changed";
        }
        String paths = changes.paths().stream().limit(PATHS).collect(Collectors.joining(", "));
        int more = changes.paths().size() - PATHS;
        return changes.paths().size() + " changed (+" + changes.linesAdded() + " −" + changes.linesRemoved() + " lines): "
                + paths + (more > 0 ? " and " + more + " more" : "");
    }
}
