package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.RunEvent;
import agent.decision.Decision;
import contract.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import journal.Entry;
import journal.EventCodec;
import journal.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telemetry as a reading of the journal: whenever it is read, and whoever reads it, it says the same. */
class PastTest {
    @TempDir
    Path state;

    private Lab lab(OtlpReceiver receiver) {
        return new Lab(state, receiver.environment(OtlpReceiver.Protocol.HTTP));
    }

    private static List<PastTelemetry.Result> sendWhole(Lab lab, Path folder) {
        return PastTelemetry.send(lab.environment(), PastTelemetry.jobs(lab.environment(), List.of(folder), true),
                new PastTelemetry.Options(true, false), Duration.ofSeconds(30), result -> {});
    }

    private static List<Received.Span> sorted(List<Received.Span> spans) {
        return spans.stream().sorted(Comparator.comparing(Received.Span::spanId)).toList();
    }

    private static List<Received.Log> sortedLogs(List<Received.Log> logs) {
        return logs.stream().sorted(Comparator.comparing(log -> (String) log.attribute("log.record.uid"))).toList();
    }

    private static List<Received.Point> sortedPoints(List<Received.Point> points) {
        return points.stream().sorted(Comparator.comparing(p -> p.metric() + p.attributes())).toList();
    }

    @Test
    void aReadingDuringTheRunAndTwoLaterOnesSayTheSame() {
        try (OtlpReceiver during = OtlpReceiver.start(); OtlpReceiver later = OtlpReceiver.start();
                OtlpReceiver again = OtlpReceiver.start()) {
            Lab.Run run = lab(during).with("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "SPAN_AND_EVENT")
                    .with("OTEL_SEMCONV_STABILITY_OPT_IN", "gen_ai_dup").run(ScriptedRun::whole);
            assertTrue(run.delivery().complete(), run.delivery()::toString);
            // Another shell: neither the content switch nor the conventions are said there.
            sendWhole(new Lab(state, later.environment(OtlpReceiver.Protocol.HTTP)), run.folder());
            sendWhole(new Lab(state, again.environment(OtlpReceiver.Protocol.HTTP)), run.folder());
            assertEquals(14, during.spans().size());
            assertEquals(sorted(during.spans()), sorted(later.spans()));
            assertEquals(sortedLogs(during.logs()), sortedLogs(later.logs()));
            assertEquals(sortedPoints(during.lastPoints()), sortedPoints(later.lastPoints()));
            assertTrue(during.spans().stream().anyMatch(s -> s.attributes().containsKey("gen_ai.input.messages")));
            assertEquals(later.everythingButHeaders(), again.everythingButHeaders());
        }
    }

    @Test
    void whatIsSentAgainHasTheSameIds() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab lab = lab(receiver);
            Lab.Run run = lab.run(ScriptedRun::whole);
            for (int i = 0; i < 4; i++) {
                sendWhole(lab, run.folder()).forEach(result -> assertEquals(Optional.empty(), result.problem()));
            }
            assertEquals(5 * 14, receiver.spans().size());
            assertEquals(14, new HashSet<>(receiver.spans()).size(), "the same span, to the nanosecond");
            assertEquals(7, receiver.logs().stream().map(log -> log.attribute("log.record.uid")).distinct().count());
            assertEquals(1, receiver.points().stream().map(p -> p.resource().get("service.instance.id")).distinct().count());
        }
    }

    @Test
    void whatWasAcknowledgedIsNotSentAgainToTheSameReceiver() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab lab = lab(receiver);
            Lab.Run run = lab.run(ScriptedRun::whole);
            int before = receiver.requests();
            List<PastTelemetry.Job> all = PastTelemetry.jobs(lab.environment(), List.of(run.folder()), false);
            List<PastTelemetry.Result> results = PastTelemetry.send(lab.environment(), all,
                    new PastTelemetry.Options(false, false), Duration.ofSeconds(30), result -> {});
            assertEquals(0, results.get(0).spans());
            assertEquals(before, receiver.requests());
        }
    }

    @Test
    void theNextRunToTheSameReceiverSendsWhatAnEarlierOneLeft() {
        int port = OtlpReceiver.refusingPort();
        Map<String, String> environment = OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP);
        new Lab(state, environment).session("first").run(ScriptedRun::whole);
        new Lab(state, environment).session("silent").off().run(ScriptedRun::whole);
        try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
            Lab next = new Lab(state, environment).session("second");
            Lab.Run run = next.run(script -> {
                script.start();
                receiver.await(() -> next.waiting().size() == 1);
                script.end(Status.COMPLETED, 0);
            });
            assertEquals(1, run.delivery().earlier());
            Set<Object> sessions = receiver.spans().stream().map(s -> s.attribute("session.id")).collect(Collectors.toSet());
            assertEquals(Set.of("first", "second"), sessions, "not the one with telemetry off");
            assertEquals(15, receiver.spans().size());
            assertEquals(List.of(), next.waiting());
        }
    }

    @Test
    void aRunForAnotherReceiverIsLeftAlone() {
        new Lab(state, OtlpReceiver.environment(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.HTTP)).session("first")
                .run(ScriptedRun::whole);
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run run = lab(receiver).session("second").run(ScriptedRun::whole);
            assertTrue(run.delivery().complete(), run.delivery()::toString);
            assertEquals(14, receiver.spans().size());
            assertEquals(List.of("first"), lab(receiver).waiting().stream().map(PastTelemetry.Waiting::session).toList());
            // By hand it goes where the user says.
            assertEquals(Optional.empty(), lab(receiver).send().get(0).problem());
            assertEquals(28, receiver.spans().size());
        }
    }

    /** Everything up to the kill arrives once, and the root that nobody could end. */
    @Test
    void aRunThatWasKilledIsOneCompleteTraceThatSaysSo() {
        int port = OtlpReceiver.refusingPort();
        Map<String, String> environment = OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP);
        try (Lab.Open killed = new Lab(state, environment).session("killed").open()) {
            killed.script().start().selfCheck().workerStarts(1, "do").toolStarts("t", "Bash");
            killed.telemetry().orElseThrow().kill();
        }
        try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
            Lab next = new Lab(state, environment).session("next");
            next.run(script -> {
                script.start();
                receiver.await(() -> next.waiting().size() == 1);
                script.end(Status.COMPLETED, 0);
            });
            List<Received.Span> spans = receiver.spans().stream().filter(s -> s.attribute("session.id").equals("killed"))
                    .toList();
            SpanTree tree = SpanTree.of(spans).assertOneTrace();
            tree.assertShape("pa.run_task", "  pa.self_check", "  claude.subprocess", "    execute_tool Bash");
            Received.Span root = tree.only("pa.run_task");
            assertEquals("interrupted", root.attribute("pa.status"));
            assertEquals("recovery", root.attribute("pa.ended_by"));
            assertEquals("interrupted", tree.only("claude.subprocess").attribute("error.type"));
            assertEquals(root.endNanos(), tree.only("execute_tool Bash").endNanos(), "at the last event's time");
            assertEquals(0.0, receiver.lastPoints().stream().filter(p -> p.metric().equals("agentproxy.sessions.active"))
                    .mapToDouble(Received.Point::value).sum());
        }
    }

    /** The half that was delivered before the kill is not sent again. */
    @Test
    void aRunThatWasKilledAfterAPartWasAcknowledgedHasNoSpanTwice() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab lab = lab(receiver).session("killed").with("OTEL_BSP_SCHEDULE_DELAY", "10");
            try (Lab.Open killed = lab.open()) {
                killed.script().start().selfCheck();
                receiver.await(() -> receiver.spans().size() == 1);
                // Written at the acknowledgement, which the test cannot see from outside.
                Path marks = killed.folder().path().resolve("watermarks.json");
                receiver.await(() -> Files.exists(marks) && read(marks).contains("traces"));
                killed.script().workerStarts(1, "do");
                killed.telemetry().orElseThrow().kill();
            }
            List<PastTelemetry.Result> results = lab.send();
            assertEquals(Optional.empty(), results.get(0).problem());
            SpanTree.of(receiver.spans()).assertOneTrace().assertShape("pa.run_task", "  pa.self_check", "  claude.subprocess");
            assertEquals(List.of(), lab.waiting());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aRunThatStillGoesOnIsNotEndedByAnother() {
        int port = OtlpReceiver.refusingPort();
        Map<String, String> environment = OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP);
        try (Lab.Open running = new Lab(state, environment).session("running").open()) {
            running.script().start();
            List<PastTelemetry.Job> jobs = PastTelemetry.waitingJobs(environment(environment));
            assertEquals(Optional.of("it is still running"), jobs.get(0).obstacle());
            try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
                new Lab(state, environment).session("next").run(ScriptedRun::whole);
                assertTrue(receiver.spans().stream().allMatch(s -> s.attribute("session.id").equals("next")));
            }
        }
    }

    private Map<String, String> environment(Map<String, String> otlp) {
        return new Lab(state, otlp).environment();
    }

    @Test
    void aRunWithTelemetryRefusedIsSentByItsIdOnly() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run refused = lab(receiver).off().session("refused").run(ScriptedRun::whole);
            Lab.Run unsaid = lab(receiver).unsaid().session("unsaid").run(ScriptedRun::whole);
            List<Path> both = List.of(refused.folder(), unsaid.folder());
            Map<String, String> environment = lab(receiver).environment();
            assertEquals(List.of("unsaid"), PastTelemetry.jobs(environment, both, false).stream()
                    .map(PastTelemetry.Job::session).toList());
            assertEquals(2, PastTelemetry.jobs(environment, both, true).size());
            sendWhole(lab(receiver), refused.folder());
            assertEquals(14, receiver.spans().size());
            assertEquals(List.of(), lab(receiver).waiting());
        }
    }

    @Test
    void contentThatTheRunDidNotAllowIsNotSentLater() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run run = lab(receiver).unsaid().run(ScriptedRun::whole);
            sendWhole(lab(receiver).with("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "SPAN_AND_EVENT"), run.folder());
            assertEquals(14, receiver.spans().size());
            assertFalse(receiver.everythingButHeaders().contains("messages"));
            assertFalse(receiver.everythingButHeaders().contains(ScriptedRun.TASK));
        }
    }

    /** The agent's own spans are where the run sent them; elsewhere those of its tools are rebuilt. */
    @Test
    void toolSpansAreRebuiltForAnotherReceiver() {
        WorkerTelemetry own = new WorkerTelemetry() {
            @Override
            public Map<String, String> settings(Link link) {
                return Map.of();
            }

            @Override
            public boolean tracesTools() {
                return true;
            }
        };
        try (OtlpReceiver first = OtlpReceiver.start(); OtlpReceiver second = OtlpReceiver.start()) {
            Lab.Run run = lab(first).worker(own).run(script -> script.start().workerStarts(1, "x").toolStarts("t", "Bash")
                    .toolEnds("t", "Bash", true).workerEnds(1).end(Status.COMPLETED, 0));
            SpanTree.of(first.spans()).assertShape("pa.run_task", "  claude.subprocess");
            sendWhole(lab(second), run.folder());
            SpanTree.of(second.spans()).assertShape("pa.run_task", "  claude.subprocess", "    execute_tool Bash");
        }
    }

    @Test
    void metricsOfThePastHaveNoPlaceInAScrape() throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run run = lab(receiver).unsaid().run(ScriptedRun::whole);
            age(run.folder(), Duration.ofMinutes(10));
            PastTelemetry.Result result = sendWhole(lab(receiver), run.folder()).get(0);
            assertTrue(result.metricsLeftOut());
            assertEquals(14, result.spans());
            assertEquals(List.of(), receiver.points());
            PastTelemetry.send(lab(receiver).environment(),
                    PastTelemetry.jobs(lab(receiver).environment(), List.of(run.folder()), true),
                    new PastTelemetry.Options(true, true), Duration.ofSeconds(30), r -> {});
            assertFalse(receiver.points().isEmpty());
        }
    }

    /** As if the run had been so long ago. */
    private static void age(Path folder, Duration by) throws IOException {
        Path journal = folder.resolve("journal.jsonl");
        List<String> lines = new ArrayList<>();
        for (Entry entry : JournalReader.read(journal).entries()) {
            lines.add(EventCodec.encode(new Entry(entry.sequence(), entry.at().minus(by), entry.event())));
        }
        Files.write(journal, lines, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** A session that is resumed is one trace per run, with rounds counted over all of them. */
    @Test
    void aResumedRunIsATraceOfItsOwn() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            lab(receiver).run(script -> script.start().workerStarts(1, "x").workerEnds(1).end(Status.STOPPED, 9));
            lab(receiver).run(script -> script.start().workerStarts(2, "y").workerEnds(2).end(Status.COMPLETED, 0));
            List<Received.Span> roots = SpanTree.of(receiver.spans()).all("pa.run_task");
            assertEquals(2, roots.stream().map(Received.Span::traceId).distinct().count());
            assertEquals(2, roots.stream().map(s -> s.resource().get("service.instance.id")).distinct().count());
            assertEquals(List.of(1L, 2L), SpanTree.of(receiver.spans()).all("claude.subprocess").stream()
                    .map(s -> s.attribute("pa.round")).toList());
        }
    }

    @Test
    void theRunAfterAKilledOneOfTheSameSessionSendsBoth() {
        int port = OtlpReceiver.refusingPort();
        Map<String, String> environment = OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP);
        try (Lab.Open killed = new Lab(state, environment).open()) {
            killed.script().start().workerStarts(1, "x");
            killed.telemetry().orElseThrow().kill();
        }
        try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
            Lab lab = new Lab(state, environment);
            lab.run(script -> {
                script.start();
                receiver.await(() -> lab.waiting().size() == 1);
                script.end(Status.COMPLETED, 0);
            });
            List<Received.Span> roots = SpanTree.of(receiver.spans()).all("pa.run_task");
            assertEquals(List.of("interrupted", "completed"), roots.stream().map(s -> s.attribute("pa.status")).toList());
            assertEquals(2, roots.stream().map(Received.Span::traceId).distinct().count());
        }
    }

    /** A journal that a person changed, or another version wrote, must not hang or harm whoever reads it. */
    @Test
    void aDamagedJournalAndAMarkerWithoutARunDoNoHarm() throws IOException {
        int port = OtlpReceiver.refusingPort();
        Map<String, String> environment = OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP);
        Lab.Run run = new Lab(state, environment).session("first").run(ScriptedRun::whole);
        Files.writeString(run.folder().resolve("journal.jsonl"), "no json\n{\"seq\":1}\n");
        try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
            Lab next = new Lab(state, environment).session("second");
            Lab.Run second = next.run(script -> {
                script.start();
                receiver.await(() -> next.waiting().size() == 1);
                script.end(Status.COMPLETED, 0);
            });
            assertTrue(second.delivery().complete(), second.delivery()::toString);
        }
    }

    @Test
    void anEntryOfWhichNothingCanBeMadeIsLeftOutAndSaid() {
        try (OtlpReceiver receiver = OtlpReceiver.start(); Lab.Open run = lab(receiver).open()) {
            run.script().start();
            run.telemetry().orElseThrow().on(new Entry(50, Instant.now(), new RunEvent.ReasoningStarted(1)));
            run.telemetry().orElseThrow().on(new Entry(51, Instant.now(), new RunEvent.FunctionStarted(1, (Decision) null,
                    Optional.empty(), false)));
            run.script().end(Status.COMPLETED, 0);
            String line = run.end().delivery().line().orElseThrow();
            assertTrue(line.startsWith("telemetry: an event was left out ("), line);
            SpanTree.of(receiver.spans()).assertShape("pa.run_task", "  pa.reasoning_loop");
        }
    }
}
