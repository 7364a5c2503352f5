package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Evidence;
import contract.EvidenceLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What can be wrong with a machine or a project: the verdict says it, and never says more than it knows. */
class VerdictFaultsTest extends VerdictLab {
    @Test
    void withoutGitNothingIsComparedAndThatIsSaid() throws Exception {
        Scene scene = fixable();
        only(scene, "sh", "grep");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.notes().toString().contains("there is no git here"), evidence.toString());
        scene.file("check.sh", "exit 0");
        assertTrue(hard(scene.judge(CHECK)), "a changed check is not taken on trust");
    }

    @Test
    void filesThatNobodyMayReadDoNotStopTheVerdict() throws Exception {
        Scene scene = fixable();
        scene.file("c.txt", "closed soon");
        scene.begin();
        scene.file("a.txt", "good");
        Path closed = scene.root.resolve("c.txt");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(closed), "who runs this reads everything");
        Evidence evidence = scene.judge(CHECK);
        assertFalse(evidence.red(), evidence.toString());
        Path check = scene.root.resolve("check.sh");
        scene.file("a.txt", "bad");
        Files.setPosixFilePermissions(check, PosixFilePermissions.fromString("---------"));
        Evidence cheat = scene.judge(CHECK);
        assertFalse(cheat.level().atLeast(EvidenceLevel.REVIEWED), cheat.toString());
    }

    @Test
    void whereThereCanBeNoCopyItIsSaidAndNoChangedCheckIsTaken() throws Exception {
        Scene scene = fixable();
        scene.copies = Files.createFile(scene.outside.resolve("a-file"));
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.notes().toString().contains("no copy can be made"), evidence.toString());
        scene.file("check.sh", "true");
        assertTrue(hard(scene.judge(CHECK)));
    }

    @Test
    void aDiskThatIsTooFullForTheCopyIsSaid() throws Exception {
        Scene scene = fixable();
        Path disk = Files.createDirectory(scene.outside.resolve("disk"));
        Assumptions.assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0,
                "a tmpfs cannot be mounted here: that takes root and Linux");
        try {
            scene.copies = disk.resolve("copies");
            scene.begin();
            scene.file("a.txt", "good");
            Evidence evidence = scene.judge(CHECK);
            assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
            assertTrue(evidence.notes().toString().contains("the disk is too full"), evidence.toString());
        } finally {
            Scene.run(scene.outside, "umount", "-l", disk.toString());
        }
    }

    @Test
    void aCheckThatNeedsAServerReachesItFromTheCopyAndSaysNothingWithoutIt() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("python3", folder, System.getenv()).isPresent(), "python3 is not installed");
        Scene scene = new Scene(folder);
        scene.file("port.txt", "1");
        scene.file("check.py", "import socket", "socket.create_connection(('127.0.0.1', int(open('port.txt').read())), 60)");
        scene.begin();
        try (java.net.ServerSocket server = new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
            scene.file("port.txt", Integer.toString(server.getLocalPort()));
            Evidence evidence = scene.judge("python3", "check.py");
            assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        }
        Evidence evidence = scene.judge("python3", "check.py");
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.notes().toString().contains("not in the copy"), evidence.toString());
    }
}
