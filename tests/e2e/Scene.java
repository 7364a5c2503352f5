package e2e;

import claude.InstalledClaude;
import cli.Pa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import journal.JournalReader;
import journal.Sessions;
import telemetry.OtlpReceiver;
import telemetry.SpanTree;

/**
 * A rehearsed run of {@code pa} as a process of its own, telemetry on, and all that an OTLP receiver got of it. Each is run
 * once and looked at by many tests.
 */
enum Scene {
    STAND_IN_OVER_GRPC(OtlpReceiver.Protocol.GRPC, false, true),
    STAND_IN_OVER_HTTP(OtlpReceiver.Protocol.HTTP, false, true),
    CLAUDE_CODE_OVER_GRPC(OtlpReceiver.Protocol.GRPC, true, true),
    CLAUDE_CODE_OVER_HTTP(OtlpReceiver.Protocol.HTTP, true, true),
    SILENT_CLAUDE_CODE(OtlpReceiver.Protocol.HTTP, true, false);

    static final String TASK = "Write a program that greets";
    /** The span that "called" pa. */
    static final String CALLER_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String CALLER_SPAN = "00f067aa0ba902b7";

    private static final Map<Scene, Recording> PLAYED = new EnumMap<>(Scene.class);

    private final OtlpReceiver.Protocol protocol;
    private final boolean real;
    private final boolean claudeTelemetry;

    Scene(OtlpReceiver.Protocol protocol, boolean real, boolean claudeTelemetry) {
        this.protocol = protocol;
        this.real = real;
        this.claudeTelemetry = claudeTelemetry;
    }

    /** What there is to look at afterwards. The receiver is closed; what it got stays. */
    record Recording(Pa.Result result, Pa.Result shown, OtlpReceiver got, SpanTree tree, JournalReader.Contents journal) {}

    /** Whether the worker is Claude Code itself. */
    boolean real() {
        return real;
    }

    /** Whether the spans of the tools are Claude Code's own. */
    boolean claudeTraces() {
        return real && claudeTelemetry;
    }

    /** Runs it at the first call; aborts the test where the real Claude Code is wanted and not there. */
    synchronized Recording recording() {
        Optional<Path> claude = real ? Optional.of(InstalledClaude.require()) : Optional.empty();
        return PLAYED.computeIfAbsent(this, scene -> scene.play(claude));
    }

    private Recording play(Optional<Path> claude) {
        Path home = folder("home");
        Path project = folder("project");
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = new Pa(home).withBarePath().with("USER", "ada").with("AGENTPROXY_PROJECT_ID", "shop")
                    .with("TRACEPARENT", "00-" + CALLER_TRACE + "-" + CALLER_SPAN + "-01");
            claude.ifPresent(file -> pa.with("PATH", System.getenv("PATH")).with("CLAUDE_BIN", file.toString()));
            receiver.environment(protocol).forEach(pa::with);
            pa.without("AGENTPROXY_ENABLE_TELEMETRY");
            Pa.Result result = claudeTelemetry ? pa.run(project, "--rehearse", "-d", ".", "--telemetry", TASK)
                    : pa.run(project, "--rehearse", "-d", ".", "--telemetry", "--no-claude-telemetry", TASK);
            Sessions sessions = pa.sessions(project);
            JournalReader.Contents journal = sessions.read(sessions.list().get(0));
            return new Recording(result, new Pa(home).run(project, "show"),
                    receiver, SpanTree.of(receiver.spans()), journal);
        } finally {
            remove(home);
            remove(project);
        }
    }

    private static Path folder(String name) {
        try {
            return Files.createTempDirectory("scene-" + name).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
