package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.intake.Otlp;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser: every width and colour, odd and hostile data, nothing at all. */
class BrowserLooksTest extends BrowserLab {
    private static final String HOSTILE = "<img src=x onerror=window.hit=1><script>window.hit=1</script>";

    @Test
    void readsOddDataWithoutStumbling() throws Exception {
        open("/runs");
        assertEquals("[\"FAIL: de Ada: expected 'Hallo, Ada!'\"]", browser.evaluate("import('/page/story.js').then(m =>"
                + " JSON.stringify(m.decisiveLines(\"$ sh check.sh\\nFAIL: de Ada: expected 'Hallo, Ada!'\\n→ exit code 1\","
                + " 'fail')))"));
        assertEquals("[ERROR] OrderTest.creates:41 expected: <201>", browser.evaluate("import('/page/story.js').then(m =>"
                + " m.decisiveLines('[INFO] Running\\n[ERROR] OrderTest.creates:41 expected: <201>\\n[ERROR] To see the full"
                + " stack trace of the errors, re-run Maven with the -e switch.', 'fail').join())"));
        assertEquals("cut off {", browser.evaluate("import('/page/messages.js').then(m => m.lastText('cut off {'))"));
        assertEquals("last", browser.evaluate("import('/page/messages.js').then(m => m.lastText(JSON.stringify([{role: 'user',"
                + " parts: [{type: 'text', content: 'first'}]}, {role: 'assistant', parts: [{type: 'text', content: 'last'},"
                + " {type: 'tool_call', name: 'f', arguments: '{'}]}])))"));
        // Spans that are each other's parent, and one that is its own, all have a row.
        assertEquals("4", browser.evaluate("import('/page/otlp.js').then(m => { const span = (spanId, parentSpanId) => ({spanId,"
                + " parentSpanId, name: spanId, startTimeUnixNano: '5', endTimeUnixNano: '1'}); const all = m.spans({"
                + "resourceSpans: [{scopeSpans: [{spans: [span('a', 'b'), span('b', 'a'), span('c', 'c'), span('d', 'a')]}]}]});"
                + " return m.flatten(m.tree(all).roots).length; })"));
        assertEquals("9007199254740993", browser.evaluate("import('/page/otlp.js').then(m => m.value({intValue:"
                + " '9007199254740993'}))"), "no digit is lost");
        assertEquals("sonnet-5", browser.evaluate("import('/page/labels.js').then(m => m.shortModel("
                + "'claude-sonnet-5-20260714'))"));
    }

    @Test
    void everyScriptIsOneThatNodeCanRead() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "node"))),
                "no node on the PATH (Debian package nodejs)");
        try (Stream<Path> scripts = Files.list(Path.of("lib/embedded/page")).filter(file -> file.toString().endsWith(".js"))) {
            for (Path script : scripts.toList()) {
                Process node = new ProcessBuilder("node", "--input-type=module", "--check", "-").redirectErrorStream(true)
                        .redirectInput(script.toFile()).start();
                String said = new String(node.getInputStream().readAllBytes());
                assertEquals(0, node.waitFor(), script + ": " + said);
                assertEquals(200, engine.get("/page/" + script.getFileName()).statusCode(), script + " is served");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "400, dark"})
    void axeFindsNothingInAnyView(int width, String scheme) throws Exception {
        String axe = Axe.script();
        browser.size(width, 900);
        browser.prefers(scheme);
        String trace = withStatus("stalled").traceId;
        for (String path : List.of("/", "/runs", "/runs?text=nothinglikethis", "/traces", "/logs", "/metrics", "/trace/" + trace,
                "/compare/" + trace, "/compare/" + trace + "/" + withStatus("completed").traceId, "/nowhere")) {
            open(path);
            browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; });"
                    + " document.querySelector('.step-title')?.click()");
            assertEquals("", browser.evaluate("(async () => { " + axe + "; const found = await axe.run(document, {resultTypes:"
                    + " ['violations']}); return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n =>"
                    + " n.html.slice(0, 200)).join(' / ')).join('\\n'); })()"), path);
        }
    }

    @ParameterizedTest
    @CsvSource({"400, dark", "400, light", "2000, dark", "2000, light"})
    void fitsNarrowAndWideDarkAndLight(int width, String scheme) throws Exception {
        browser.size(width, 1000);
        browser.prefers(scheme);
        String stalled = withStatus("stalled").traceId;
        for (String path : List.of("/", "/runs", "/traces", "/logs", "/metrics", "/trace/" + stalled, "/compare/" + stalled
                + "/" + withStatus("completed").traceId)) {
            open(path);
            assertTrue(Integer.parseInt(browser.evaluate("document.documentElement.scrollWidth - innerWidth")) <= 0,
                    path + " is wider than " + width);
            assertEquals("", browser.evaluate("[...document.querySelectorAll('.filters :is(input, select), .log .message')]"
                    + ".filter(e => { const own = e.getBoundingClientRect(), all = e.closest('.filters, .log')"
                    + ".getBoundingClientRect(); return own.width && (own.right > all.right + 1 || own.bottom > all.bottom + 1); })"
                    + ".map(e => e.outerHTML).join()"), "nothing sticks out: " + path);
            int brightness = Integer.parseInt(browser.evaluate(
                    "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((a, c) => a + Number(c), 0)"));
            assertEquals(scheme.equals("light"), brightness > 380, path);
        }
        open("/");
        browser.waitForText("Outcomes");
        browser.screenshot(PICTURES.resolve("overview-" + width + "-" + scheme + ".png"));
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void isLightOnPaper() throws Exception {
        browser.size(794, 1123);
        browser.prefers("dark");
        open("/trace/" + withStatus("stalled").traceId);
        browser.evaluate("document.documentElement.dataset.theme = 'dark'");
        browser.prints("dark");
        assertEquals("[255,255,255,22,33,31]", browser.evaluate("JSON.stringify(['--surface', '--ink'].flatMap(name => {"
                + " const e = document.createElement('i'); e.style.color = `var(${name})`; document.body.append(e);"
                + " return getComputedStyle(e).color.match(/\\d+/g).map(Number); }))"));
        assertEquals("none", browser.evaluate("getComputedStyle(document.querySelector('.top')).display"));
        browser.evaluate("delete document.documentElement.dataset.theme");
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
