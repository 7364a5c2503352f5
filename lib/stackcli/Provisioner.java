package stackcli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import contract.ExitCode;
import contract.Failure;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import services.Dashboards;

/**
 * Puts dashboards and rules into a foreign Grafana. Data sources are never made or changed there: PA finds them, or the user names
 * them, and the dashboards are changed to use them.
 */
final class Provisioner {
    static final String FOLDER = "agentproxy";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "datasource";
    private static final String METRICS = "prometheus";
    private static final String TRACES = "tempo";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Grafana grafana;
    /** The uids of the data sources to use, by type. */
    private final Map<String, String> sources = new LinkedHashMap<>();
    /** Grafana's description of each, by type; missing if the token may not read it. */
    private final Map<String, JsonNode> descriptions = new LinkedHashMap<>();

    Provisioner(Grafana grafana) {
        this.grafana = grafana;
    }

    /**
     * The uid of the data source of this type: the one that the user names, otherwise the only one.
     *
     * @throws Failure (usage) when the named one does not exist, or when none is named and there is none or more than one
     */
    String source(String type, Optional<String> named) throws InterruptedException {
        String uid = named.isPresent() ? named.get() : only(type);
        HttpResponse<String> answer = grafana.answer(grafana.request("/api/datasources/uid/" + uid).GET());
        if (answer.statusCode() == NOT_FOUND) {
            throw Failure.usage("this Grafana has no data source with the uid " + uid,
                    "the uid is the last part of the address of its page (Connections, Data sources): --" + type + "-uid UID");
        }
        if (answer.statusCode() != FORBIDDEN) {
            JsonNode description = grafana.checked(answer);
            String other = description.path("type").asText();
            if (other.equals(type.equals(METRICS) ? TRACES : METRICS)) {
                throw Failure.usage("the data source " + uid + " has the type " + other + ", but --" + type + "-uid names it",
                        "exchange the two uids");
            }
            descriptions.put(type, description);
        }
        sources.put(type, uid);
        return uid;
    }

    private String only(String type) throws InterruptedException {
        HttpResponse<String> answer = grafana.answer(grafana.request("/api/datasources").GET());
        if (answer.statusCode() == FORBIDDEN) {
            throw Failure.usage("the token may not list data sources", "name the data sources: --prometheus-uid UID --tempo-uid UID");
        }
        List<String> found = new ArrayList<>();
        for (JsonNode source : grafana.checked(answer)) {
            if (source.path("type").asText().equals(type)) {
                found.add(source.path("uid").asText() + " (" + source.path("name").asText() + ")");
            }
        }
        if (found.size() != 1) {
            throw Failure.usage(found.isEmpty() ? "this Grafana has no data source of type " + type
                    : "this Grafana has several data sources of type " + type + ": " + String.join(", ", found),
                    found.isEmpty() ? "add a data source there (stack provision makes none), then try again"
                            : "name the right one: --" + type + "-uid UID");
        }
        return found.get(0).replaceFirst(" \\(.*", "");
    }

    /** The missing links between signals of this data source, as JSON for its settings; empty when it has them. */
    Optional<String> missingLinks(String type) {
        if (!descriptions.containsKey(type)) {
            return Optional.empty();
        }
        JsonNode settings = descriptions.get(type).path("jsonData");
        if (type.equals(METRICS)) {
            return settings.path("exemplarTraceIdDestinations").isEmpty()
                    ? Optional.of("\"exemplarTraceIdDestinations\": [{\"name\": \"trace_id\", \"datasourceUid\": \""
                            + sources.get(TRACES) + "\"}]") : Optional.empty();
        }
        return settings.path("tracesToMetrics").path("datasourceUid").asText().isEmpty()
                ? Optional.of("\"tracesToMetrics\": {\"datasourceUid\": \"" + sources.get(METRICS)
                        + "\"}, \"serviceMap\": {\"datasourceUid\": \"" + sources.get(METRICS) + "\"}")
                : Optional.empty();
    }

    /** Makes the folder if it is missing. */
    void folder() throws InterruptedException {
        ObjectNode folder = JSON.createObjectNode().put("uid", FOLDER).put("title", "AgentProxy");
        HttpResponse<String> there = grafana.answer(grafana.request("/api/folders/" + FOLDER).GET());
        if (there.statusCode() == NOT_FOUND) {
            grafana.send(post("/api/folders", folder.toString(), "application/json"));
        } else {
            grafana.checked(there);
        }
    }

    /** Writes a dashboard to Grafana and replaces one with the same uid. Returns the path of its page. */
    String dashboard(String text) throws InterruptedException {
        ObjectNode dashboard = asking(text);
        if (Dashboards.isResource(dashboard)) {
            return new DashboardResource(grafana).push(dashboard, Optional.of(FOLDER));
        }
        ObjectNode body = JSON.createObjectNode();
        body.set("dashboard", dashboard);
        body.put("folderUid", FOLDER);
        body.put("overwrite", true);
        body.put("message", "stack provision");
        return grafana.send(post("/api/dashboards/db", body.toString(), "application/json")).path("url").asText();
    }

    /** The dashboard with the data sources of this Grafana. */
    ObjectNode asking(String text) {
        try {
            ObjectNode dashboard = (ObjectNode) JSON.readTree(text);
            dashboard.remove(List.of("id", "version"));
            rewrite(dashboard);
            return dashboard;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Classic dashboards name a data source by {@code uid}, resources of schema v2 by {@code name}. */
    private void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object && object.path(SOURCE) instanceof ObjectNode source) {
            for (String key : List.of("uid", "name")) {
                Optional.ofNullable(sources.get(source.path(key).asText()))
                        .ifPresent(uid -> source.set(key, TextNode.valueOf(uid)));
            }
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(this::rewrite);
        }
    }

    /** Puts a group of rules in Prometheus' format into Grafana's alerting. Returns the reason if Grafana refuses. */
    Optional<String> rules(String group) throws InterruptedException {
        String prometheus = sources.get(METRICS);
        HttpResponse<String> answer = grafana.answer(post("/api/convert/prometheus/config/v1/rules/AgentProxy", group,
                "application/yaml").header("X-Grafana-Alerting-Datasource-UID", prometheus)
                .header("X-Grafana-Alerting-Target-Datasource-UID", prometheus)
                .header("X-Grafana-Alerting-Folder-UID", FOLDER));
        return answer.statusCode() / 100 == 2 ? Optional.empty()
                : Optional.of("HTTP " + answer.statusCode() + ": " + Grafana.message(answer.body()));
    }

    /** Grafana's version. @throws Failure when the server is not a Grafana, or refuses access */
    String version() throws InterruptedException {
        String version = grafana.get("/api/health").path("version").asText();
        if (version.isEmpty()) {
            throw new Failure("the server there is not a Grafana: its /api/health has no version", "check the address",
                    ExitCode.ERROR);
        }
        return version;
    }

    private HttpRequest.Builder post(String path, String body, String type) {
        return grafana.request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
