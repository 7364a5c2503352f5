package stackcli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.Failure;
import java.net.http.HttpRequest;
import java.util.Optional;

/** Dashboards in the form of Grafana's resources (schema v2), over its API of that form: there from Grafana 12 on. */
final class DashboardResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "/apis/dashboard.grafana.app";
    private static final int NOT_FOUND = 404;

    private final Grafana grafana;

    DashboardResource(Grafana grafana) {
        this.grafana = grafana;
    }

    /** As a file can hold it: what the server keeps for itself in {@code metadata} is left out. */
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
     * Puts it in, over one of the same name. Returns the path of its page.
     *
     * @param folder uid of the folder that it is put into; empty leaves it where it is
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
            // The server takes a change only to what it has.
            String changed = grafana.checked(there).path("metadata").path("resourceVersion").asText();
            metadata.put("resourceVersion", changed);
        }
        HttpRequest.BodyPublisher text = HttpRequest.BodyPublishers.ofString(body.toString());
        HttpRequest.Builder request = grafana.request(isNew ? path(version, "") : path(version, name))
                .header("Content-Type", "application/json").method(isNew ? "POST" : "PUT", text);
        return "/d/" + grafana.send(request).path("metadata").path("name").asText(name);
    }

    /** The newest version of the second schema that this Grafana speaks. */
    private String newest() throws InterruptedException {
        Optional<String> found = Optional.empty();
        for (JsonNode one : grafana.get(GROUP).path("versions")) {
            String version = one.path("version").asText();
            if (version.startsWith("v2") && found.map(before -> better(version, before)).orElse(true)) {
                found = Optional.of(version);
            }
        }
        return found.orElseThrow(() -> Failure.error("this Grafana has a dashboard in a form that it does not name",
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
