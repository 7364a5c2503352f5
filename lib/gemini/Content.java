package gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import reasoning.ModelJson;

/**
 * One message of the conversation in the form of {@code v1beta}. A field that is absent in the JSON is null.
 *
 * @param role {@code user} or {@code model}; absent in the system instruction
 */
record Content(String role, List<Part> parts) {
    static final String USER = "user";
    static final String MODEL = "model";

    Content {
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    static Content user(List<Part> parts) {
        return new Content(USER, parts);
    }

    static Content model(Part part) {
        return new Content(MODEL, List.of(part));
    }

    JsonNode toJson() {
        return ModelJson.MAPPER.valueToTree(this);
    }

    /**
     * A part of a message: exactly one of text, data, call and response is present.
     *
     * @param thought whether the text is a summary of the model's thinking
     * @param thoughtSignature opaque, Base64; must be sent back unchanged
     */
    record Part(String text, Boolean thought, String thoughtSignature, InlineData inlineData, FunctionCall functionCall,
            FunctionResponse functionResponse) {
        static Part text(String text) {
            return new Part(text, null, null, null, null, null);
        }

        static Part picture(String mimeType, String base64) {
            return new Part(null, null, null, new InlineData(mimeType, base64), null, null);
        }

        static Part call(FunctionCall call, String thoughtSignature) {
            return new Part(null, null, thoughtSignature, null, call, null);
        }

        static Part response(FunctionResponse response) {
            return new Part(null, null, null, null, null, response);
        }

        boolean thinking() {
            return Boolean.TRUE.equals(thought);
        }
    }

    /** @param data Base64 */
    record InlineData(String mimeType, String data) {}

    /** @param id sent by some models; the response must have it too */
    record FunctionCall(String id, String name, JsonNode args) {}

    record FunctionResponse(String id, String name, JsonNode response) {}
}
