package journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes the texts of an event, whatever kind of event it is. */
final class EventTexts {
    /** Folders and files that the run needs again: they are names, not words. */
    private static final Set<String> PATHS = Set.of("directory", "path");

    private final UnaryOperator<String> change;
    private boolean changed;

    private EventTexts(UnaryOperator<String> change) {
        this.change = change;
    }

    /** Changes {@code event} in place; whether there was anything to change. */
    static boolean change(JsonNode event, UnaryOperator<String> change) {
        EventTexts texts = new EventTexts(change);
        texts.within(event);
        return texts.changed;
    }

    private void within(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            for (Map.Entry<String, JsonNode> field : fields) {
                if (!PATHS.contains(field.getKey())) {
                    changed(field.getValue()).ifPresent(text -> object.set(field.getKey(), text));
                }
                within(field.getValue());
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                changed(array.get(i)).ifPresent(text -> array.set(index, text));
                within(array.get(i));
            }
        }
    }

    private Optional<TextNode> changed(JsonNode value) {
        if (!value.isTextual()) {
            return Optional.empty();
        }
        String text = change.apply(value.textValue());
        if (text.equals(value.textValue())) {
            return Optional.empty();
        }
        changed = true;
        return Optional.of(TextNode.valueOf(text));
    }
}
