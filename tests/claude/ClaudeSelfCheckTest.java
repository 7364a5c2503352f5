package claude;

import static claude.FakeClaude.init;
import static claude.FakeClaude.instruction;
import static claude.FakeClaude.message;
import static claude.FakeClaude.print;
import static claude.FakeClaude.success;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.RunListener;
import agent.WorkerReport;
import contract.Failure;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import workers.OwnTelemetry;
import workers.WorkerProgram;

/** The self-check before the first round, and the environment of the program. */
class ClaudeSelfCheckTest extends ClaudeWorkerLab {
    @Test
    void selfCheckFindsTheVersion() throws IOException {
        fake.script("exit 1");
        ClaudeWorker worker = new ClaudeWorker(fake.options(FakeClaude.PATIENT));
        worker.selfCheck();
        assertEquals(Optional.of("2.1.330"), worker.version());
    }

    /** A wrapper that passes over arguments that it does not know would begin to work. */
    @Test
    void aScriptInThePlaceOfClaudeCodeIsAskedItsVersionOnly() throws IOException {
        fake.script("echo work >> " + fake.folder.resolve("worked"));
        Files.createDirectories(fake.directory.resolve(".claude"));
        Files.writeString(fake.directory.resolve(".claude/settings.json"), "{\"permissions\":{\"allow\":[\"Bash(ls)\"]}}");
        new ClaudeWorker(fake.options(FakeClaude.PATIENT)).selfCheck();
        assertFalse(Files.exists(fake.folder.resolve("worked")));
    }

    @Test
    void selfCheckRefusesWhatCannotWork() throws IOException {
        fake.executable("broken", "echo 'cannot load libfoo' >&2; exit 127");
        Files.writeString(fake.folder.resolve("plain"), "text");
        Map<String, String> expected = Map.of(
                fake.folder + "/missing", "does not exist",
                fake.folder + "/plain", "is not executable",
                fake.folder.toString(), "is a folder",
                "no-such-claude", "was not found on the PATH",
                fake.folder + "/broken", "cannot load libfoo");
        expected.forEach((program, message) -> {
            Failure failure = assertThrows(Failure.class, () -> new ClaudeWorker(
                    fake.setup(FakeClaude.PATIENT).command(List.of(program)).options()).selfCheck(), program);
            assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
            assertTrue(failure.getMessage().contains(message), failure.getMessage());
            assertTrue(failure.hint().contains("npm i -g @anthropic-ai/claude-code")
                    && failure.hint().contains("--worker-cmd") && failure.hint().contains("--rehearse"), failure.hint());
        });
    }

    @Test
    void anOuterSessionsVariablesDoNotReachTheWorkerButItsLoginDoes() throws IOException {
        Map<String, String> outer = new java.util.TreeMap<>(fake.options(FakeClaude.PATIENT).environment());
        outer.putAll(Map.of("CLAUDECODE", "1", "CLAUDE_CODE_MESSAGING_SOCKET", "/s", "CLAUDE_CODE_MESSAGING_TOKEN", "t",
                "CLAUDE_CODE_CHILD_SESSION", "1", "CLAUDE_CODE_SESSION_ID", "x", "CLAUDE_CODE_OAUTH_TOKEN", "login",
                "CLAUDE_CODE_MAX_OUTPUT_TOKENS", "9000"));
        Map<String, String> inner =
                new ClaudeWorker(fake.setup(FakeClaude.PATIENT).environment(outer).options()).environment();
        assertEquals(java.util.Set.of("CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_MAX_OUTPUT_TOKENS", "PATH", "HOME"),
                inner.keySet());
    }

    @Test
    void telemetrySettingsGoIntoAFileOfThisUserOnlyForTheTimeOfTheRound() throws IOException {
        fake.script("for a in \"$@\"; do last=$a; done; ls -l \"$last\" | cut -c1-10 > seen; cat \"$last\" >> seen\n"
                + print(init(), success("0.1")));
        ClaudeWorker worker = new ClaudeWorker(fake.setup(FakeClaude.PATIENT).allowing("make test").options());
        Map<String, String> environment = worker.environment();
        environment.putAll(ClaudeTelemetry.variables(new OwnTelemetry.Link("http://127.0.0.1:4318", "http/protobuf",
                Optional.of("key=canary"), "s", Map.of(), environment, false)));
        assertTrue(worker.work(instruction("x"), environment, Bounds.none(), RunListener.NONE).clean());
        String seen = Files.readString(fake.directory.resolve("seen"));
        assertTrue(seen.startsWith("-rw-------") && seen.contains("\"Bash(make test)\"")
                && seen.contains("\"OTEL_EXPORTER_OTLP_HEADERS\":\"key=canary\""), seen);
        try (java.util.stream.Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertTrue(left.filter(f -> f.getFileName().toString().startsWith("pa-settings-")).noneMatch(f -> {
                try {
                    return Files.readString(f).contains("canary");
                } catch (IOException e) {
                    return false;
                }
            }), "the file is gone");
        }
    }

