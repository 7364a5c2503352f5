package doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Short requests over HTTP. Errors on the way become an answer, not an exception. */
final class Web {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 200;

    private final HttpClient http;

    Web() {
        this(HttpClient.newBuilder());
    }

    /** @param trust whose certificates are taken */
    Web(SSLContext trust) {
        this(HttpClient.newBuilder().sslContext(trust));
    }

    private Web(HttpClient.Builder http) {
        this.http = http.version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    }

    /**
     * An answer.
     *
     * @param status 0 when there was no answer; {@code body} is the reason then
     */
    record Answer(int status, String body) {
        boolean ok() {
            return status == 200;
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        /** Why the answer is not as expected, for the user. */
        String reason() {
            String start = body.strip().replaceAll("\\s+", " ");
            start = start.length() > LONGEST ? start.substring(0, LONGEST) + "…" : start;
            return status == 0 ? start : "HTTP " + status + (start.isEmpty() ? "" : ": " + start);
        }
    }

    Answer get(String address) throws InterruptedException {
        return get(address, Credentials.NONE);
    }

    Answer get(String address, Credentials credentials) throws InterruptedException {
        return send(request(address).GET(), credentials);
    }

    Answer post(String address, String json, Credentials credentials) throws InterruptedException {
        return send(request(address).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)), credentials);
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER);
    }

    private Answer send(HttpRequest.Builder builder, Credentials credentials) throws InterruptedException {
        try {
            credentials.headers().forEach(builder::setHeader);
        } catch (IllegalArgumentException e) {
            // The exception's message contains the value.
            return new Answer(0, credentials.variable() + " contains characters that a header cannot have");
        }
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            String elsewhere = response.headers().firstValue("Location").orElse("");
            return new Answer(response.statusCode(), response.statusCode() / 100 != 3 || elsewhere.isEmpty() ? response.body()
                    : "sends to " + response.uri().resolve(elsewhere));
        } catch (HttpTimeoutException e) {
            return new Answer(0, "no answer from " + request.uri() + " in time");
        } catch (SSLException e) {
            return new Answer(0, request.uri().getAuthority() + " is not trusted: " + e.getMessage());
        } catch (ConnectException e) {
            return new Answer(0, "nothing listens on " + request.uri().getAuthority());
        } catch (IOException e) {
            return new Answer(0, request.uri() + ": " + e);
        }
    }
}
