package claude;

import agent.Problem;
import agent.WorkerReport.Denial;
import contract.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import workers.Texts;
import workers.WorkerLimits;
import workers.WorkerRun;

/**
 * Whether a round is clean. Everything that can deny it is asked: an exit code of 0 alone means nothing, it also comes with
 * {@code is_error}, with denied tools, and with no result at all.
 *
 * <p>The types are those of the telemetry contract. {@code error_during_execution} and other results that are none become
 * {@code exit_N}, or {@code no_result} when the exit code is 0.
 */
final class Verdict {
    /** Statuses after which the next round would end the same way: refused, no credit, no such model. */
    private static final Set<Integer> FATAL = Set.of(401, 402, 403, 404);
    private static final String WHO = "Claude Code";
    private static final int MAX_MESSAGE = 500;

    private Verdict() {}

    /** Why the round is not clean; empty when it is. */
    static Optional<Problem> of(Round round, WorkerRun.End end, WorkerLimits limits) {
        if (end.stop().isPresent()) {
            return end.stop().map(stop -> stop.problem(WHO, limits));
        }
        Optional<Problem> api = apiProblem(round);
        if (api.isPresent()) {
            return api;
        }
        int exit = end.exitCode().orElse(-1);
        if (round.result().isEmpty()) {
            return Optional.of(exit == 0
                    ? Problem.passing(ErrorType.NO_RESULT, WHO + " ended without a result line" + said(round, end))
                    : Problem.passing(ErrorType.EXIT, exit, ended(exit) + " without a result line" + said(round, end)));
        }
        StreamLine.Result result = round.result().get();
        if (result.subtype().equals("error_max_turns")) {
            return Optional.of(Problem.passing(ErrorType.MAX_TURNS, WHO + " used up its turns (" + result.turns() + ")"));
        }
        if (result.subtype().equals("error_max_budget_usd")) {
            return Optional.of(Problem.passing(ErrorType.MAX_BUDGET, WHO + " used up its budget" + said(round, end)));
        }
        if (exit != 0) {
            return Optional.of(Problem.passing(ErrorType.EXIT, exit, ended(exit) + said(round, end)));
        }
        if (result.isError() || !result.subtype().equals("success")) {
            return Optional.of(Problem.passing(ErrorType.NO_RESULT, WHO + " reported an error (" + result.subtype() + ")"
                    + said(round, end)));
        }
        return denied(result.denials());
    }

    private static Optional<Problem> apiProblem(Round round) {
        Optional<Integer> status = round.result().filter(r -> r.apiErrorStatus().isPresent())
                .map(r -> r.apiErrorStatus().getAsInt());
        if (status.isEmpty() && round.apiError().filter("authentication_failed"::equals).isPresent()
                && round.result().filter(StreamLine.Result::isError).isPresent()) {
            status = Optional.of(401);
        }
        return status.map(code -> new Problem(ErrorType.API, OptionalInt.of(code), "the model's API answered " + code + ": "
                + Texts.oneLine(round.text(), MAX_MESSAGE), FATAL.contains(code)));
    }

    private static Optional<Problem> denied(List<Denial> denials) {
        return denials.isEmpty() ? Optional.empty() : Optional.of(Problem.passing(ErrorType.PERMISSION_DENIED,
                WHO + " was not allowed to use: " + denials.stream()
                        .map(d -> d.detail().isEmpty() ? d.tool() : d.tool() + " (" + d.detail() + ")").distinct().limit(10)
                        .collect(Collectors.joining(", ")) + "; see --permission-mode"));
    }

    private static String ended(int exit) {
        return exit > 128 ? WHO + " was ended by signal " + (exit - 128) : WHO + " ended with exit code " + exit;
    }

    /** What there is to read about it: the result's errors, else stderr, else the last words, else what was no JSON. */
    private static String said(Round round, WorkerRun.End end) {
        String errors = round.result().map(r -> String.join("; ", r.errors())).orElse("");
        String text = !errors.isBlank() ? errors : !end.stderr().isBlank() ? end.stderr()
                : !round.text().isBlank() ? round.text() : round.firstUnusable();
        String line = Texts.oneLine(text, MAX_MESSAGE);
        return line.isEmpty() ? "" : ": " + line;
    }
}
