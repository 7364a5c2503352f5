package claude;

import agent.Problem;
import agent.WorkerReport.Denial;
import contract.ErrorType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import workers.Texts;
import workers.WorkerLimits;
import workers.WorkerRun;

/**
 * Decides whether a round is clean. It checks every sign of a problem: exit code 0 alone means nothing, because it also comes with
 * {@code is_error}, with denied tools, and without any result.
 *
 * <p>The types are those of the telemetry contract. {@code error_during_execution} and other unsuccessful results become
 * {@code exit_N}, or {@code no_result} when the exit code is 0.
 */
final class RoundProblem {
    private static final String WHO = "Claude Code";
    private static final int MAX_MESSAGE = 500;
    private static final String COMPLETED = "completed";

    private final Round round;
    private final WorkerRun.End end;

    private RoundProblem(Round round, WorkerRun.End end) {
        this.round = round;
        this.end = end;
    }

    /** Why the round is not clean; empty when it is. */
    static Optional<Problem> of(Round round, WorkerRun.End end, WorkerLimits limits) {
        if (end.stop().isPresent()) {
            return end.stop().map(stop -> stop.problem(WHO, limits));
        }
        RoundProblem problem = new RoundProblem(round, end);
        return problem.blocked().or(() -> new ApiProblem(round).problem()).or(problem::unfinished).or(problem::denied);
    }

    private Optional<Problem> blocked() {
        return round.blocked().filter(reason -> !round.answered()).map(reason -> Problem.passing(ErrorType.BLOCKED,
                "a hook of " + WHO + " blocked the instruction, so nothing was done: " + reason));
    }

    private Optional<Problem> unfinished() {
        int exit = end.livedOn() ? 0 : end.exitCode().orElse(-1);
        if (round.result().isEmpty()) {
            return Optional.of(exit == 0 ? noResult(" ended without a result line" + said())
                    : Problem.passing(ErrorType.EXIT, exit, WorkerRun.ended(WHO, exit) + " without a result line" + said()));
        }
        StreamLine.Result result = round.result().get();
        String reason = result.terminalReason().orElse(COMPLETED);
        if (result.subtype().equals("error_max_turns") || reason.equals("max_turns")) {
            return Optional.of(Problem.passing(ErrorType.MAX_TURNS, WHO + " used up its turns (" + round.turns() + ")"));
        }
        if (result.subtype().equals("error_max_budget_usd")) {
            return Optional.of(Problem.passing(ErrorType.MAX_BUDGET, WHO + " used up its budget" + said()));
        }
        if (exit != 0) {
            return Optional.of(Problem.passing(ErrorType.EXIT, exit, WorkerRun.ended(WHO, exit) + said()));
        }
        if (result.isError() || !result.subtype().equals("success")) {
            return Optional.of(noResult(" reported an error (" + result.subtype() + ")" + said()));
        }
        if (!reason.equals(COMPLETED)) {
            return Optional.of(noResult(" ended before its work was done (" + reason + ")" + said()));
        }
        if (!round.answered() && round.text().isBlank()) {
            return Optional.of(noResult((round.turns() == 0 ? " ended without a request to a model"
                    : "'s model neither wrote nor did anything") + said()));
        }
        return round.turns() == 0 && !round.answered()
                ? Optional.of(noResult(" ended without a request to a model" + said())) : Optional.empty();
    }

    private static Problem noResult(String what) {
        return Problem.passing(ErrorType.NO_RESULT, WHO + what);
    }

    private Optional<Problem> denied() {
        List<Denial> denials = round.denials();
        // Measured: it reports ignored permissions of the project on stderr only.
        String trust = end.stderr().toLowerCase(Locale.ROOT).contains("trust")
                ? "; it does not trust this folder yet: run claude there once" : "";
        return denials.isEmpty() ? Optional.empty() : Optional.of(Problem.passing(ErrorType.PERMISSION_DENIED,
                WHO + " was not allowed to use: " + denials.stream()
                        .map(d -> d.detail().isEmpty() ? d.tool() : d.tool() + " (" + d.detail() + ")").distinct().limit(10)
                        .collect(Collectors.joining(", ")) + "; see --permission-mode" + trust));
    }

    /** The explanation: the result's errors, else stderr, else the last message, else the first line that was not JSON. */
    private String said() {
        String errors = round.result().map(r -> String.join("; ", r.errors())).orElse("");
        String text = !errors.isBlank() ? errors : !end.stderr().isBlank() ? end.stderr()
                : !round.text().isBlank() ? round.text() : round.firstUnusable();
        String line = Texts.oneLine(text, MAX_MESSAGE);
        return line.isEmpty() ? "" : ": " + line;
    }
}
