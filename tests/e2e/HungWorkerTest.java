package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;
import telemetry.SpanTree;

/** A worker without output for ever, with a child process that does the same. */
class HungWorkerTest {
    @TempDir Path home;
    @TempDir Path project;

    @Test
    void defect12AHungWorkerIsEndedAndTheRunGoesOn() throws Exception {
        Path worker = home.resolve("worker.sh");
        Files.writeString(worker, "cat > /dev/null\n[ -f " + home + "/hung ] && { echo x > work.txt; exit 0; }\n"
                + "touch " + home + "/hung; sleep 1000 & echo $! $$ > " + home + "/pids; wait\n");
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = new Pa(home).withBarePath();
            receiver.environment(OtlpReceiver.Protocol.HTTP).forEach(pa::with);
            Pa.Result result = pa.run(project, "--reasoner", "rules", "--worker-cmd", "sh " + worker, "--worker-idle", "1s",
                    "--verify", "test -f work.txt", "do it");
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.err().contains("wrote nothing for 1 s"), result.err());
            SpanTree tree = SpanTree.of(receiver.spans()).assertOneTrace();
            assertEquals("timeout", tree.all("command.subprocess").get(0).attribute("error.type"));
            assertFalse(tree.all("command.subprocess").get(1).error());
        }
        Processes.awaitEndOfThoseIn(home.resolve("pids"));
    }
}
