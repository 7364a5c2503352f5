package display;

import agent.Changes;
import agent.RunEvent;
import agent.Suspicion;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import console.Format;
import console.Palette;
import contract.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words for events, the same during a run and when a session is shown again. */
final class Describe {
    private static final int LINE = 160;

    private Describe() {}

    /** The subject of a decision, without the function's name. */
    static String decision(Decision decision) {
        return Format.oneLine(decisionInFull(decision), LINE);
    }

    /** As {@link #decision}, but not cut, and with all its lines. */
    static String decisionInFull(Decision decision) {
        return switch (decision.function()) {
            case SEND_TO_WORKER -> ((Decision.SendToWorker) decision).instruction();
            case VERIFY_CODE -> String.join(", ", ((Decision.VerifyCode) decision).filePaths());
            case RUN_TESTS -> ((Decision.RunTests) decision).testCommand().orElse("");
            case CHECK_SERVER -> ((Decision.CheckServer) decision).url();
            case READ_FILE -> ((Decision.ReadFile) decision).filePath();
            case REVIEW_CHANGES -> String.join(", ", ((Decision.ReviewChanges) decision).filePaths());
            case VERIFY_PRODUCT -> {
                Decision.VerifyProduct d = (Decision.VerifyProduct) decision;
                yield d.startCommand().or(d::productType).orElse("");
            }
            case CREATE_TASK -> ((Decision.CreateTask) decision).description();
            case UPDATE_TASK -> {
                Decision.UpdateTask d = (Decision.UpdateTask) decision;
                yield d.taskId() + " " + d.status();
            }
            case COMPLETE_TASK -> ((Decision.CompleteTask) decision).taskId();
            case MARK_DONE -> ((Decision.MarkDone) decision).summary();
            case SAVE_SESSION -> ((Decision.SaveSession) decision).reason();
            case NO_OP -> ((Decision.NoOp) decision).reason();
        };
    }

    /** The input of a tool: the command if there is one, otherwise the file, the host or the agent. */
    static String tool(RunEvent.ToolStarted event) {
        return event.input().isBlank() ? event.detail() : event.input();
    }

    /** Why a tool failed, if the reason is known. */
    static String failure(RunEvent.ToolEnded event) {
        return !event.reason().isBlank() ? event.reason() : event.interrupted() ? "was cut off" : "failed";
    }

    static List<String> worker(WorkerReport report, Changes changes) {
        List<String> parts = new ArrayList<>();
        report.error().ifPresent(e -> parts.add(e.value() + " (" + Format.oneLine(e.message(), LINE) + ")"));
        if (report.effort().turns() > 0) {
            parts.add(Format.plural(report.effort().turns(), "turn"));
        }
        tokens(report.effort().usage()).ifPresent(parts::add);
        report.effort().cost().map(Usd::toString).ifPresent(parts::add);
        parts.add(changes(changes));
        return parts;
    }

    static String changes(Changes changes) {
        return changes.none() ? "no file changed" : Format.plural(changes.paths().size(), "file") + " changed +"
                + changes.linesAdded() + " -" + changes.linesRemoved();
    }

    /** A check in the copy: its subject and its result. */
    static String check(RunEvent.CheckEnded event) {
        String counts = event.counts().map(c -> " (" + c.passed() + " passed, " + c.failed() + " failed"
                + (c.skipped() > 0 ? ", " + c.skipped() + " skipped" : "") + ")").orElse("");
        return event.what() + ": " + event.verification().verdict().value() + counts;
    }

    static String suspicion(Suspicion suspicion) {
        return suspicion.text() + (suspicion.open() ? "" : " (lifted by " + suspicion.liftedBy() + ")");
    }

    static Optional<String> tokens(TokenUsage usage) {
        return usage.total() == 0 ? Optional.empty()
                : Optional.of(Format.count(usage.input()) + " tokens in, " + Format.count(usage.output()) + " out");
    }

    static List<String> totals(Totals totals) {
        List<String> parts = new ArrayList<>();
        parts.add(Format.plural(totals.rounds(), "round"));
        parts.add(Format.plural(totals.iterations(), "decision"));
        tokens(totals.usage()).ifPresent(parts::add);
        parts.add(cost(totals));
        return parts;
    }

    /** Only the known costs: "at least" shows that a call without a known price is missing. */
    static String cost(Totals totals) {
        if (totals.costIncomplete()) {
            return totals.cost().compareTo(Usd.ZERO) == 0 ? "cost not known" : "at least " + totals.cost();
        }
        return totals.cost().toString();
    }

    /** Whether the run's last text is a result for stdout, not the reason why there is none. */
    static boolean hasResult(Status status) {
        return status == Status.COMPLETED;
    }

    static String mark(FunctionResult result, Palette palette) {
        return result.verification().map(v -> mark(v.verdict(), palette))
                .orElseGet(() -> result.success() ? palette.ok() : palette.failed());
    }

    static String mark(Verification.Verdict verdict, Palette palette) {
        return switch (verdict) {
            case PASS -> palette.ok();
            case FAIL -> palette.failed();
            case SKIPPED -> palette.skipped();
        };
    }

    /** The last lines of a check's output, where runners name the failures. */
    static List<String> tail(String output, int lines) {
        List<String> all = Format.printable(output).lines().filter(l -> !l.isBlank()).toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }
}
