package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import telemetry.OtlpReceiver;
import telemetry.Received;
import telemetry.SpanTree;

/** The telemetry of {@code pa verify}: its trace, its attributes, and later sending. */
class VerifyTelemetryTest extends VerifyLab {
    /** On a busy machine not all of it is acknowledged within the bound: that is what a later pa sends. */
    static SpanTree trace(Pa pa, Path project, OtlpReceiver receiver) {
        if (receiver.spans().stream().noneMatch(Received.Span::root) || receiver.logs().isEmpty() || receiver.points().isEmpty()) {
            Pa.Result sent = pa.run(project, "telemetry", "send");
            assertEquals(0, sent.exitCode(), sent.toString());
        }
        return SpanTree.of(receiver.spans()).assertOneTrace();
    }

    @Test
    void withTelemetryOffNothingIsWrittenAboutIt() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        assertEquals(0, pa().run(project, "verify", "--verify", CHECK).exitCode());
        assertFalse(Files.exists(home.resolve("state/agentproxy/verifications")));
        assertFalse(Files.exists(home.resolve("state/agentproxy/unsent")));
    }

    @Test
    void aVerdictIsATraceOfItsOwnWithItsChecksAndItsReview() throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start(); ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa pa = model.in(pa());
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            Pa.Result result = pa.run(project, "verify", "--verify", "true", "--reasoner", "gemini", "--task", "c", "--telemetry");
            assertEquals(0, result.exitCode(), result.toString());
            SpanTree tree = trace(pa, project, receiver);
            tree.assertShape("pa.verify", "  pa.function.run_tests", "  pa.function.run_tests", "  pa.self_check",
                    "  pa.reasoning_loop", "    gemini.api.call", "  pa.function.mark_done");
            Received.Span root = tree.only("pa.verify");
            assertEquals("reviewed", root.attribute("pa.evidence.level"));
            assertEquals(ReviewerStandIn.MODEL, root.attribute("pa.evidence.reviewer"));
            assertEquals(0L, root.attribute("pa.suspicions"));
            assertEquals(0L, root.attribute("pa.guarded.changed"));
            assertEquals("completed", root.attribute("pa.status"));
            assertEquals(0L, root.attribute("pa.exit_code"));
            assertEquals("gemini", root.attribute("pa.reasoner"));
            assertEquals(List.of("base", "proof"), tree.all("pa.function.run_tests").stream()
                    .map(span -> span.attribute("pa.verification.place")).toList());
            List<Received.Log> evaluations = receiver.logs().stream()
                    .filter(log -> log.event().equals("gen_ai.evaluation.result")).toList();
            assertEquals(List.of("pass", "pass", "reviewed"), evaluations.stream()
                    .map(log -> log.attribute("gen_ai.evaluation.score.label")).toList());
            assertEquals(List.of("agentproxy.evidence"), receiver.lastPoints().stream().map(Received.Point::metric)
                    .filter(name -> name.startsWith("agentproxy.e") || name.startsWith("agentproxy.task")).toList());
            assertFalse(receiver.everything().contains(ReviewerStandIn.KEY), "no secret leaves");
            assertEquals(List.of(), Files.list(home.resolve("state/agentproxy/verifications")).toList(),
                    "what is delivered is not kept");
        }
    }

    @Test
    void aRedCheckAndASuspicionAreOnTheSpan() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Files.writeString(project.resolve("calc.py"), "import os\n\n\ndef add(a, b):\n    os._exit(0)\n");
            Pa pa = pa();
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            Pa.Result result = pa.run(project, "verify", "--verify", CHECK, "--telemetry");
            assertEquals(6, result.exitCode(), result.toString());
            Received.Span root = trace(pa, project, receiver).only("pa.verify");
            assertEquals("verification_failed", root.attribute("pa.status"));
            assertEquals(6L, root.attribute("pa.exit_code"));
            assertEquals(1L, root.attribute("pa.suspicions"));
            assertTrue(root.error());
        }
    }

    @Test
    void whatTheReceiverDidNotTakeIsSentByALaterPa() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        int port = OtlpReceiver.refusingPort();
        Pa pa = pa();
        OtlpReceiver.environment(port, OtlpReceiver.Protocol.GRPC).forEach(pa::with);
        Pa.Result result = pa.run(project, "verify", "--verify", CHECK, "--telemetry");
        assertEquals(0, result.exitCode(), "telemetry changes no verdict: " + result);
        assertTrue(result.err().contains("telemetry"), result.toString());
        try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
            Pa.Result sent = pa.run(project, "telemetry", "send");
            assertEquals(0, sent.exitCode(), sent.toString());
            SpanTree.of(receiver.spans()).assertOneTrace().only("pa.verify");
        }
    }

    @Test
    void aUsageErrorMakesNoSpan() throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = pa();
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            assertEquals(2, pa.run(project, "verify", "--base", "no-such-revision", "--telemetry").exitCode());
            assertEquals(List.of(), receiver.spans());
        }
    }
}
