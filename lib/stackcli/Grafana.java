package stackcli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Format;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import services.Dashboards;

/** Grafana's dashboards over its HTTP API. */
final class Grafana {
    /** The token of a service account, for a Grafana that asks for a login. */
    static final String TOKEN_VARIABLE = "AGENTPROXY_STACK_GRAFANA_TOKEN";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_ACCEPTABLE = 406;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LONGEST = 300;

    private final String address;
    private final String token;
    /** The hints for no answer, and for an unexpected answer. */
    private final String unanswered;
    private final String unexpected;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private Grafana(String address, String token, String unanswered, String unexpected) {
        this.address = address;
        this.token = token.strip();
        this.unanswered = unanswered;
        this.unexpected = unexpected;
    }

    /**
     * The Grafana of the stack.
     *
     * @param token of a service account, for a Grafana that asks for a login; otherwise empty
     */
    static Grafana ofStack(String address, String token) {
        return new Grafana(address, token, "stack up", "stack logs grafana");
    }

    /** A foreign Grafana. */
    static Grafana elsewhere(String address, String token) {
        return new Grafana(address, token, "check the address and the network",
                "check the address, which must end before /api, or ask its operator");
    }

    record Found(String uid, String title, String folder) {}

    List<Found> list() throws InterruptedException {
        List<Found> found = new ArrayList<>();
        for (JsonNode one : get("/api/search?type=dash-db&limit=1000")) {
            found.add(new Found(one.path("uid").asText(), one.path("title").asText(), one.path("folderTitle").asText()));
        }
        return found;
    }

    /** The form for a file: without the ids of this Grafana's database. */
    ObjectNode pull(String uid) throws InterruptedException {
        HttpResponse<String> answer = answer(request("/api/dashboards/uid/" + URLEncoder.encode(uid, StandardCharsets.UTF_8))
                .GET());
        if (answer.statusCode() == NOT_ACCEPTABLE) {
            // Saved in Grafana's schema v2, which this request cannot express.
            return new DashboardResource(this).pull(uid);
        }
        if (answer.statusCode() == 404) {
            throw Failure.usage("this dashboard does not exist in Grafana", "stack dashboards list shows those that exist");
        }
        ObjectNode dashboard = (ObjectNode) checked(answer).path("dashboard");
        dashboard.remove(List.of("id", "version"));
        return dashboard;
    }

    /** Writes it to Grafana and replaces one with the same uid. Returns the path of its page. */
    String push(JsonNode dashboard) throws InterruptedException {
        if (Dashboards.isResource(dashboard)) {
            return new DashboardResource(this).push(dashboard, Optional.empty());
        }
        ObjectNode copy = dashboard.deepCopy();
        copy.remove(List.of("id", "version"));
        ObjectNode body = JSON.createObjectNode();
        body.set("dashboard", copy);
        body.put("overwrite", true);
        body.put("message", "stack dashboards push");
        HttpRequest.Builder request = request("/api/dashboards/db").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return send(request).path("url").asText();
    }

    JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        if (token.isEmpty()) {
            return request;
        }
        try {
            return request.header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            // Without the cause, because its message contains the token.
            throw Failure.usage(TOKEN_VARIABLE + " contains characters that a header cannot have",
                    "set it to the token of a service account, in one line and without anything else");
        }
    }

    JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        return checked(answer(request));
    }

    /** Any answer, whatever its status is. */
    HttpResponse<String> answer(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (SSLException e) {
            throw new Failure("the certificate of Grafana at " + address + " is not trusted: " + e.getMessage(), "for your own"
                    + " certificate authority, set JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE", ExitCode.NOT_READY, e);
        } catch (IOException e) {
            // The client has no message for an unknown name and none for a closed port.
            String why = e.getMessage() != null ? e.getMessage()
                    : e.getCause() instanceof ConnectException inner && inner.getCause() instanceof UnresolvedAddressException
                            || e.getCause() instanceof UnresolvedAddressException ? "no such host" : "no server listens there";
            throw new Failure("Grafana does not answer at " + address + ": " + why, unanswered, ExitCode.NOT_READY, e);
        }
    }

    /** The answer's JSON. @throws Failure when Grafana refuses */
    JsonNode checked(HttpResponse<String> answer) {
        try {
            if (answer.statusCode() == 401 || answer.statusCode() == 403) {
                throw Failure.error("Grafana " + (token.isEmpty() ? "asks for a login" : "refuses the token of "
                        + TOKEN_VARIABLE) + ": " + message(answer.body()), "make a service account with the role Editor in"
                        + " Grafana (Administration, Users and access), and set " + TOKEN_VARIABLE + " to its token", null);
            }
            Optional<String> elsewhere = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 == 3 && elsewhere.isPresent()) {
                throw Failure.error(address + " redirects to " + answer.uri().resolve(elsewhere.get()),
                        "give the address of Grafana itself; a proxy with a login in front of it must allow access to"
                                + " /api", null);
            }
            if (answer.statusCode() / 100 != 2) {
                throw Failure.error("Grafana answers HTTP " + answer.statusCode() + " for " + answer.uri().getPath() + ": "
                        + message(answer.body()), unexpected, null);
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw Failure.error("the server at " + address + " is not a Grafana: it sent no JSON for " + answer.uri().getPath(),
                    unexpected, e);
        }
    }

    /** The reason of a refusal: its message, or the beginning of its body. */
    static String message(String body) {
        String said = body;
        try {
            said = JSON.readTree(body).path("message").asText(body);
        } catch (JsonProcessingException e) {
            // Not JSON, for instance the page of a proxy.
            said = body.replaceAll("<[^<>]*+>", " ");
        }
        return Format.oneLine(said, LONGEST);
    }
}
