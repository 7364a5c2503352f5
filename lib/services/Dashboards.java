package services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
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

    /** The fixed ids of the dashboards in this configuration. */
    public static List<String> uids(ConfigFiles config) {
        return config.of(Catalogue.GRAFANA).entrySet().stream()
                .filter(file -> file.getKey().startsWith("dashboards/") && file.getKey().endsWith(".json"))
                .flatMap(file -> uid(file.getValue().text()).stream()).toList();
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
