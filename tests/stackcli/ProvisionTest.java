package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else's Grafana, stood in for by a server that notes what it is asked to change. */
class ProvisionTest {
    private record Change(String method, String path, String body, String source) {}

    private record Result(int code, String out, String err) {}

    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "/api/health", "200 {\"version\":\"12.4.0\"}",
            "/api/datasources", "200 [{\"uid\":\"m1\",\"type\":\"prometheus\",\"name\":\"Mimir\"},"
                    + "{\"uid\":\"t1\",\"type\":\"tempo\",\"name\":\"Tempo\"}]",
            "/api/datasources/uid/m1", "200 {\"jsonData\":{}}",
            "/api/datasources/uid/t1", "200 {\"jsonData\":{\"tracesToMetrics\":{\"datasourceUid\":\"m1\"}}}",
            "/api/folders", "200 {}", "/api/dashboards/db", "200 {\"url\":\"/d/x\"}",
            "/api/convert/prometheus/config/v1/rules/AgentProxy", "202 {}"));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!exchange.getRequestMethod().equals("GET")) {
                changes.add(new Change(exchange.getRequestMethod(), path, body,
                        exchange.getRequestHeaders().getFirst("X-Grafana-Alerting-Datasource-UID")));
            }
            String said = answers.getOrDefault(path, "404 {\"message\":\"not found\"}");
            byte[] text = said.substring(4).getBytes(StandardCharsets.UTF_8);
            if (said.startsWith("3")) {
                exchange.getResponseHeaders().add("Location", said.substring(4));
            }
            exchange.sendResponseHeaders(Integer.parseInt(said.substring(0, 3)), text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void dashboardsAskTheSourcesThatAreThereAndNoSourceIsTouched() throws IOException {
        Result result = provision();
        assertEquals(0, result.code(), result.toString());
        assertTrue(changes.stream().noneMatch(change -> change.path().contains("datasources")), changes::toString);
        List<JsonNode> dashboards = new ArrayList<>();
        for (Change change : changes) {
            if (change.path().equals("/api/dashboards/db")) {
                JsonNode body = new ObjectMapper().readTree(change.body());
                assertEquals("agentproxy", body.path("folderUid").asText());
                assertTrue(body.path("overwrite").asBoolean());
                dashboards.add(body.path("dashboard"));
            }
        }
        assertEquals(2, dashboards.size(), "the stack's own health is of no use there");
        for (JsonNode dashboard : dashboards) {
            dashboard.findValues("datasource").forEach(source ->
                    assertTrue(List.of("m1", "t1", "-- Grafana --", "grafana", "").contains(source.path("uid").asText()),
                            source::toString));
            assertFalse(dashboard.findValues("datasource").isEmpty());
        }
        List<Change> rules = changes.stream().filter(change -> change.path().contains("convert")).toList();
        assertEquals(2, rules.size());
        rules.forEach(rule -> assertEquals("m1", rule.source()));
        assertTrue(rules.get(0).body().contains("name: agentproxy-recording"), rules.get(0).body());
        // The metrics' source lacks the way to traces, the other has its link.
        assertTrue(result.err().contains("exemplarTraceIdDestinations") && !result.err().contains("tracesToMetrics"),
                result.err());
    }

    @Test
    void aDryRunChangesNothingThere() {
        Result result = provision("--dry-run");
        assertEquals(0, result.code(), result.toString());
        assertTrue(result.out().contains("would put in agentproxy.json"), result.out());
        assertEquals(List.of(), changes);
    }

    @Test
    void severalSourcesMustBeChosenFromByName() {
        answers.put("/api/datasources", "200 [{\"uid\":\"m1\",\"type\":\"prometheus\",\"name\":\"Mimir\"},"
                + "{\"uid\":\"m2\",\"type\":\"prometheus\",\"name\":\"Other\"},{\"uid\":\"t1\",\"type\":\"tempo\",\"name\":\"T\"}]");
        Result result = provision();
        assertEquals(2, result.code(), result.toString());
        assertTrue(result.err().contains("m1 (Mimir), m2 (Other)") && result.err().contains("--prometheus-uid"), result.err());
        assertEquals(List.of(), changes);
        assertEquals(0, provision("--prometheus-uid", "m1").code());
    }

    @Test
    void aTokenThatMayNotListSourcesNeedsTheirNames() {
        answers.put("/api/datasources", "403 {\"message\":\"no\"}");
        assertTrue(provision().err().contains("--prometheus-uid UID --tempo-uid UID"));
        assertEquals(0, provision("--prometheus-uid", "m1", "--tempo-uid", "t1").code());
    }

    @Test
    void rulesThatAreRefusedAreToldAndTheDashboardsStay() {
        answers.put("/api/convert/prometheus/config/v1/rules/AgentProxy", "403 {\"message\":\"needs Alerting\"}");
        Result result = provision();
        assertEquals(1, result.code(), result.toString());
        assertTrue(result.out().contains("refused: rules agentproxy-recording (HTTP 403: needs Alerting)"), result.out());
        assertTrue(result.err().contains("stack config --show prometheus/rules/agentproxy.yml"), result.err());
    }

    @Test
    void sharedCollectorsGetTheSameDashboardsReadByIncrease() {
        provision("--shared");
        String all = changes.stream().map(Change::body).reduce("", String::concat);
        assertTrue(all.contains("increase(agentproxy_tasks_completed_total"), "nothing was rewritten");
        assertFalse(all.matches("(?s).*max_over_time\\(agentproxy_\\w+_total.*"), "something was not");
    }

    @Test
    void whateverIsNoGrafanaIsNotChanged() {
        answers.put("/api/health", "200 {}");
        assertTrue(provision().err().contains("not a Grafana"));
        assertEquals(2, stack("provision", "--grafana", "ftp://x").code());
        assertEquals(List.of(), changes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // What is named wrongly must not be found out when half is there already.
        "/api/datasources/uid/gone | 404 {} | no data source with the uid gone | last part of the address | --tempo-uid gone",
        "/api/datasources/uid/t2 | 200 {\"type\":\"prometheus\"} | has the type prometheus | exchange the two | --tempo-uid t2",
        "/api/datasources | 500 <html><body>Oops</body></html> | HTTP 500 for /api/datasources: Oops | ask its operator |",
        "/api/datasources | 401 {\"message\":\"Unauthorized\"} | asks for a login: Unauthorized | make a service account |",
        "/api/health | 302 /login?to=here | redirects to http://127.0.0.1 | allow access to /api |",
        "/api/health | 301 https://grafana.example/api/health | redirects to https://grafana.example/api/health"
                + " | the address of Grafana itself |",
        "/api/health | 404 404 page not found | HTTP 404 for /api/health: 404 page not found | before /api |",
        "/api/health | 200 <!doctype html><title>Home</title> | is not a Grafana: it sent no JSON | before /api |",
        "/api/folders/agentproxy | 403 {\"message\":\"no folders\"} | asks for a login: no folders | make a service account |"})
    void whatIsWrongThereIsNamedAndNothingIsChanged(String path, String said, String message, String hint, String more) {
        answers.put(path.strip(), said.strip());
        Result result = more == null ? provision() : provision(more.strip().split(" "));
        assertTrue(result.code() == 1 || result.code() == 2, result.toString());
        assertTrue(result.err().contains(message.strip()) && result.err().contains(hint.strip()), result.err());
        assertFalse(result.err().contains("Exception"), result.err());
        assertEquals(List.of(), changes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http://me:secret@127.0.0.1:1 | AGENTPROXY_STACK_GRAFANA_TOKEN for Grafana|",
        "http://127.0.0.1:1/?orgId=2 | leave out the part that begins with ?|",
        "me:secret@grafana | not the address of a server|",
        "grafana.example:3000 | write http:// or https:// in front|",
        "the server of this test | not the uid of a data source | a/b",
        "the server of this test | not the uid of a data source | ''"})
    void anArgumentThatCannotBeMeantIsRefusedWithoutItsSecret(String address, String expected, String uid) {
        Result result = uid == null ? stack("provision", "--grafana", address.strip()) : provision("--prometheus-uid", uid.strip());
        assertEquals(2, result.code(), result.toString());
        assertTrue(result.err().contains(expected.strip()), result.err());
        assertFalse(result.err().contains("secret"), result.err());
    }

    @ParameterizedTest
    @CsvSource({"http://no-such-host.invalid, no such host", "http://127.0.0.1:1, no server listens there"})
    void whereNobodyAnswersItIsSaidWhy(String address, String why) {
        Result result = stack("provision", "--grafana", address);
        assertEquals(5, result.code(), result.toString());
        assertTrue(result.err().contains("Grafana does not answer at " + address + ": " + why), result.err());
    }

    @Test
    void ownDashboardsOfBothFormsAndOwnRulesArePutInToo(@TempDir Path folder) throws IOException {
        write(folder.resolve("grafana/dashboards/team/new form.json"), """
                {"apiVersion":"dashboard.grafana.app/v2","kind":"Dashboard","metadata":{"name":"mine"},
                 "spec":{"title":"Mine","elements":{"panel-1":{"spec":{"data":{"spec":{"queries":[{"spec":{"query":
                  {"kind":"DataQuery","group":"tempo","datasource":{"name":"tempo"}}}}]}}}}}}}""");
        write(folder.resolve("grafana/dashboards/notes.md"), "not one of them");
        write(folder.resolve("prometheus/rules/mine.yml"), "groups:\n  - name: mine\n    rules: []\n");
        write(folder.resolve("prometheus/rules/nothing.yml"), "# to come\n");
        answers.put("/apis/dashboard.grafana.app/v2/namespaces/default/dashboards", "201 {\"metadata\":{\"name\":\"mine\"}}");
        Result result = provision("--config-dir", folder.toString());
        assertEquals(0, result.code(), result.toString());
        assertTrue(result.out().contains("team/new form.json → /d/mine") && result.out().contains("rules mine"), result.out());
        Change resource = changes.stream().filter(change -> change.path().startsWith("/apis/")).findFirst().orElseThrow();
        JsonNode body = new ObjectMapper().readTree(resource.body());
        assertEquals("agentproxy", body.path("metadata").path("annotations").path("grafana.app/folder").asText());
        assertEquals("t1", body.findValue("datasource").path("name").asText());
        assertEquals(3, changes.stream().filter(change -> change.path().contains("convert")).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"groups: [", "- a", "groups:\n  - rules: []\n", "group: []", "groups: {}"})
    void rulesOfOnesOwnThatCannotBeReadStopItBeforeAnythingIsChanged(String text, @TempDir Path folder) throws IOException {
        write(folder.resolve("prometheus/rules/mine.yml"), text);
        Result result = provision("--config-dir", folder.toString());
        assertEquals(2, result.code(), result.toString());
        assertTrue(result.err().contains("mine.yml"), result.err());
        assertEquals(List.of(), changes);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Result provision(String... more) {
        List<String> arguments = new ArrayList<>(List.of("provision", "--grafana",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        arguments.addAll(List.of(more));
        return stack(arguments.toArray(String[]::new));
    }

    private static Result stack(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), 300);
        int code = new StackCli(console, Map.of(), Optional.empty()).run(arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
