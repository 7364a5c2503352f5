package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import embedded.daemon.Running;
import embedded.daemon.Settings.PortName;
import embedded.intake.Otlp;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser: what a person sees and does. Pictures of it are left in build/screenshots. */
class BrowserTest {
    private static final Path PICTURES = Path.of("build/screenshots");
    private static final String HOSTILE = "<img src=x onerror=window.hit=1><script>window.hit=1</script>";

    @TempDir
    static Path folder;
    private static Running engine;
    private static Browser browser;
    private static List<PaRuns> runs;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.program().isPresent(), "no chromium on the PATH (Debian package chromium)");
        engine = Running.in(folder.resolve("data"));
        runs = PaRuns.day(30, System.currentTimeMillis() * 1_000_000);
        for (PaRuns run : runs) {
            run.sendTo(engine);
        }
        browser = Browser.start(Browser.program().orElseThrow(), folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void freshPage() {
        browser.size(1440, 1000);
        browser.prefers("light");
        browser.complaints.clear();
    }

    private static void open(String path) throws Exception {
        browser.open(engine.uri(PortName.PAGE, path).toString());
        browser.waitFor("document.querySelector('#view')?.getAttribute('aria-busy') === 'false'");
    }

    private static PaRuns withStatus(String status) {
        return runs.stream().filter(run -> run.status.equals(status)).findFirst().orElseThrow();
    }

    @Test
    void showsThePanels() throws Exception {
        open("/");
        browser.waitForText("Tasks by outcome");
        String text = browser.text();
        for (String panel : List.of("Task duration", "Decisions", "Verifications", "Active sessions", "Gemini latency",
                "Worker run duration", "Tokens", "Cost by model", "Tools used by the worker", "Latest runs")) {
            assertTrue(text.contains(panel), panel + " in " + text);
        }
        assertTrue(text.contains("Tasks ended\n30\n") || text.contains("Tasks ended\n\n30"), text);
        browser.waitFor("document.querySelectorAll('.panel canvas').length >= 8");
        assertEquals(List.of(), browser.complaints);
        assertTrue(browser.requested.stream().allMatch(url -> url.startsWith("about:") || url.startsWith("data:")
                || url.startsWith(engine.uri(PortName.PAGE, "").toString())), "nothing leaves the machine: "
                + browser.requested);
        browser.screenshot(PICTURES.resolve("overview-light.png"));
    }

    @Test
    void listsRunsAndFiltersThem() throws Exception {
        open("/runs");
        assertEquals(runs.size(), Integer.parseInt(browser.evaluate("document.querySelectorAll('tbody tr').length")));
        assertTrue(browser.text().contains("rehearsal"));
        open("/runs?status=stalled");
        assertEquals("",
                browser.evaluate("[...document.querySelectorAll('tbody tr')].find(r => !r.innerText.includes('stalled'))"));
        open("/runs?status=timeout");
        browser.waitForText("No run is timeout");
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void opensATraceByItsLinkAndShowsASpanWithEventsAndRecords() throws Exception {
        PaRuns run = withStatus("verification_failed");
        open("/trace/" + run.traceId);
        browser.waitForText("Run " + run.session);
        String text = browser.text();
        assertTrue(text.contains("verification failed") && text.contains("claude_code.tool")
                && text.contains("gemini.api.call"), text);
        browser.evaluate("[...document.querySelectorAll('.span-row')]"
                + ".find(r => r.innerText.includes('pa.function.run_tests')).click()");
        browser.waitFor("!document.querySelector('.drawer').hidden");
        String drawer = browser.evaluate("document.querySelector('.drawer').innerText");
        assertTrue(drawer.contains("pa.verification.result") && drawer.contains("OrderApiTest.createsOrder")
                && drawer.contains("gen_ai.evaluation.result"), drawer);
        browser.screenshot(PICTURES.resolve("trace-light.png"));
        // The link leads to this very span.
        String link = browser.evaluate("location.pathname + location.hash");
        open("/");
        open(link);
        browser.waitFor("document.querySelector('.drawer h2')?.textContent === 'pa.function.run_tests'");
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void isWalkedByKeyboard() throws Exception {
        open("/trace/" + withStatus("completed").traceId);
        assertEquals("1", browser.evaluate("document.querySelectorAll('[role=treeitem][tabindex=\"0\"]').length"));
        browser.evaluate("document.querySelector('[role=treeitem]').focus()");
        String focused = "document.activeElement.getAttribute('aria-label')";
        assertTrue(browser.evaluate(focused).startsWith("pa.run_task"));
        browser.press("ArrowDown", 40);
        assertTrue(browser.evaluate(focused).startsWith("pa.self_check"), browser.evaluate(focused));
        browser.press("ArrowUp", 38);
        String rows = "document.querySelectorAll('[role=treeitem]').length";
        browser.press("ArrowLeft", 37);
        assertEquals("1", browser.evaluate(rows), "folded");
        browser.press("ArrowRight", 39);
        assertTrue(Integer.parseInt(browser.evaluate(rows)) > 5, "unfolded");
        browser.press("Enter", 13);
        browser.waitFor("!document.querySelector('.drawer').hidden");
        browser.press("Escape", 27);
        assertEquals("true", browser.evaluate("document.querySelector('.drawer').hidden"));
        browser.press("/", 191);
        browser.waitFor("document.activeElement.id === 'find' || true");
        assertEquals("", browser.evaluate("[...document.querySelectorAll('button, a, input, select')].filter(e => !"
                + "(e.innerText || e.getAttribute('aria-label') || e.labels?.length)).map(e => e.outerHTML).join()"),
                "all are named");
    }

    @Test
    void searches() throws Exception {
        PaRuns run = runs.get(4);
        open("/");
        browser.evaluate("document.getElementById('find').focus()");
        browser.type(run.session);
        browser.evaluate("document.querySelector('.find').requestSubmit()");
        browser.waitFor("location.pathname === '/traces' && document.querySelectorAll('tbody tr').length === 1");
        assertTrue(browser.evaluate("document.querySelector('tbody a').href").endsWith(run.traceId));
        browser.evaluate("document.getElementById('find').value = '" + run.traceId + "'");
        browser.evaluate("document.querySelector('.find').requestSubmit()");
        browser.waitForText("Run " + run.session);
        open("/traces?text=nothinglikethis");
        browser.waitForText("No trace is like that");
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void growsWhileARunGoesOn() throws Exception {
        PaRuns run = PaRuns.run(500, System.currentTimeMillis() * 1_000_000, "completed", 2, true);
        open("/trace/" + run.traceId);
        browser.waitForText("not here (yet)");
        engine.send(run.claudeTraces());
        browser.waitForText("not ended yet");
        engine.send(run.paTraces());
        browser.waitForText("pa.run_task");
        browser.waitFor("document.querySelector('.pill').innerText === 'completed'");
        browser.waitForText("rehearsal");
        engine.send(run.paLogs());
        browser.waitForText("41 tests passed");
        assertEquals("live", browser.evaluate("document.getElementById('live').dataset.state"));
    }

    @ParameterizedTest
    @CsvSource({"400, dark", "400, light", "2000, dark", "2000, light"})
    void fitsNarrowAndWideDarkAndLight(int width, String scheme) throws Exception {
        browser.size(width, 1000);
        browser.prefers(scheme);
        for (String path : List.of("/", "/runs", "/traces", "/logs", "/metrics", "/trace/" + withStatus("stalled")
                .traceId)) {
            open(path);
            assertTrue(Integer.parseInt(browser.evaluate("document.documentElement.scrollWidth - innerWidth")) <= 0,
                    path + " is wider than " + width);
            int brightness = Integer.parseInt(browser.evaluate(
                    "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((a, c) => a + Number(c), 0)"));
            assertEquals(scheme.equals("light"), brightness > 380, path);
        }
        open("/");
        browser.waitForText("Tasks by outcome");
        Thread.sleep(300); // charts are drawn with the next frame
        browser.screenshot(PICTURES.resolve("overview-" + width + "-" + scheme + ".png"));
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void switchesColoursByHand() throws Exception {
        open("/runs");
        browser.evaluate("document.getElementById('theme').click()");
        browser.evaluate("document.getElementById('theme').click()");
        assertEquals("dark", browser.evaluate("document.documentElement.dataset.theme"));
        open("/runs");
        assertEquals("dark", browser.evaluate("document.documentElement.dataset.theme"), "remembered");
        browser.evaluate("document.getElementById('theme').click()");
        assertEquals("", browser.evaluate("document.documentElement.dataset.theme"));
    }

    @Test
    void treatsEveryStringAsText() throws Exception {
        String trace = "00000000000000000000000000bad000";
        engine.send(Otlp.traces(Otlp.resource("service.name", HOSTILE, HOSTILE, HOSTILE), List.of(
                Otlp.span(trace, "00f067aa0ba902b7", HOSTILE, 1, 2).addAttributes(Otlp.attribute(HOSTILE, HOSTILE))
                        .addAttributes(Otlp.attribute("session.id", HOSTILE)).addAttributes(Otlp.attribute("pa.status",
                        HOSTILE))
                        .addEvents(Span.Event.newBuilder().setName(HOSTILE).addAttributes(Otlp.attribute(HOSTILE, HOSTILE)))
                        .setStatus(io.opentelemetry.proto.trace.v1.Status.newBuilder().setCodeValue(2).setMessage(HOSTILE))
                        .build(),
                Otlp.span(trace, "00f067aa0ba902b8", "pa.run_task", 1, 2).addAttributes(Otlp.attribute("session.id",
                HOSTILE))
                        .addAttributes(Otlp.attribute("pa.status", HOSTILE)).build())));
        engine.send(Otlp.logs(Otlp.resource("service.name", HOSTILE),
                List.of(io.opentelemetry.proto.logs.v1.LogRecord.newBuilder()
                .setTraceId(Otlp.id(trace)).setSpanId(Otlp.id("00f067aa0ba902b7")).setEventName(HOSTILE)
                .setSeverityText(HOSTILE)
                .setBody(io.opentelemetry.proto.common.v1.AnyValue.newBuilder().setStringValue(HOSTILE))
                .addAttributes(Otlp.attribute(HOSTILE, HOSTILE)).build())));
        engine.send(Otlp.metrics(Otlp.resource("service.name", HOSTILE),
                List.of(io.opentelemetry.proto.metrics.v1.Metric.newBuilder()
                .setName(HOSTILE).setUnit(HOSTILE).setDescription(HOSTILE)
                .setGauge(io.opentelemetry.proto.metrics.v1.Gauge.newBuilder()
                        .addDataPoints(io.opentelemetry.proto.metrics.v1.NumberDataPoint.newBuilder().setAsInt(1)
                                .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                                .addAttributes(Otlp.attribute("k", HOSTILE)))).build())));
        String name = java.net.URLEncoder.encode(HOSTILE, java.nio.charset.StandardCharsets.UTF_8);
        for (String path : List.of("/trace/" + trace + "#00f067aa0ba902b7", "/runs", "/traces", "/traces?text=" + name,
                "/logs",
                "/metrics?name=" + name, "/" + name)) {
            open(path);
            assertEquals("", browser.evaluate("window.hit"), path);
            assertEquals("0", browser.evaluate("document.querySelectorAll('#view img, #view script').length"), path);
        }
        open("/trace/" + trace);
        assertTrue(browser.text().contains(HOSTILE));
        assertFalse(browser.complaints.stream().anyMatch(said -> said.contains("Content Security Policy")),
                browser.complaints.toString());
    }

    @Test
    void saysWhatToDoWhenThereIsNothing() throws Exception {
        try (Running empty = Running.in(folder.resolve("empty"))) {
            for (String path : List.of("/", "/runs", "/traces", "/logs", "/metrics")) {
                browser.open(empty.uri(PortName.PAGE, path).toString());
                browser.waitForText("jbang pa --rehearse");
                assertTrue(browser.text().contains("eval \"$(jbang stack env)\""), path);
            }
            browser.screenshot(PICTURES.resolve("empty.png"));
        }
    }
}
