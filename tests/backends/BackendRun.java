package backends;

import cli.Pa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import journal.Entry;
import journal.Sessions;
import telemetry.OtlpReceiver;
import telemetry.Received;

/**
 * A run of {@code pa} as a process, over OTLP/HTTP into a receiver that keeps what came.
 *
 * @param requests with spans, byte by byte as they were sent, by PA and by Claude Code
 */
record BackendRun(String session, List<Entry> journal, List<byte[]> requests, List<Received.Span> spans) {
    private static final String TASK = "Write hello.txt";

    /**
     * With the real Claude Code, a sub-agent of it, and models' doubles that call themselves by real names.
     *
     * @param ownTelemetry whether Claude Code sends spans of its own
     */
    static BackendRun real(Path claude, Path folder, boolean ownTelemetry) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("Makefile"), "test:\n\tgrep -q Hello hello.txt\n");
        try (ModelDoubles models = new ModelDoubles(project.resolve("hello.txt").toString())) {
            Pa pa = new Pa(Files.createDirectories(folder.resolve("home"))).with("CLAUDE_BIN", claude.toString())
                    .with("ANTHROPIC_BASE_URL", models.url()).with("ANTHROPIC_API_KEY", "none")
                    .with("ANTHROPIC_MODEL", ModelDoubles.CLAUDE)
                    .with("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
                    .with("GOOGLE_GEMINI_BASE_URL", models.url()).with("GEMINI_API_KEY", "none");
            return run(pa, project, "--reasoner", "gemini", "--model", ModelDoubles.GEMINI, ownTelemetry ? "--telemetry"
                    : "--no-claude-telemetry", TASK);
        }
    }

    /** A rehearsal, whose money is none. */
    static BackendRun rehearsal(Optional<Path> claude, Path folder) throws IOException {
        Pa pa = new Pa(Files.createDirectories(folder.resolve("home")));
        claude.ifPresentOrElse(file -> pa.with("CLAUDE_BIN", file.toString()), pa::withBarePath);
        return run(pa, Files.createDirectories(folder.resolve("project")), "--rehearse", "-d", ".", TASK);
    }

    private static BackendRun run(Pa pa, Path project, String... arguments) throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            pa.with("USER", "ada");
            receiver.environment(OtlpReceiver.Protocol.HTTP).forEach(pa::with);
            Pa.Result result = pa.run(project, arguments);
            if (result.exitCode() != 0) {
                throw new IllegalStateException(result.toString());
            }
            Sessions sessions = pa.sessions(project);
            String session = sessions.list().get(0).id();
            return new BackendRun(session, new ArrayList<>(sessions.read(sessions.find(Optional.of(session))).entries()),
                    receiver.traceRequests(), receiver.spans());
        }
    }
}
