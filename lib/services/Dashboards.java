package services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What this program reads of Grafana's dashboard JSON. */
public final class Dashboards {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Dashboards() {}

    /** The fixed id of a dashboard, when the text is a dashboard that has one. */
    public static Optional<String> uid(String text) {
        return field(text, "uid");
    }

    public static Optional<String> title(String text) {
        return field(text, "title");
    }

    private static Optional<String> field(String text, String name) {
        try {
            JsonNode value = JSON.readTree(text).path(name);
            return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }
}
