package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import journal.Entry;
import journal.EventCodec;
import journal.JournalReader;
import org.junit.jupiter.api.Test;

/** Telemetry as a reading of the journal: whenever it is read, and whoever reads it, it says the same. */
class PastTest extends PastLab {
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
}
