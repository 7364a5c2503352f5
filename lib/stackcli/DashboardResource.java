package stackcli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.Failure;
import java.net.http.HttpRequest;
import java.util.Optional;

/** Dashboards as Grafana's resources (schema v2), over its API for resources, which exists since Grafana 12. */
final class DashboardResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "/apis/dashboard.grafana.app";
    private static final int NOT_FOUND = 404;

    private final Grafana grafana;

    DashboardResource(Grafana grafana) {
        this.grafana = grafana;
    }

    /** The form for a file: without the server's own fields in {@code metadata}. */
    ObjectNode pull(String uid) throws InterruptedException {
        JsonNode found = grafana.get(path(newest(), uid));
        ObjectNode file = JSON.createObjectNode();
        file.put("apiVersion", found.path("apiVersion").asText());
        file.put("kind", "Dashboard");
        file.putObject("metadata").put("name", uid);
        file.set("spec", found.path("spec"));
        return file;
    }

    /**
     * Writes it to Grafana and replaces one with the same name. Returns the path of its page.
     *
     * @param folder uid of its new folder; empty to keep the present one
     */
    String push(JsonNode file, Optional<String> folder) throws InterruptedException {
        String version = file.path("apiVersion").asText().replaceFirst("^.*/", "");
        String name = file.path("metadata").path("name").asText();
        if (name.isEmpty()) {
            throw Failure.usage("a dashboard of this form needs metadata.name, its uid", "pull one from Grafana");
        }
        ObjectNode body = file.deepCopy();
        body.put("kind", "Dashboard");
        body.remove("status");
        ObjectNode metadata = body.putObject("metadata").put("name", name);
        folder.ifPresent(uid -> metadata.putObject("annotations").put("grafana.app/folder", uid));
        java.net.http.HttpResponse<String> there = grafana.answer(grafana.request(path(version, name)).GET());
        boolean isNew = there.statusCode() == NOT_FOUND;
        if (!isNew) {
            // The server accepts a change only together with the present version.
            String changed = grafana.checked(there).path("metadata").path("resourceVersion").asText();
            metadata.put("resourceVersion", changed);
        }
        HttpRequest.BodyPublisher text = HttpRequest.BodyPublishers.ofString(body.toString());
        HttpRequest.Builder request = grafana.request(isNew ? path(version, "") : path(version, name))
                .header("Content-Type", "application/json").method(isNew ? "POST" : "PUT", text);
        return "/d/" + grafana.send(request).path("metadata").path("name").asText(name);
    }

    /** The newest version of the second schema that this Grafana supports. */
    private String newest() throws InterruptedException {
        Optional<String> found = Optional.empty();
        for (JsonNode one : grafana.get(GROUP).path("versions")) {
            String version = one.path("version").asText();
            if (version.startsWith("v2") && found.map(before -> better(version, before)).orElse(true)) {
                found = Optional.of(version);
            }
        }
        return found.orElseThrow(() -> Failure.error("this Grafana has a dashboard in a form that its API does not offer",
                "save it in the classic form: GF_FEATURE_TOGGLES_dashboardNewLayouts=false", null));
    }

    /** {@code v2} is newer than {@code v2beta1}, and that than {@code v2alpha1}. */
    private static boolean better(String version, String before) {
        boolean stable = version.equals("v2");
        return stable || !before.equals("v2") && version.compareTo(before) > 0;
    }

    private static String path(String version, String name) {
        return GROUP + "/" + version + "/namespaces/default/dashboards" + (name.isEmpty() ? "" : "/" + name);
    }
}
