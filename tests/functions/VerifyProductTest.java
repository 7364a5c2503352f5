package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification.Type;
import agent.decision.Verification.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyProductTest {
    /** A small API that says its pid; it listens on PORT or on its argument, and starts a child that must end too. */
    private static final String[] API = {
        "import http.server, os, subprocess, sys, json",
        "child = subprocess.Popen(['sleep', '600'])",
        "open('pids', 'w').write(f'{os.getpid()} {child.pid} ')",
        "class H(http.server.BaseHTTPRequestHandler):",
        "    def do_GET(self):",
        "        code = {'/': 200, '/health': 200, '/broken': 500, '/old': 301}.get(self.path, 404)",
        "        self.send_response(code); self.end_headers(); self.wfile.write(b'{\"ok\": true}')",
        "    def do_POST(self):",
        "        body = self.rfile.read(int(self.headers['Content-Length']))",
        "        good = self.headers['Content-Type'] == 'application/json' and json.loads(body)['a'] == 1",
        "        self.send_response(201 if good else 400); self.end_headers()",
        "    def log_message(self, *a): pass",
        "port = int(sys.argv[1] if len(sys.argv) > 1 else os.environ['PORT'])",
        "print(f'Serving on http://localhost:{port}/', flush=True)",
        "http.server.HTTPServer(('127.0.0.1', port), H).serve_forever()"};

    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void project() throws Exception {
        Assumptions.assumeTrue(Project.available("python3"), "python3 is not installed");
        project = new Project(folder);
        project.file("api.py", API);
    }

    @Test
    void aServerIsStartedAskedAndStopped() throws Exception {
        FunctionResult result = verify("api", "python3 api.py", OptionalInt.empty(), List.of(),
                "/health", "GET /old", "POST /items {\"a\": 1}", "/missing -> 404");
        assertEquals(Verdict.PASS, verdict(result), result.output());
        assertEquals(Type.PRODUCT, result.verification().orElseThrow().type());
        for (String line : List.of("ok   GET /health → 200: {\"ok\": true}", "ok   GET /old → 301",
                "ok   POST /items → 201", "ok   GET /missing (expected 404) → 404", "It printed:\nServing on")) {
            assertTrue(result.output().contains(line), line + " in " + result.output());
        }
        for (String pid : Files.readString(project.root.resolve("pids")).strip().split(" ")) {
            assertFalse(Project.lives(Long.parseLong(pid)), "nothing is left running");
        }
    }

    @Test
    void aBadAnswerFails() throws Exception {
        FunctionResult result = verify("api", "python3 api.py", OptionalInt.empty(), List.of(), "/health", "/broken");
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().contains("FAIL GET /broken → 500"), result.output());
    }

    @Test
    void thePortMayStandInTheCommandOrInAnEndpoint() throws Exception {
        project.file("start.sh", "exec python3 api.py $2");
        int port = LocalPorts.free();
        FunctionResult result = verify("auto", "sh start.sh --port " + port, OptionalInt.empty(), List.of());
        assertEquals(Verdict.PASS, verdict(result), result.output());
        assertTrue(result.output().contains("listens on http://127.0.0.1:" + port + "\nok   GET / → 200"), result.output());
        port = LocalPorts.free();
        result = verify("web", "python3 api.py " + port, OptionalInt.empty(), List.of(),
                "http://localhost:" + port + "/health");
        assertEquals(Verdict.PASS, verdict(result), result.output());
    }

    @Test
    void thePortThatItPrintsIsUsed() throws Exception {
        int port = LocalPorts.free();
        FunctionResult result = verify("api", "python3 api.py " + port, OptionalInt.empty(), List.of(), "/health");
        assertEquals(Verdict.PASS, verdict(result), result.output());
        assertTrue(result.output().contains("listens on http://127.0.0.1:" + port), result.output());
    }

    @Test
    void aPortThatAnotherHasIsNotTested() throws Exception {
        try (TestServer other = new TestServer()) {
            FunctionResult result = verify("api", "python3 api.py", OptionalInt.of(other.port()), List.of(), "/status/200");
            assertEquals(Verdict.SKIPPED, verdict(result));
            assertTrue(result.output().contains("is taken by another program"), result.output());
            assertTrue(other.asked.isEmpty());
        }
        assertFalse(Files.exists(project.root.resolve("pids")), "it was not started");
    }

    @Test
    void uiActionsAreNeverCountedAsPassed() throws Exception {
        FunctionResult result = verify("web", "python3 api.py", OptionalInt.empty(), List.of("click Login"), "/health");
        assertEquals(Verdict.SKIPPED, verdict(result));
        assertFalse(result.success());
        assertTrue(result.output().contains("ok   GET /health") && result.output().contains("Not carried out")
                && result.output().contains("click Login"), result.output());
        result = verify("web", "python3 api.py", OptionalInt.empty(), List.of("click Login"), "/broken");
        assertEquals(Verdict.FAIL, verdict(result));
    }

    @ParameterizedTest
    @CsvSource({"cli, 0, PASS", "script, 3, FAIL", "auto, 0, PASS", "auto, 1, FAIL", "api, 0, FAIL", "web, 1, FAIL"})
    void aCommandThatEndsIsJudgedByItsTypeAndExitCode(String type, int code, Verdict verdict) throws Exception {
        project.program("tool", "#!/bin/sh", "echo hello", "exit " + code);
        FunctionResult result = verify(type, "./tool", OptionalInt.empty(), List.of());
        assertEquals(verdict, verdict(result), result.output());
        assertTrue(result.output().contains("hello") && result.output().contains("exit code " + code), result.output());
    }

    @Test
    void aProductThatNeverListensFails() throws Exception {
        Duration limit = Duration.ofMillis(800);
        project.options = Options.within(project.options, new FunctionOptions.TimeLimits(limit, limit, limit, limit));
        project.program("deaf", "#!/bin/sh", "echo starting", "exec sleep 600");
        FunctionResult result = verify("api", "./deaf", OptionalInt.of(LocalPorts.free()), List.of());
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().contains("did not listen on port"), result.output());
        assertTrue(result.output().contains("starting"), result.output());
    }

    @Test
    void theProjectsOwnStartIsFound() throws Exception {
        project.file("app.py", "exec(open('api.py').read())");
        FunctionResult result = verify("auto", "", OptionalInt.empty(), List.of());
        assertEquals(Verdict.PASS, verdict(result), result.output());
        assertTrue(result.output().startsWith("$ python3 ./app.py\n"), result.output());
        project.file("package.json", "{\"scripts\":{\"start\":\"node x.js\"}}");
        assertEquals(Optional.of(List.of("npm", "run", "start")), checks.NodeProject.start(project.tree().liveFiles()));
    }

    @Test
    void withoutAWayToStartItIsSkipped() throws Exception {
        FunctionResult result = verify("api", "", OptionalInt.empty(), List.of());
        assertEquals(Verdict.SKIPPED, verdict(result));
        assertTrue(result.output().contains("start_command"));
        assertEquals(Verdict.SKIPPED, verdict(verify("api", "no-such-program", OptionalInt.empty(), List.of())));
        assertEquals(Verdict.SKIPPED, verdict(verify("cli", "no-such-program", OptionalInt.empty(), List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/", "https://10.0.0.1/x", "http://localhost@example.com/x"})
    void endpointsElsewhereAreRefused(String endpoint) throws Exception {
        FunctionResult result = verify("api", "python3 api.py", OptionalInt.empty(), List.of(), endpoint);
        assertTrue(result.verification().isEmpty() && result.output().contains("refused"), result.output());
        assertFalse(Files.exists(project.root.resolve("pids")), "it was not started");
    }

    @Test
    void oddEndpointsAndTypesAreNoCrash() throws Exception {
        FunctionResult result = verify("api", "python3 api.py", OptionalInt.empty(), List.of(), "/a b c", "//example.com/",
                "/%zz", "health");
        assertEquals(Verdict.FAIL, verdict(result), result.output());
        assertTrue(result.output().contains("ok   GET /health"), result.output());
        assertTrue(verify("desktop", "x", OptionalInt.empty(), List.of()).output().contains("one of api, web, cli"));
        assertTrue(verify("api", "x", OptionalInt.of(70_000), List.of()).output().contains("70000 is not a port"));
        assertTrue(verify("api", "a && b", OptionalInt.empty(), List.of()).output().contains("without a shell"));
    }

    @Test
    void anInterruptionStopsTheProduct() throws Exception {
        Interruption interruption = new Interruption();
        project.program("deaf", "#!/bin/sh", "echo $$ > pid.new; mv pid.new pid", "exec sleep 600");
        new Thread(() -> {
            try {
                Project.await("it runs", () -> Files.exists(project.root.resolve("pid")));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            interruption.request(2);
        }).start();
        assertThrows(InterruptedException.class, () -> project.functions().execute(new Decision.VerifyProduct(
                Optional.of("api"), Optional.of("./deaf"), OptionalInt.empty(), List.of(), List.of()),
                new Bounds(interruption, Instant.MAX)));
        assertFalse(Project.lives(Long.parseLong(Files.readString(project.root.resolve("pid")).strip())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"flask run --port 5001 | 5001", "uvicorn a:b --port=8001 | 8001",
        "python3 -m http.server 8002 | 8002", "python3 manage.py runserver 127.0.0.1:8003 | 8003",
        "php -S localhost:8004 | 8004",
        "gunicorn -b 0.0.0.0:8005 a:b | 8005", "node server.js | ", "tool --retries 8080 | ", "serve -p 99999 | "})
    void portsInCommandsAreFound(String command, Integer port) {
        OptionalInt expected = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        assertEquals(expected, ProductStart.portIn(List.of(command.split(" "))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Listening on http://localhost:3001 | 3001", "Server started on port 3002 | 3002",
        "Tomcat initialized with port(s): 3003 (http) | 3003", "* Running on http://0.0.0.0:3004/ | 3004",
        "port: 3005 | 3005", "compiled 8080 modules | ", "exported 9000 rows | "})
    void portsThatAreAnnouncedAreFound(String line, Integer port) {
        assertEquals(port == null ? OptionalInt.empty() : OptionalInt.of(port), ProductStart.announced(line));
    }

    private FunctionResult verify(String type, String command, OptionalInt port, List<String> ui, String... endpoints)
            throws InterruptedException {
        return project.functions().execute(new Decision.VerifyProduct(Optional.of(type), Optional.of(command), port,
                List.of(endpoints), ui), Bounds.none());
    }

    private static Verdict verdict(FunctionResult result) {
        return result.verification().orElseThrow(() -> new AssertionError(result.output())).verdict();
    }
}