    @Test
    void managedSettingsAboutTelemetryAreSaidAndItsToolsAreRebuilt() throws IOException {
        fake.script(print(init(), success("0.1")));
        Path managed = Files.createDirectory(fake.folder.resolve("managed"));
        ClaudeWorker free = new ClaudeWorker(fake.options(FakeClaude.PATIENT), ManagedSettings.in(List.of(managed)));
        free.selfCheck();
        assertTrue(free.tracesTools());
        Files.writeString(managed.resolve("managed-settings.json"),
                "{\"env\":{\"OTEL_EXPORTER_OTLP_ENDPOINT\":\"http://theirs\"}}");
        ClaudeWorker bound = new ClaudeWorker(fake.options(FakeClaude.PATIENT), ManagedSettings.in(List.of(managed)));
        bound.selfCheck();
        assertFalse(bound.tracesTools());
        FakeClaude.Recorder events = new FakeClaude.Recorder();
        bound.work(instruction("x"), bound.environment(), Bounds.none(), events);
        assertTrue(events.notices("settings").get(0).contains("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    @Test
    void aVersionThatNeverComesIsRefused() throws IOException {
        Path file = fake.executable("hangs", "sleep 300");
        Failure failure = assertThrows(Failure.class, () -> WorkerProgram.version(List.of(file.toString()), Map.of(),
                Duration.ofMillis(300), ClaudeProgram.HINT));
        assertTrue(failure.getMessage().contains("did not answer"), failure.getMessage());
    }

    @Test
    void aWorkingDirectoryThatIsMissingOrNoFolderIsRefused() throws IOException {
        fake.script("exit 0");
        for (Path directory : List.of(fake.folder.resolve("gone"), fake.folder.resolve("fake claude"))) {
            ClaudeWorker worker = new ClaudeWorker(new Setup(directory, Map.of(), FakeClaude.PATIENT)
                    .command(List.of(fake.folder.resolve("fake claude").toString())).options());
            Failure failure = assertThrows(Failure.class, worker::selfCheck);
            assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
            WorkerReport report = worker.work(instruction("x"), Map.of(), Bounds.none(), RunListener.NONE);
            assertEquals("not_found", report.error().orElseThrow().value());
            assertTrue(report.error().orElseThrow().fatal());
        }
    }

    @Test
    void aReadOnlyWorkingDirectoryIsRefused() throws IOException {
        // Root may write into every folder but those of a file system that is mounted read-only.
        Path mounts = Path.of("/proc/mounts");
        List<String> mounted = Files.exists(mounts) ? Files.readAllLines(mounts) : List.of();
        Optional<Path> readOnly = mounted.stream().map(line -> line.split(" "))
                .filter(mount -> mount.length > 3 && List.of(mount[3].split(",")).contains("ro"))
                .map(mount -> Path.of(mount[1]))
                .filter(path -> Files.isDirectory(path) && !Files.isWritable(path)).findFirst();
        if (readOnly.isEmpty() && !"root".equals(System.getProperty("user.name"))) {
            readOnly = Optional.of(Files.createDirectory(fake.folder.resolve("read-only")));
            Files.setPosixFilePermissions(readOnly.get(), java.util.Set.of());
        }
        Assumptions.assumeTrue(readOnly.isPresent(), "root, and no file system is mounted read-only here");
        Path directory = readOnly.get();
        fake.script("exit 0");
        Failure failure = assertThrows(Failure.class, () -> new ClaudeWorker(new Setup(directory, Map.of(),
                FakeClaude.PATIENT).command(List.of(fake.folder.resolve("fake claude").toString())).options()).selfCheck());
        assertTrue(failure.getMessage().contains("cannot be written to"), failure.getMessage());
    }

    @Test
    void aWorkerThatVanishesBetweenRoundsIsFatal() throws IOException {
        Path file = fake.script(print(init(), success("0.1")));
        ClaudeWorker worker = new ClaudeWorker(fake.options(FakeClaude.PATIENT));
        assertEquals("0.1", round(worker));
        Files.delete(file);
        WorkerReport report = worker.work(instruction("x"), worker.environment(), Bounds.none(), RunListener.NONE);
        assertEquals("not_found", report.error().orElseThrow().value());
        assertTrue(report.error().orElseThrow().fatal());
    }
}
