package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.RunEvent;
import agent.decision.Decision;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import journal.Entry;
import org.junit.jupiter.api.Test;

/** Runs that were killed, and journals that are damaged. */
class BrokenRunsTest extends PastLab {
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
