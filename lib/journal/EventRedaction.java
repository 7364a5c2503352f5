package journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import contract.KnownSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes the known secrets out of an event's texts. */
final class EventRedaction {
    /** Folders and files that the run needs again: they are names, not words. */
    private static final Set<String> PATHS = Set.of("directory", "path");
    /** A name of ours, like a function's: no secret, though one may be spelled like it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]+");

    private final KnownSecrets secrets;
    private boolean changed;

    private EventRedaction(KnownSecrets secrets) {
        this.secrets = secrets;
    }

    /** Changes {@code event} in place; whether there was anything to take out. */
    static boolean redact(JsonNode event, KnownSecrets secrets) {
        if (secrets.none()) {
            return false;
        }
        EventRedaction redaction = new EventRedaction(secrets);
        redaction.within(event);
        return redaction.changed;
    }

    private void within(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            for (Map.Entry<String, JsonNode> field : fields) {
                if (!PATHS.contains(field.getKey())) {
                    hidden(field.getValue()).ifPresent(text -> object.set(field.getKey(), text));
                }
                within(field.getValue());
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                hidden(array.get(i)).ifPresent(text -> array.set(index, text));
                within(array.get(i));
            }
        }
    }

    private Optional<TextNode> hidden(JsonNode value) {
        if (!value.isTextual() || NAME.matcher(value.textValue()).matches() && secrets.isOne(value.textValue())) {
            return Optional.empty();
        }
        String hidden = secrets.hide(value.textValue());
        if (hidden.equals(value.textValue())) {
            return Optional.empty();
        }
        changed = true;
        return Optional.of(TextNode.valueOf(hidden));
    }
}
