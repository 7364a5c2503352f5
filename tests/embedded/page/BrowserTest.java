package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Otlp;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page in a real browser: its contents and its navigation. */
class BrowserTest extends BrowserLab {
    @Test
    void showsHowThingsGoAndLeadsToTheRunsBehindIt() throws Exception {
        open("/");
        browser.waitForText("Cost per verified task");
        String text = browser.text();
        for (String panel : List.of("Outcomes", "Success", "Cost", "Spend by model", "Evidence", "Rounds to done",
                "Time by activity", "Cache hits", "Latest runs", "Technical details")) {
            assertTrue(text.contains(panel), panel + " in " + text);
        }
        long real = runs.stream().filter(run -> !run.isRehearsal()).count();
        assertTrue(text.contains(real + " runs · $"), text);
        assertTrue(text.contains("without rehearsals"), text);
        assertFalse(text.contains("not reported by the workers"), "how full the conversations were: " + text);
        assertEquals("", browser.evaluate("[...document.querySelectorAll('[aria-label=Outcomes] .scale span, [aria-label=\"Rounds"
                + " to done\"] .scale span')].map(e => e.innerText).filter(t => t.includes('.')).join()"), "there is no half run");
        browser.evaluate("document.querySelector('.machinery').open = true");
        browser.waitFor("document.querySelectorAll('.machinery canvas').length >= 5");
        browser.evaluate("document.querySelector('[aria-label=\"Spend by model\"] a').click()");
        browser.waitFor("location.pathname === '/runs' && location.search.includes('model=')");
        open("/?rehearsals=only");
        assertTrue(browser.text().contains("rehearsed · rehearsals only"), browser.text());
        assertEquals(List.of(), browser.complaints);
        assertTrue(browser.requested.stream().allMatch(url -> url.startsWith("about:") || url.startsWith("data:")
                || url.startsWith(engine.uri(PortName.PAGE, "").toString())), "nothing leaves the machine: "
                + browser.requested);
        browser.screenshot(PICTURES.resolve("overview-light.png"));
    }

