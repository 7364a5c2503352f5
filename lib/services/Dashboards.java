package services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * What this program reads of Grafana's dashboards. There are two forms of file: the classic JSON, whose {@code uid} and
 * {@code title} stand at the top, and the resource that Grafana 13 saves and exports, with {@code apiVersion},
 * {@code metadata.name} and the dashboard below {@code spec}.
 */
public final class Dashboards {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "dashboard.grafana.app/";

    private Dashboards() {}

    /** Whether it is a resource rather than the classic form. */
    public static boolean isResource(JsonNode dashboard) {
        return dashboard.path("apiVersion").asText().startsWith(GROUP);
    }

    /** The fixed id of a dashboard, when the text is a dashboard that has one. */
    public static Optional<String> uid(String text) {
        return read(text).flatMap(dashboard -> text(isResource(dashboard) ? dashboard.path("metadata").path("name")
                : dashboard.path("uid")));
    }

    public static Optional<String> title(String text) {
        return read(text).flatMap(Dashboards::title);
    }

    public static Optional<String> title(JsonNode dashboard) {
        return text(isResource(dashboard) ? dashboard.path("spec").path("title") : dashboard.path("title"));
    }

    /** The fixed ids of the dashboards in this configuration. */
    public static List<String> uids(ConfigFiles config) {
        return config.of(Catalogue.GRAFANA).entrySet().stream()
                .filter(file -> file.getKey().startsWith("dashboards/") && file.getKey().endsWith(".json"))
                .flatMap(file -> uid(file.getValue().text()).stream()).toList();
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
    }
}
