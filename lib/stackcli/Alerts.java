package stackcli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import services.ServiceStatus;

/**
 * The alerts that the stack's Prometheus raises now. A service that cannot write any more still answers that it is ready, so
 * {@code status} and {@code doctor} need more than that answer.
 */
final class Alerts {
    private static final int PATIENCE_MILLIS = 1500;

    private Alerts() {}

    /**
     * A firing alert.
     *
     * @param critical whether the stack loses data or does not work
     */
    record Alert(String name, String summary, String description, boolean critical) {}

    /** The firing alerts; none when this stack has no Prometheus or it does not answer. */
    static List<Alert> firing(List<ServiceStatus> statuses) {
        return statuses.stream().filter(status -> status.service().equals("prometheus")
                && status.state() == ServiceStatus.State.READY && status.urls().containsKey("page")).findFirst()
                .map(status -> at(status.urls().get("page"))).orElse(List.of());
    }

    private static List<Alert> at(String prometheus) {
        List<Alert> firing = new ArrayList<>();
        try {
            firing.addAll(in(read(prometheus + "/api/v1/alerts")));
            PrometheusDisk.full(path -> read(prometheus + path), Instant.now()).ifPresent(firing::add);
        } catch (IOException e) {
            // The state tells whether it answers; here only its answer counts.
            return firing;
        }
        return firing;
    }

    private static JsonNode read(String page) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(page).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        // Not closed: the next page comes over the same connection.
        try (InputStream body = connection.getInputStream()) {
            return new ObjectMapper().readTree(body);
        }
    }

    /** Reads Prometheus' answer; an alert for several things is listed once for each. */
    static List<Alert> in(JsonNode answer) {
        List<Alert> firing = new ArrayList<>();
        for (JsonNode alert : answer.path("data").path("alerts")) {
            if (alert.path("state").asText().equals("firing")) {
                JsonNode labels = alert.path("labels");
                JsonNode notes = alert.path("annotations");
                firing.add(new Alert(labels.path("alertname").asText(), notes.path("summary").asText(),
                        notes.path("description").asText(), labels.path("severity").asText().equals("critical")));
            }
        }
        return firing;
    }
}
