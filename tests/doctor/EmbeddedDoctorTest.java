package doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import console.Console;
import containers.StackLab;
import embedded.daemon.EmbeddedEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.ServiceStatus;
import stackcli.StackCli;

/** {@code stack doctor} with the embedded engine: absent, healthy, killed, fixed. */
class EmbeddedDoctorTest {
    @TempDir Path home;
    private final Map<String, String> environment = new HashMap<>();

    private String run(int expected, String... arguments) {
        environment.put("HOME", home.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true,
                StandardCharsets.UTF_8), 200);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--engine", "embedded"));
        int code = new StackCli(console, environment, Optional.of(EmbeddedEngine::new)).run(all.toArray(String[]::new));
        assertEquals(expected, code, () -> out + "\n" + err);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** State and text of each hop. */
    private Map<String, String> examine(int expected, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("doctor", "--json"));
        all.addAll(List.of(options));
        JsonNode report = new ObjectMapper().readTree(run(expected, all.toArray(String[]::new)));
        assertEquals(expected == 0, report.path("healthy").asBoolean());
        Map<String, String> states = new LinkedHashMap<>();
        report.path("hops").forEach(hop -> states.put(hop.path("hop").asText(), hop.path("state").asText() + " "
                + hop.path("text").asText()));
        return states;
    }

    @AfterEach
    void end() {
        run(0, "down", "-v", "--yes");
    }

    @Test
    void followsTheCanaryThroughTheEngine() throws Exception {
        Map<String, String> absent = examine(1);
        assertTrue(absent.get("embedded").startsWith("failed absent"), absent.toString());
        assertEquals("skipped needs: embedded", absent.get("trace stored"));
        assertTrue(absent.get("this shell").startsWith("failed"), absent.toString());

        List<String> up = new ArrayList<>(List.of("up"));
        for (String port : List.of("otlp-grpc", "otlp-http", "metrics", "grafana")) {
            up.addAll(List.of("--port", port + "=" + StackLab.freePort()));
        }
        run(0, up.toArray(String[]::new));
        run(0, "env").lines().map(line -> line.replace("export ", "").split("=", 2))
                .forEach(variable -> environment.put(variable[0], variable[1]));
        assertEquals("local", environment.get(contract.Variables.CONTENT), "on this machine content may be seen");
        assertFalse(run(0, "env", "--no-content").contains(contract.Variables.CONTENT));
        Map<String, String> healthy = examine(0);
        assertEquals(11, healthy.size(), healthy.toString());
        assertTrue(healthy.values().stream().allMatch(state -> state.startsWith("ok ")), healthy.toString());
        String text = run(0, "doctor");
        assertEquals(11, text.lines().filter(line -> line.startsWith("✓ ") || line.startsWith("ok ")).count(), text);

        ServiceStatus status = new EmbeddedEngine(environment).status().get(0);
        long pid = Long.parseLong(status.detail().replace("pid ", ""));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        awaitEnd(pid);
        Map<String, String> killed = examine(1);
        assertTrue(killed.get("embedded").contains("it was killed"), killed.toString());
        assertEquals("skipped needs: embedded", killed.get("page"));

        Map<String, String> fixed = examine(0, "--fix");
        assertEquals(healthy.get("OTLP over gRPC"), fixed.get("OTLP over gRPC"), "it came back with the ports it had");
    }

    private static void awaitEnd(long pid) throws InterruptedException {
        for (int i = 0; i < 500 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false); i++) {
            Thread.sleep(20);
        }
    }
}
