package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;

/** A disk that is full, really: a small file system of its own under the journal, or under what telemetry keeps. */
class FullDiskTest {
    @TempDir Path home;
    @TempDir Path folder;

    private Path disk;

    private void mount(String size) throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = Files.isExecutable(Path.of("/bin/mount"))
                && run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs",
                disk.toString()) == 0;
        if (!mounted) {
            disk = null;
        }
        Assumptions.assumeTrue(mounted, "a tmpfs cannot be mounted here: that takes root and Linux");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            run("umount", "-l", disk.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor();
    }

    private String worker(String body) throws IOException {
        Path script = home.resolve("worker.sh");
        Files.writeString(script, "echo $$ > " + home + "/pid\ncat > /dev/null\n" + body + "\n");
        return "sh " + script;
    }

    @Test
    void underTheJournalTheRunEndsAndSaysWhy() throws Exception {
        mount("300k");
        // Says more than the disk holds, and would go on for ever.
        String worker = worker(
                "i=0; while [ $i -lt 9000 ]; do i=$((i+1)); echo \"line $i of very many that fill the disk\"; done;"
                + " while true; do sleep 1; done");
        Pa.Result result = new Pa(home).withBarePath().run(disk, "--reasoner", "rules", "--worker-cmd", worker, "--verify",
                "true", "fill it");
        assertEquals(1, result.exitCode(), result.toString());
        assertTrue(result.out().contains("the journal cannot be written") && result.out().contains("No space left"),
                result.toString());
        assertTrue(result.err().contains("free disk space"), result.toString());
        assertFalse(result.err().contains("\tat "), result.err());
        Processes.awaitEndOfThoseIn(home.resolve("pid"));

        Pa.Result shown = new Pa(home).run(disk, "show");
        assertEquals(0, shown.exitCode(), shown.toString());
        assertTrue(shown.out().contains("fill it"), shown.out());
    }

    @Test
    void underTheJournalFromTheStart() throws Exception {
        mount("64k");
        Files.write(disk.resolve("file"), new byte[60 * 1024]);
        Pa.Result result = new Pa(home).withBarePath().run(disk, "--reasoner", "rules", "--worker-cmd", worker("echo x"),
                "--verify", "true", "begin");
        assertTrue(List.of(1, 7).contains(result.exitCode()), result.toString());
        assertTrue(result.err().contains("No space left"), result.toString());
        assertFalse(result.err().contains("\tat "), result.err());
        assertFalse(Files.exists(home.resolve("pid")), "a worker began that no journal knows of");
    }

    @Test
    void underWhatTelemetryKeepsTheRunDoesNotCare() throws Exception {
        mount("16k");
        Files.createDirectories(disk.resolve("agentproxy"));
        fill(disk.resolve("file"));
        Path project = Files.createDirectory(folder.resolve("project"));
        Pa pa = new Pa(home).withBarePath().with("XDG_STATE_HOME", disk.toString());
        OtlpReceiver.environment(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC).forEach(pa::with);
        Pa.Result result = pa.run(project, "--reasoner", "rules", "--worker-cmd", worker("echo x > work.txt"), "--verify",
                "true", "do it");
        assertEquals(0, result.exitCode(), result.toString());
        List<String> lines = result.err().lines().filter(line -> line.contains("telemetry")).toList();
        assertEquals(1, lines.size(), result.toString());
        assertTrue(lines.get(0).contains(" lost (") && lines.get(0).contains("No space left"), lines.get(0));
        assertFalse(result.err().contains("\tat "), result.err());
    }

    private static void fill(Path file) {
        try {
            Files.write(file, new byte[1 << 20]);
        } catch (IOException e) {
            return; // It is full now.
        }
    }
}
