package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import embedded.daemon.DaemonSettings.PortName;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong requests, and requests from other origins. */
class PageApiGuardTest extends PageApiLab {
    static Stream<Arguments> wrongQuestions() {
        return Stream.of("/api/panels?range=abc", "/api/panels?range=1", "/api/traces?status=green", "/api/traces?limit=x",
                "/api/series", "/api/traces/..%2f..%2fetc", "/api/runs?sort=magic", "/api/runs?direction=up",
                "/api/trends?rehearsals=some").map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("wrongQuestions")
    void saysWhatIsWrongAboutAQuestion(String path) throws Exception {
        HttpResponse<String> answer = engine.get(path);
        assertEquals(400, answer.statusCode(), answer.body());
        assertFalse(answer.body().isBlank());
    }

    @ParameterizedTest
    @CsvSource({"Origin,http://evil.example", "Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site", "Origin,null"})
    void givesNothingToOtherOrigins(String header, String value) throws Exception {
        for (String path : List.of("/api/runs", "/", "/page/app.js", "/api/live")) {
            HttpResponse<String> answer = engine.get(path, header, value);
            assertEquals(403, answer.statusCode(), path);
            assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        }
        assertEquals(403, engine.get(PortName.METRICS, "/metrics", header, value).statusCode());
    }

    @Test
    void letsOtherOriginsLinkToIt() throws Exception {
        assertEquals(200, engine.get("/trace/" + runs.get(0).traceId, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest", "document").statusCode());
        assertEquals(403, engine.get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest",
                "iframe").statusCode());
    }

    @Test
    void onlyReadsAndServesOnlyItsOwnFiles() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertEquals(405, client.send(HttpRequest.newBuilder(engine.uri(PortName.PAGE, "/api/runs"))
                    .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        }
        for (String path : List.of("/page/../Daemon.class", "/page/%2e%2e/Daemon.class", "/lib/../../META-INF/MANIFEST.MF",
                "/page/nothing.js")) {
            assertEquals(404, engine.get(path).statusCode(), path);
        }
        String policy = engine.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
    }
}
