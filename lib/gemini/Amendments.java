package gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import reasoning.Fault;
import reasoning.Fault.Remedy;

/**
 * Other requests that may go well where one did not, each tried once in a logical call:
 * <ul>
 * <li>an answer that was cut: twice the room for tokens;
 * <li>an answer that a filter took away: the same again, since answers are drawn by chance;
 * <li>thought signatures that are refused, as those of another model after a resume: the value that stands for none.
 * </ul>
 */
final class Amendments {
    private boolean moreRoom;
    private boolean drawnAgain;
    private boolean unsigned;

    Optional<GenerateRequest> amend(GenerateRequest request, Fault fault) {
        if (fault.remedy() != Remedy.OTHER_REQUEST) {
            return Optional.empty();
        } else if (fault.type() == ErrorType.MAX_TOKENS && !moreRoom) {
            moreRoom = true;
            return Optional.of(request.withMaxOutputTokens(2 * request.generationConfig().maxOutputTokens()));
        } else if (fault.type() == ErrorType.BLOCKED && !drawnAgain) {
            drawnAgain = true;
            return Optional.of(request);
        } else if (fault.type() == ErrorType.HTTP && !unsigned) {
            unsigned = true;
            return Optional.of(request.withContents(unsigned(request.contents())));
        }
        return Optional.empty();
    }

    /** Every first call of a message gets the value that stands for no signature; every other signature goes. */
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
        }).collect(Collectors.toList());
    }
}
