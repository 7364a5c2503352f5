package embedded.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The words in what models were sent and answered: the GenAI conventions keep messages as JSON, in which a line's end is a
 * backslash and an {@code n} and would stick to the next word in the index.
 */
final class MessageText {
    private static final JsonFactory JSON = new JsonFactory();
    /** Not words of anybody. */
    private static final List<String> STRUCTURE = List.of("role", "type", "id", "finish_reason", "mime_type", "modality");

    private MessageText() {}

    static boolean isJson(String value) {
        return value.length() > 1 && (value.charAt(0) == '[' || value.charAt(0) == '{');
    }

    /** All strings of a JSON text but those that say only what something is; what does not read counts as it stands. */
    static List<String> strings(String json) {
        List<String> found = new ArrayList<>();
        try (JsonParser in = JSON.createParser(json)) {
            String field = "";
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    field = in.currentName();
                } else if (token == JsonToken.VALUE_STRING && !STRUCTURE.contains(field)) {
                    String text = in.getText();
                    // The arguments of a call are JSON within JSON.
                    found.addAll(isJson(text) && !text.equals(json) ? strings(text) : List.of(text));
                }
            }
        } catch (IOException e) {
            found.add(json); // cut off by its sender's limit, or no JSON at all: "[ERROR] Tests run: 41"
        }
        return found;
    }

    /** The first paragraph of the first message, on one line: of an instruction, without what PA adds to a task. */
    static String paragraph(String value, int limit) {
        return first(message(value).strip().split("\\n\\s*\\n", 2)[0], limit);
    }

    private static String message(String value) {
        return isJson(value) ? strings(value).stream().filter(found -> !found.isBlank()).findFirst().orElse("") : value;
    }

    /** The first words of the first message, on one line; plain text as it is; empty when there is nothing. */
    static String first(String value, int limit) {
        String line = message(value).strip().replaceAll("\\s+", " ");
        return line.length() <= limit ? line : line.substring(0, limit - 1) + "…";
    }
}
