package claude;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import workers.Texts;
import workers.WorkerRun;

/**
 * Checks whether a conversation cannot be continued: it does not exist; or the API refuses its content (an empty text block, an
 * oversized image, a prompt too long), and would refuse it for ever; or the model's safeguards stop every answer. A new
 * conversation works in these cases, or shows that the instruction is the reason.
 */
final class LostConversation {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int MAX_MESSAGE = 200;
    /** Claude Code's texts for a conversation that a model does not accept. */
    private static final Set<String> REASONS = Set.of("prompt_too_long", "image_error");

    private LostConversation() {}

    /** The reason, as the end of a sentence; empty when the conversation can be continued. For a round that resumed one. */
    static Optional<String> of(Round round, WorkerRun.End end) {
        return end.stop().isPresent() ? Optional.empty()
                : unknown(round, end) ? Optional.of("cannot be resumed (" + Texts.oneLine(end.stderr(), MAX_MESSAGE) + ")")
                : refused(round) ? Optional.of("is refused by the model's API (" + Texts.oneLine(round.text(), MAX_MESSAGE)
                        + ")")
                : round.refusal().isPresent() && !round.acted() ? Optional.of("is stopped by the model's safeguards")
                : Optional.empty();
    }

    /**
     * Measured: exit code 1 before any answer, a result {@code error_during_execution} with no turns, and on stderr "No
     * conversation found" or an error about {@code --resume}. If the reason is another one, the one further attempt shows it.
     */
    private static boolean unknown(Round round, WorkerRun.End end) {
        if (round.answered() || end.exitCode().orElse(0) == 0) {
            return false;
        }
        return round.result().filter(r -> r.subtype().equals("error_during_execution") && r.spent().turns() == 0).isPresent()
                || end.stderr().contains("No conversation found") || end.stderr().contains("--resume");
    }

    /** Only if the model did nothing in this round, so that a new conversation loses nothing. */
    private static boolean refused(Round round) {
        Optional<StreamLine.Result> result = round.result().filter(StreamLine.Result::isError)
                .filter(r -> round.usage().total() == 0);
        OptionalInt status = result.map(r -> r.api().status()).orElse(OptionalInt.empty());
        boolean account = result.flatMap(r -> r.api().type()).or(round::apiError)
                .filter("billing_error"::equals).isPresent();
        return !account && (result.flatMap(StreamLine.Result::terminalReason).filter(REASONS::contains).isPresent()
                || status.isPresent() && (status.getAsInt() == BAD_REQUEST || status.getAsInt() == TOO_LARGE));
    }
}
