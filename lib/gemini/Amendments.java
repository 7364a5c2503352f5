package gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.ErrorType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import reasoning.Fault;

/**
 * Changed requests that may work after one failed; each is tried once in a logical call:
 * <ul>
 * <li>an answer was cut off: twice the token limit;
 * <li>a filter removed the answer: the same request again, because answers differ by chance;
 * <li>thought signatures were refused, as those of another model after a resume: the value for "no signature";
 * <li>a message of the history was refused: the history is made again from the decisions, without the model's own messages.
 * </ul>
 */
final class Amendments {
    private final Supplier<List<JsonNode>> rebuilt;
    private boolean moreRoom;
    private boolean drawnAgain;
    private boolean unsigned;
    private boolean anew;

    /** @param rebuilt the same conversation without the model's own messages */
    Amendments(Supplier<List<JsonNode>> rebuilt) {
        this.rebuilt = rebuilt;
    }

    /** Whether the history was made again. */
    boolean madeAnew() {
        return anew;
    }

    Optional<GenerateRequest> amend(GenerateRequest request, Fault fault) {
        if (fault.type() == ErrorType.MAX_TOKENS && !moreRoom) {
            moreRoom = true;
            return Optional.of(request.withMaxOutputTokens(2 * request.generationConfig().maxOutputTokens()));
        } else if (fault.type() == ErrorType.BLOCKED && !drawnAgain) {
            drawnAgain = true;
            return Optional.of(request);
        } else if (fault.type() == ErrorType.HTTP && !unsigned && aboutSignatures(fault)) {
            unsigned = true;
            List<JsonNode> contents = unsigned(request.contents());
            if (!contents.equals(request.contents())) {
                return Optional.of(request.withContents(contents));
            }
        }
        if (fault.type() == ErrorType.HTTP && !anew) {
            anew = true;
            return Optional.of(request.withContents(rebuilt.get()));
        }
        return Optional.empty();
    }

    private static boolean aboutSignatures(Fault fault) {
        return fault.message().toLowerCase(Locale.ROOT).contains("signature");
    }

    /** The first call of each message gets the value for "no signature"; all other signatures are removed. */
    private static List<JsonNode> unsigned(List<JsonNode> contents) {
        return contents.stream().map(content -> {
            JsonNode copy = content.deepCopy();
            boolean first = true;
            for (JsonNode part : copy.path("parts")) {
                ((ObjectNode) part).remove("thoughtSignature");
                if (first && part.has("functionCall")) {
                    ((ObjectNode) part).put("thoughtSignature", StepContents.NO_SIGNATURE);
                    first = false;
                }
            }
            return copy;
        }).toList();
    }
}
