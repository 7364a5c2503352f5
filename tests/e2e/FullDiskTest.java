package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A really full disk: a small separate file system for the journal, or for unsent telemetry. */
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
        Path project = Files.createDirectory(folder.resolve("project"));
        Pa pa = new Pa(home).withBarePath().with("AGENTPROXY_STATE_DIR", disk.toString());
        Pa.Result result = pa.run(project, "--reasoner", "rules", "--worker-cmd", worker, "--verify", "true", "fill it");
        assertEquals(1, result.exitCode(), result.toString());
        assertTrue(result.err().contains("the journal cannot be written") && result.err().contains("No space left"),
                result.toString());
        assertTrue(result.err().contains("free disk space"), result.toString());
        assertFalse(result.err().contains("\tat "), result.err());
        Processes.awaitEndOfThoseIn(home.resolve("pid"));

        Pa.Result shown = pa.run(project, "show");
        assertEquals(0, shown.exitCode(), shown.toString());
        assertTrue(shown.out().contains("fill it"), shown.out());
    }

    @Test
    void underTheJournalFromTheStart() throws Exception {
        mount("64k");
        fill(disk.resolve("file"));
        Path project = Files.createDirectory(folder.resolve("project"));
        Pa.Result result = new Pa(home).withBarePath().run(project, "--state-dir", disk.toString(), "--reasoner", "rules",
                "--worker-cmd", worker("echo x"), "--verify", "true", "begin");
        assertEquals(7, result.exitCode(), result.toString());
        assertTrue(result.err().contains("the state folder cannot be written: " + disk), result.toString());
        assertTrue(result.err().contains("No space left"), result.toString());
        assertTrue(result.err().contains("--state-dir DIR or AGENTPROXY_STATE_DIR"), result.toString());
        assertFalse(result.err().contains("\tat "), result.err());
        assertFalse(Files.exists(home.resolve("pid")), "a worker began that no journal knows of");
    }

    private static void fill(Path file) {
        try {
            Files.write(file, new byte[1 << 20]);
        } catch (IOException e) {
            return; // It is full now.
        }
    }
}
