package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Evidence;
import agent.Interruption;
import contract.EvidenceLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a project, a check or a machine: the verdict says it, and never says more than it knows. */
class VerdictFaultsTest {
    private static final String[] CHECK = {"sh", "check.sh"};

    @TempDir
    Path folder;

    @Test
    void withoutGitNothingIsComparedAndThatIsSaid() throws Exception {
        Scene scene = fixable();
        Path bin = Files.createDirectory(scene.outside.resolve("bin"));
        for (String program : List.of("sh", "grep")) {
            Path real = Stream.of("/bin", "/usr/bin").map(b -> Path.of(b, program)).filter(Files::exists).findFirst().orElseThrow();
            Path wrapper = Files.writeString(bin.resolve(program), "#!/bin/sh\nexec " + real + " \"$@\"\n");
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        }
        scene.environment.put("PATH", bin.toString());
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.notes().toString().contains("there is no git here"), evidence.toString());
        scene.file("check.sh", "exit 0");
        assertTrue(scene.judge(CHECK).suspicions().stream().anyMatch(s -> s.hard() && s.open()), "a changed check is not taken on trust");
    }

    @Test
    void aDirtyTreeIsJudgedFromWhatWasThereAndStaysAsItIs() throws Exception {
        Scene scene = fixable();
        Scene.run(scene.root, "git", "init", "-q");
        Scene.run(scene.root, "git", "add", "check.sh");
        scene.file("a.txt", "not committed, not staged, and bad");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @Test
    void aCheckThatWritesIntoTheTreeWritesIntoTheCopyAlone() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        // Passes on its second run in a folder, unless what it wrote is removed.
        scene.file("check.sh", "test -f seen && exit 0", "echo x > seen; echo changed > b.txt", "grep -q good a.txt");
        scene.file("b.txt", "as it was");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        assertEquals(List.of(), evidence.notes());
    }

    @Test
    void whatAnEarlierRunLeftInTheCopyIsGoneInTheNext() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("check.sh", "test -f seen && exit 1", "echo x > seen", "grep -q good a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        assertEquals(List.of(), evidence.notes());
    }

    @Test
    void anOpenSuspicionCapsWhatTestsShowUntilTheUserAcceptsIt() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("calc.py", "import os", "def add(a, b):", "    os._exit(0)");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertEquals(1, evidence.open(), evidence.toString());
        scene.accepted = Set.of("process-exit");
        Evidence accepted = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, accepted.level(), accepted.toString());
        assertEquals("user", accepted.suspicions().get(0).liftedBy());
    }

    /** Two, and the one that fails once more, lest a flaky one be taken for proof. */
    @Test
    void aFixCostsThreeRunsOfTheCheckAndWorkThatProvesNothingTwo() throws Exception {
        Scene scene = new Scene(folder);
        Path count = scene.outside.resolve("count");
        scene.file("a.txt", "bad");
        scene.file("check.sh", "echo run >> '" + count + "'", "grep -q good a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        assertEquals(EvidenceLevel.INDEPENDENT, scene.judge(CHECK).level());
        assertEquals(3, Files.readAllLines(count).size());
        scene.begin();
        Files.delete(count);
        scene.file("b.txt", "more");
        assertEquals(EvidenceLevel.UNCHANGED, scene.judge(CHECK).level());
        assertEquals(2, Files.readAllLines(count).size());
    }

    @Test
    void aFileNamedLikeMakesTargetProvesNothing() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("make", folder, System.getenv()).isPresent(), "make is not installed");
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("Makefile", "test:", "\t@grep -q good a.txt");
        scene.begin();
        scene.file("test", "");
        Evidence evidence = scene.judge("make", "test");
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.hard() && s.open() && s.file().equals("test")), evidence.toString());
    }

    /** Another target than {@code test} is the check here. */
    @Test
    void theTargetThatVerifyNamesIsGuardedNotTheUsualOne() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("make", folder, System.getenv()).isPresent(), "make is not installed");
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("Makefile", ".PHONY: test check", "test:", "\t@true", "check:", "\t@grep -q good a.txt");
        scene.begin();
        scene.file("Makefile", ".PHONY: test check", "test:", "\t@true", "check:", "\t@grep -q . a.txt");
        Evidence evidence = scene.judge("make", "check");
        assertEquals(List.of("Makefile"), evidence.guarded(), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.hard() && s.open()), evidence.toString());
    }

    @Test
    void aCheckThatSucceedsAlthoughATestFailsIsNoProof() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("python3", folder, System.getenv()).isPresent(), "python3 is not installed");
        Scene scene = new Scene(folder);
        scene.file("value.txt", "bad");
        scene.file("test_value.py", "import unittest", "class T(unittest.TestCase):", "    def test_value(self):",
                "        self.assertEqual(open('value.txt').read().strip(), 'good')");
        scene.file("run.sh", "python3 -m unittest -v", "code=$?", "test -f calm && exit 0", "exit $code");
        scene.begin();
        scene.file("calm", "");
        Evidence evidence = scene.judge("sh", "run.sh");
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.rule().equals("hidden-failure") && s.hard()), evidence.toString());
    }

    @Test
    void aCheckFileThatGitIgnoresAndCameInTheRunIsNamed() throws Exception {
        Scene scene = fixable();
        scene.file(".gitignore", "conftest.py");
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("conftest.py", "collect_ignore = ['test_a.py']");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.rule().equals("hidden-change") && s.file().equals("conftest.py")),
                evidence.toString());
    }

    @Test
    void aCheckThatFailsOnTheOldFilesOnlySometimesIsFlakyAndNoProof() throws Exception {
        Scene scene = counting(1);
        Evidence evidence = scene.judge(CHECK);
        assertTrue(evidence.notes().toString().contains("flaky"), evidence.toString());
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
    }

    @Test
    void aCheckThatFailsOnTheNewFilesOnlySometimesIsFlakyAndNoProof() throws Exception {
        Scene scene = counting(2);
        Evidence evidence = scene.judge(CHECK);
        assertTrue(evidence.notes().toString().contains("the check is flaky"), evidence.toString());
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
    }

    @Test
    void aCheckInASubFolderIsGuardedThere() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("service/a.txt", "bad");
        scene.file("service/check.sh", "cd service && grep -q good a.txt");
        scene.file("other/a.txt", "not part of it");
        scene.begin();
        scene.file("service/a.txt", "good");
        assertEquals(EvidenceLevel.INDEPENDENT, scene.judge("sh", "service/check.sh").level());
        scene.file("service/check.sh", "exit 0");
        scene.file("service/a.txt", "bad");
        Evidence cheat = scene.judge("sh", "service/check.sh");
        assertEquals(List.of("service/check.sh"), cheat.guarded(), cheat.toString());
        assertFalse(cheat.level().atLeast(EvidenceLevel.REVIEWED), cheat.toString());
    }

    @Test
    void aProjectInAFolderOfALargerRepositoryIsComparedWithThatFolder() throws Exception {
        Scene scene = new Scene(folder, "repository/service");
        Path top = scene.root.getParent();
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q good a.txt");
        Files.writeString(top.resolve("a.txt"), "the other one\n");
        Scene.run(top, "git", "init", "-q");
        Scene.run(top, "git", "add", ".");
        Scene.run(top, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begin");
        scene.file("a.txt", "good");
        Evidence evidence = new ChangeVerifier(scene.root, scene.outside, scene.environment, new ChangeVerifier.Options(
                java.util.Optional.empty(), java.util.Optional.of(List.of(CHECK)), false, java.util.Set.of(),
                        java.time.Duration.ofMinutes(2)))
                .verify(Bounds.none(), () -> agent.RunListener.NONE).evidence();
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @Test
    void aGuardedFileThatWasRenamedStillCounts() throws Exception {
        Scene scene = fixable();
        scene.begin();
        Files.move(scene.root.resolve("check.sh"), scene.root.resolve("old.sh"));
        scene.file("check.sh", "exit 0");
        Evidence evidence = scene.judge(CHECK);
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.hard() && s.open()), evidence.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWorkerThatEditsTheScriptOfVerifyProvesNothing(boolean mayRunNew) throws Exception {
        Scene scene = fixable();
        scene.mayRunNew = mayRunNew;
        scene.begin();
        scene.file("check.sh", "true");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of("check.sh"), evidence.guarded());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.hard() && s.open()), evidence.toString());
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
    }

    @Test
    void aWorkerThatMakesTheCheckUnreadableProvesNothing() throws Exception {
        Scene scene = fixable();
        scene.begin();
        Files.delete(scene.root.resolve("check.sh"));
        Scene.run(scene.root, "mkfifo", "check.sh");
        Evidence evidence = scene.judge(CHECK);
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.hard() && s.open()), evidence.toString());
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
        assertTrue(scene.judge(CHECK).suspicions().stream().anyMatch(s -> s.hard() && s.open()));
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
    void aSubmoduleIsPartOfTheProject() throws Exception {
        Path library = Files.createDirectory(folder.resolve("library"));
        Files.writeString(library.resolve("a.txt"), "bad\n");
        commit(library);
        Scene scene = new Scene(folder);
        scene.file("check.sh", "grep -q good library/a.txt");
        commit(scene.root);
        Scene.run(scene.root, "git", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.toString(), "library");
        scene.begin();
        scene.file("library/a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sourcesBehindALinkAreThoseOfTheState(boolean absolute) throws Exception {
        Scene scene = new Scene(folder);
        scene.file("real/a.txt", "bad");
        scene.file("check.sh", "grep -q good src/a.txt");
        Files.createSymbolicLink(scene.root.resolve("src"), absolute ? scene.root.resolve("real") : Path.of("real"));
        scene.begin();
        scene.file("real/a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        // Where the copy cannot stand in the place of the tree, an absolute link would show the new sources as the old ones.
        boolean said = absolute && evidence.level() == EvidenceLevel.UNCHANGED
                && evidence.notes().toString().contains("absolute path");
        assertTrue(evidence.level() == EvidenceLevel.INDEPENDENT || said, evidence.toString());
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

    @Test
    void aBaseThatTakesLongerThanTheRunEndsWithTheRun() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q good a.txt || { sleep 600; exit 1; }");
        scene.begin();
        scene.file("a.txt", "good");
        scene.bounds = new Bounds(new Interruption(), Instant.now().plusSeconds(3));
        assertThrows(InterruptedException.class, () -> scene.judge(CHECK));
        assertEquals(0, entries(scene.copies), "the copy is removed");
    }

    @Test
    void withoutABaselineNoTestProvesAndAChangedCheckStillHasToPassAsItWas() throws Exception {
        Scene scene = fixable();
        scene.baseline = false;
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertEquals(0, evidence.open(), evidence.toString());
        assertTrue(evidence.notes().toString().contains("--baseline off"), evidence.toString());
        scene.file("check.sh", "grep -q good a.txt && grep -q good a.txt");
        assertEquals(0, scene.judge(CHECK).open(), "the new sources pass the check as it was");
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q bad a.txt");
        assertTrue(scene.judge(CHECK).suspicions().stream().anyMatch(s -> s.hard() && s.open()));
        scene.mayRunNew = true;
        assertTrue(scene.judge(CHECK).suspicions().stream().anyMatch(s -> s.hard() && s.open()));
    }

    private Scene fixable() throws IOException {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q good a.txt");
        return scene;
    }

    /** A project whose check fails on the given run only, whatever the files are. */
    private Scene counting(int failing) throws IOException, InterruptedException {
        Scene scene = new Scene(folder);
        Path count = scene.outside.resolve("count");
        scene.file("a.txt", "one");
        scene.file("check.sh", "echo run >> '" + count + "'", "test $(wc -l < '" + count + "') -ne " + failing);
        scene.begin();
        scene.file("a.txt", "other");
        return scene;
    }

    private static void commit(Path directory) throws IOException, InterruptedException {
        Scene.run(directory, "git", "init", "-q");
        Scene.run(directory, "git", "add", ".");
        Scene.run(directory, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begin");
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
