package claude;

import agent.Hold;
import agent.Problem;
import contract.ErrorType;
import java.util.Optional;
import java.util.OptionalInt;
import workers.Texts;

/**
 * The error of the model's API in a round, found by the fields for it and never by the text: a task about rate limits is not a
 * rate limit. An error that no further round can change holds the run until the user acts or the account's limit resets.
 */
record ApiProblem(Round round) {
    private static final int MAX_MESSAGE = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int TOO_MANY_REQUESTS = 429;

    Optional<Problem> problem() {
        Optional<StreamLine.Result> result = round.result();
        // Without a result line the round has another fault, unless that line told why the API refused.
        boolean failed = result.map(r -> r.isError() || r.api().status().isPresent())
                .orElse(round.apiError().isPresent());
        if (!failed) {
            return Optional.empty();
        }
        String word = result.flatMap(r -> r.api().type()).or(round::apiError).orElse("");
        OptionalInt status = result.map(r -> r.api().status()).orElse(OptionalInt.empty());
        if (round.refusal().isPresent()) {
            return Optional.of(refused(round.refusal().get()));
        }
        if (round.usedUp().isPresent()) {
            return Optional.of(usedUp(round.usedUp().get(), status));
        }
        if (word.equals("billing_error") || is(status, PAYMENT_REQUIRED)) {
            return Optional.of(api(status, PAYMENT_REQUIRED).held(Hold.action(
                    "add credit to the account that Claude Code uses")));
        }
        // Both words mean a missing login: no request was made, so there is no status.
        if (word.equals("authentication_failed") || word.equals("authentication_error") || is(status, UNAUTHORIZED)) {
            return Optional.of(api(status, UNAUTHORIZED).held(Hold.action(ClaudeLogin.REMEDY)));
        }
        if (is(status, 403) || is(status, 404)) {
            return Optional.of(api(status, 404).held(Hold.action(
                    "use a model that this account may use: see claude's own settings, or ANTHROPIC_MODEL")));
        }
        return status.isPresent() ? Optional.of(api(status, 0)) : withoutStatus(result);
    }

    /** Errors that are not an answer of the API (measured with 2.1.332): it was not reached, or its answer was cut off. */
    private Optional<Problem> withoutStatus(Optional<StreamLine.Result> result) {
        return switch (result.flatMap(r -> r.api().name()).orElse("")) {
            case "connection_failed" -> Optional.of(Problem.passing(ErrorType.IO,
                    "Claude Code did not reach the model's API, or lost it" + said()));
            case "max_output_tokens" -> Optional.of(Problem.passing(ErrorType.MAX_TOKENS,
                    "the model's answers were cut off at the token limit" + said()));
            default -> Optional.empty();
        };
    }

    /** The same instruction would end the same way; another wording or another model may work. */
    private Problem refused(String category) {
        return Problem.passing(ErrorType.BLOCKED, "the model's safeguards stopped its answer"
                + (category.isEmpty() ? "" : " (" + category + ")") + said());
    }

    private Problem usedUp(StreamLine.AccountUsedUp account, OptionalInt status) {
        Problem problem = Problem.passing(ErrorType.API, status.orElse(TOO_MANY_REQUESTS),
                "the account that Claude Code uses has reached its limit" + account.limit().map(l -> " (" + l + ")").orElse("")
                        + said());
        return problem.held(account.resets().map(Hold::until)
                .orElseGet(() -> Hold.action("wait until the limit resets, or use another account")));
    }

    /** @param usual the status of this error when the result has none */
    private Problem api(OptionalInt status, int usual) {
        int code = status.orElse(usual);
        String who = status.isPresent() ? "the model's API answered " + code : "Claude Code cannot use the model's API";
        return Problem.passing(ErrorType.API, code, who + said());
    }

    private String said() {
        String text = Texts.oneLine(round.text(), MAX_MESSAGE);
        return text.isEmpty() ? "" : ": " + text;
    }

    private static boolean is(OptionalInt status, int code) {
        return status.isPresent() && status.getAsInt() == code;
    }
}
