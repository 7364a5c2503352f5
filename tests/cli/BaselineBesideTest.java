package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verdict.Scene;

/** {@code --baseline beside}: the check runs on the old files while the worker works, in a copy, and never twice at once. */
class BaselineBesideTest {
    private static final long PATIENCE_MILLIS = 100_000;

    @TempDir
    Path folder;

    private Path project;
    private Path home;
    private Path outside;

    @BeforeEach
    void project() throws IOException {
        Path root = folder.toRealPath();
        project = Files.createDirectories(root.resolve("project"));
        home = Files.createDirectories(root.resolve("home"));
        outside = Files.createDirectories(root.resolve("outside"));
        Files.writeString(project.resolve("a.txt"), "bad\n");
    }

    private String script(String name, String... lines) throws IOException {
        Path script = outside.resolve(name);
        Files.writeString(script, "#!/bin/sh\nO=" + outside + "\n" + String.join("\n", lines) + "\n");
        assertTrue(script.toFile().setExecutable(true));
        return script.toString();
    }

    /** Notes where it overlaps with another run of itself, and says on which files it runs. */
    private String check(String... more) throws IOException {
        return script("check", "mkdir $O/running 2>/dev/null || echo overlap >> $O/overlaps", "cat a.txt >> $O/runs", "touch $O/began",
                String.join("\n", more), "grep -q good a.txt", "code=$?", "rmdir $O/running", "exit $code");
    }

    private String[] words(String check, String worker, String... more) {
        return Stream.concat(Stream.of("--reasoner", "rules", "--worker-cmd", worker, "--verify", check, "--baseline", "beside"),
                Stream.concat(Stream.of(more), Stream.of("Write good into a.txt."))).toArray(String[]::new);
    }

    private Pa pa() {
        return new Pa(home).withBarePath();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.currentTimeMillis() < end, "it did not come to that");
            Thread.sleep(20);
        }
    }

    private List<String> copies() throws IOException {
        Path copies = home.resolve("state/agentproxy/copies");
        if (!Files.isDirectory(copies)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(copies)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void theCheckRunsOnTheOldFilesWhileTheWorkerWorks() throws IOException {
        // The worker waits for it: run when done is claimed, it would never begin.
        String worker = script("worker", "cat >/dev/null", "while [ ! -f $O/began ]; do sleep 0.05; done", "echo good > a.txt");
        Pa.Result result = pa().run(project, words(check(), worker));
        assertEquals(0, result.exitCode(), result.toString());
        assertTrue(result.err().contains("the check is run on the old files beside the worker"), result.toString());
        assertTrue(result.toString().contains("independent"), result.toString());
        // Beside, after the round, the new files in the copy, and the old ones again to see whether they are flaky.
        assertEquals(List.of("bad", "good", "good", "bad"), Files.readAllLines(outside.resolve("runs")));
        assertFalse(Files.exists(outside.resolve("overlaps")));
        assertEquals(List.of(), copies());
    }

    @Test
    void aCheckThatTakesLongerThanTheRoundIsWaitedForAndNeverOverlaps() throws IOException {
        String worker = script("worker", "cat >/dev/null", "while [ ! -f $O/began ]; do sleep 0.05; done", "echo good > a.txt",
                "touch $O/worked");
        String slow = check("if grep -q bad a.txt; then while [ ! -f $O/worked ]; do sleep 0.05; done; sleep 1; fi");
        Pa.Result result = pa().run(project, words(slow, worker));
        assertEquals(0, result.exitCode(), result.toString());
        assertFalse(Files.exists(outside.resolve("overlaps")), result.toString());
        assertTrue(result.toString().contains("independent"), result.toString());
    }

    @Test
    void aCheckThatTakesLongerThanTheRunIsEndedWithIt() throws Exception {
        String worker = script("worker", "cat >/dev/null", "while [ ! -f $O/began ]; do sleep 0.05; done", "echo good > a.txt");
        Pa.Result result = pa().run(project, words(check("echo $$ > $O/pid", "sleep 600"), worker, "--timeout", "15s"));
        assertEquals(8, result.exitCode(), result.toString());
        assertGone();
        assertEquals(List.of(), copies());
        assertEquals("good\n", Files.readString(project.resolve("a.txt")), "the work stays");
    }

    @Test
    void aRunThatIsInterruptedBeforeItIsOverEndsItAndGivesTheDiskBack() throws Exception {
        String worker = script("worker", "cat >/dev/null", "sleep 600");
        Process process = pa().start(project, words(check("echo $$ > $O/pid", "sleep 600"), worker));
        await(() -> Files.exists(outside.resolve("pid")));
        process.destroy();
        assertEquals(143, pa().result(process).exitCode());
        assertGone();
        assertEquals(List.of(), copies());
    }

    @Test
    void killedInBetweenNothingOfTheUsersIsTouchedAndTheNextPaRemovesTheCopy() throws Exception {
        Scene.run(project, "git", "init", "-q");
        String before = Scene.contents(project);
        String worker = script("worker", "cat >/dev/null", "sleep 600");
        Process process = pa().start(project, words(check("echo $$ > $O/pid", "rm -rf .git", "sleep 600"), worker));
        await(() -> Files.exists(outside.resolve("pid")));
        process.destroyForcibly().waitFor();
        assertGone();
        assertEquals(before, Scene.contents(project));
        assertFalse(copies().isEmpty(), "the kill left it");
        Pa.Result next = pa().run(project, "verify", "--verify", "true", "--base", project.toString());
        assertEquals(10, next.exitCode(), next.toString());
        assertEquals(List.of(), copies());
    }

    /** What is installed while the worker works is not in that copy; it must not make the old files look worse than they are. */
    @Test
    void whatTheWorkerInstallsProvesNothing() throws IOException {
        Files.writeString(project.resolve(".gitignore"), "node_modules/\n");
        String worker = script("worker", "cat >/dev/null", "mkdir -p node_modules", "touch node_modules/ok", "echo other > a.txt");
        Pa.Result result = pa().run(project, words(script("check", "test -f node_modules/ok"), worker));
        assertEquals(10, result.exitCode(), result.toString());
    }

    private void assertGone() throws Exception {
        long pid = Long.parseLong(Files.readString(outside.resolve("pid")).strip());
        await(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
