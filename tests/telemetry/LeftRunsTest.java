package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who sends a run that an earlier process left: the next run to the same receiver, or a person by its id. */
class LeftRunsTest extends PastLab {
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
}