    @Test
    void listsRunsSortsAndFiltersThemAndKeepsItInTheAddress() throws Exception {
        open("/runs");
        assertEquals(runs.size(), Integer.parseInt(browser.evaluate("document.querySelectorAll('tbody tr').length")));
        assertTrue(browser.text().contains("rehearsal") && browser.text().contains(" rehearsed"), browser.text());
        browser.evaluate("[...document.querySelectorAll('a.sort')].find(a => a.innerText.includes('Cost')).click()");
        browser.waitFor("location.search.includes('sort=cost') && document.querySelector('th[aria-sort=descending]')"
                + ".innerText.includes('Cost')");
        String first = browser.evaluate("document.querySelector('tbody td[data-label=cost]').innerText");
        double most = runs.stream().filter(run -> !run.isRehearsal()).mapToDouble(PaRuns::costUsd).max().orElseThrow();
        assertEquals(String.format(java.util.Locale.ROOT, "$%.2f", most), first);
        open("/runs?status=stalled");
        assertEquals("",
                browser.evaluate("[...document.querySelectorAll('tbody tr')].find(r => !r.innerText.includes('stalled'))"));
        open("/runs?status=timeout");
        browser.waitForText("No run is timeout");
        open("/runs?status=failed");
        assertFalse(browser.evaluate("document.querySelector('tbody').innerText").contains("unproven"));
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void comparesTwoRunsThatWereTicked() throws Exception {
        open("/runs");
        browser.evaluate("document.querySelectorAll('td.pick input')[1].click()");
        browser.waitForText("Tick one more run to compare");
        browser.evaluate("document.querySelectorAll('td.pick input')[2].click()");
        browser.evaluate("document.querySelector('.compare-bar a').click()");
        browser.waitFor("location.pathname.startsWith('/compare/')");
        browser.waitForText("Step by step");
        String text = browser.text();
        assertTrue(text.contains("Outcome") && text.contains("Evidence") && text.contains("B against A"), text);
        assertTrue(text.contains("They differ from step") || text.contains("Both took the same steps"), text);
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void tellsARunRoundByRoundWithTheWaterfallBesideIt() throws Exception {
        PaRuns run = withStatus("verification_failed");
        open("/trace/" + run.traceId);
        browser.waitForText(run.task());
        String text = browser.text();
        assertTrue(text.contains("PA gave up while a check fails") && text.contains("none"), text);
        assertEquals(run.rounds(), Integer.parseInt(browser.evaluate(
                "document.querySelectorAll('.round .step.worker').length")));
        assertTrue(text.contains("expected: <200> but was: <500> in OrderApiTest.createsOrder"), "why the check is red");
        assertTrue(text.contains("PA decides"), text);
        assertTrue(text.contains("had 46.2K tokens at the end of 200K, 23 % of the window"), text);
        // The same selection in both.
        browser.evaluate("document.querySelector('.step.check .step-title').click()");
        browser.waitFor("!document.querySelector('aside.detail').hidden");
        assertEquals("true", browser.evaluate("document.querySelector('.span-row[aria-selected=true]').innerText"
                + ".includes('run tests')"));
        String detail = browser.evaluate("document.querySelector('aside.detail').innerText");
        assertTrue(detail.contains("pa.verification.result") && detail.contains("gen_ai.evaluation.result"), detail);
        browser.screenshot(PICTURES.resolve("trace-light.png"));
        // The link leads to this very span.
        String link = browser.evaluate("location.pathname + location.hash");
        open("/");
        open(link);
        browser.waitFor("document.querySelector('.step.on')?.classList.contains('check')");
        // The ribbon filters both.
        browser.evaluate("document.querySelector('[data-share=checks]').click()");
        browser.waitFor("location.search === '?only=checks'");
        assertEquals("0", browser.evaluate("document.querySelectorAll('.step.worker').length"));
        assertEquals("0", browser.evaluate("document.querySelectorAll('.kind.worker').length"));
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void aRehearsalsMoneyIsInNoSum() throws Exception {
        PaRuns rehearsed = runs.stream().filter(PaRuns::isRehearsal).findFirst().orElseThrow();
        open("/trace/" + rehearsed.traceId);
        browser.waitForText("Rehearsed");
        assertEquals("", browser.evaluate("[...document.querySelectorAll('.facts dt')].find(e => e.innerText === 'Cost')"));
        open("/runs?rehearsals=only");
        assertTrue(browser.text().contains("rehearsed") && !browser.text().contains("$0.00 +"), browser.text());
    }

    @Test
    void isWalkedByKeyboard() throws Exception {
        open("/trace/" + withStatus("completed").traceId);
        browser.waitFor("document.querySelectorAll('[role=treeitem]').length > 5");
        browser.evaluate("document.querySelector('[role=tree]').focus()");
        String active = "document.getElementById(document.querySelector('[role=tree]').getAttribute('aria-activedescendant'))"
                + ".innerText";
        assertTrue(browser.evaluate(active).contains("run"));
        browser.press("ArrowDown", 40);
        assertTrue(browser.evaluate(active).contains("self check"), browser.evaluate(active));
        browser.press("ArrowUp", 38);
        String rows = "document.querySelectorAll('[role=treeitem]').length";
        browser.press("ArrowLeft", 37);
        assertEquals("1", browser.evaluate(rows), "folded");
        browser.press("ArrowRight", 39);
        assertTrue(Integer.parseInt(browser.evaluate(rows)) > 5, "unfolded");
        browser.press("Enter", 13);
        browser.waitFor("!document.querySelector('aside.detail').hidden");
        browser.press("Escape", 27);
        assertEquals("true", browser.evaluate("document.querySelector('aside.detail').hidden"));
        browser.press("/", 191);
        browser.waitFor("document.activeElement.id === 'find'");
        assertEquals("", browser.evaluate("[...document.querySelectorAll('button, a, input, select')].filter(e => !"
                + "(e.innerText || e.getAttribute('aria-label') || e.labels?.length || e.closest('[hidden]')))"
                + ".map(e => e.outerHTML).join()"),
                "all are named");
    }

    @Test
    void foldsAndWalksTwentyThousandSpansAtOnce() throws Exception {
        String trace = "0000000000000000000000000b160000";
        engine.send(deep(trace, 20_000, 60));
        open("/trace/" + trace);
        browser.waitFor("document.querySelectorAll('[role=treeitem]').length > 10");
        assertTrue(Integer.parseInt(browser.evaluate("document.querySelectorAll('[role=treeitem]').length")) < 200,
                "only what is seen is there");
        // Ten times what a person notices, on a machine that does something else beside it.
        assertTrue(millis("document.querySelector('.tools button:nth-last-child(2)').click()") < 1000, "fold all");
        assertTrue(millis("document.querySelector('.tools button:last-child').click()") < 1000, "unfold all");
        String end = "document.querySelector('[role=tree]').dispatchEvent(new KeyboardEvent('keydown', {key: 'End',"
                + " bubbles: true}))";
        browser.evaluate("document.querySelector('[role=tree]').focus()");
        assertTrue(millis(end) < 1000, "to the end");
        assertTrue(browser.evaluate("document.querySelector('.span-row.active').innerText").contains("leaf"), "at the end");
        browser.evaluate("document.querySelector('.tools input').value = 'leaf 19990'; document.querySelector("
                + "'.tools input').dispatchEvent(new Event('input'))");
        browser.waitForText("1 found");
        browser.evaluate("document.querySelector('.tools input').value = 'level'; document.querySelector("
                + "'.tools input').dispatchEvent(new Event('input'))");
        browser.waitForText("59 found");
        browser.evaluate("document.querySelector('[role=tree]').focus()");
        browser.press("Home", 36);
        for (String step : List.of("n:level 2", "n:level 3", "N:level 2", "N:level 1", "N:level 59", "n:level 1")) {
            browser.press(step.substring(0, 1), step.toUpperCase().charAt(0));
            assertTrue(browser.evaluate("document.querySelector('.span-row.active').innerText").contains(step.substring(2)), step);
        }
        // Sixty levels, and each name still begins within its column.
        assertEquals("true", browser.evaluate("[...document.querySelectorAll('.span-row')].every(r => r.querySelector('.label')"
                + ".getBoundingClientRect().left < r.querySelector('.bar-area').getBoundingClientRect().left - 40)"));
        assertEquals(List.of(), browser.complaints);
    }

    private static double millis(String action) {
        return Double.parseDouble(browser.evaluate("(() => { const t = performance.now(); " + action
                + "; document.body.offsetHeight; return performance.now() - t; })()"));
    }

    private static io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest deep(String trace, int spans,
            int levels) {
        List<Span> all = new java.util.ArrayList<>();
        for (int i = 1; i <= spans; i++) {
            Span.Builder span = Otlp.span(trace, String.format("%016x", i), i < levels ? "level " + i : "leaf " + i,
                    1_000_000L * i, 1_000_000L * (spans + 1));
            if (i > 1) {
                span.setParentSpanId(Otlp.id(String.format("%016x", Math.min(i - 1, levels))));
            }
            all.add(span.build());
        }
        return Otlp.traces(Otlp.resource("service.name", "deep"), all);
    }

    @Test
    void searchesRunsByWordsOfChecksAndOpensATraceByItsId() throws Exception {
        PaRuns run = runs.get(4);
        open("/");
        browser.evaluate("document.getElementById('find').focus()");
        browser.type(run.session);
        browser.evaluate("document.querySelector('.find').requestSubmit()");
        browser.waitFor("location.pathname === '/runs' && document.querySelectorAll('tbody tr').length === 1");
        assertTrue(browser.evaluate("document.querySelector('tbody a').href").endsWith(run.traceId));
        browser.evaluate("document.getElementById('find').value = '" + run.traceId + "'");
        browser.evaluate("document.querySelector('.find').requestSubmit()");
        browser.waitForText(run.task());
        open("/runs?text=OrderApiTest+expected");
        assertTrue(Integer.parseInt(browser.evaluate("document.querySelectorAll('tbody tr').length")) > 3);
        open("/runs?text=nothinglikethis");
        browser.waitForText("No run matches");
        open("/traces?text=nothinglikethis");
        browser.waitForText("No trace matches");
        assertEquals(List.of(), browser.complaints);
    }

    @Test
    void deletesARun() throws Exception {
        PaRuns run = PaRuns.run(900, System.currentTimeMillis() * 1_000_000, "completed", 2, false);
        run.sendTo(engine);
        open("/trace/" + run.traceId);
        browser.waitForText(run.task());
        assertTrue(browser.evaluate("document.getElementById('export').download").contains(run.session));
        browser.evaluate("window.confirm = () => true; document.getElementById('delete').click()");
        browser.waitFor("location.pathname === '/runs'");
        open("/runs?text=" + run.session);
        browser.waitForText("No run matches");
    }

    @Test
    void growsWhileARunGoesOnAndKeepsWhatIsOpenAndSelected() throws Exception {
        PaRuns run = PaRuns.run(500, System.currentTimeMillis() * 1_000_000, "completed", 2, true);
        open("/trace/" + run.traceId);
        browser.waitForText("not here (yet)");
        browser.complaints.clear(); // the 404 that was asked for
        engine.send(run.claudeTraces());
        browser.waitForText("not ended yet");
        browser.evaluate("[...document.querySelectorAll('.span-row')].find(r => r.innerText.includes('llm')).click()");
        browser.waitFor("!document.querySelector('aside.detail').hidden");
        String chosen = browser.evaluate("document.querySelector('.span-row[aria-selected=true]').id");
        browser.evaluate("document.querySelector('.tools input').focus()");
        engine.send(run.paTraces());
        browser.waitForText("PA decides");
        browser.waitFor("document.querySelector('.pill').innerText.includes('completed')");
        browser.waitForText("rehearsal");
        assertEquals(chosen, browser.evaluate("document.querySelector('.span-row[aria-selected=true]').id"));
        assertEquals("false", browser.evaluate("document.querySelector('aside.detail').hidden"));
        assertEquals("search", browser.evaluate("document.activeElement.type"), "the focus stays");
        browser.size(1280, 400);
        browser.evaluate("[...document.querySelectorAll('.span-row[aria-expanded=true] .twist')][1].click(); scrollTo(0,"
                + " 250); document.querySelector('[role=tree]').scrollTop = 60");
        String scrolled = "[scrollY, document.querySelector('[role=tree]').scrollTop, document.querySelectorAll("
                + "'.span-row[aria-expanded=false]').length].join()";
        browser.waitFor("scrollY === 250");
        String before = browser.evaluate(scrolled);
        assertTrue(before.matches("250,[1-9]\\d*,1"), before);
        engine.send(run.paLogs());
        browser.waitForText("41 tests passed");
        assertEquals(before, browser.evaluate(scrolled), "what is opened and scrolled to stays");
        assertEquals("live", browser.evaluate("document.getElementById('live').dataset.state"));
        assertEquals(List.of(), browser.complaints);
    }
}
