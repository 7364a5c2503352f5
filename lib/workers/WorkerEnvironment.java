package workers;

import contract.Secrets;
import contract.Variables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of PA's environment that a worker gets. */
public final class WorkerEnvironment {
    /** Settings of PA's own telemetry: a worker that inherits them would send under PA's name. */
    private static final Set<String> OUR_TELEMETRY = Set.of(Variables.ENABLE_TELEMETRY, Variables.OWNER_ID,
            Variables.PROJECT_ID, Variables.ROLE, Variables.TRACE_URL, Variables.SERVICE_NAME, Variables.SERVICE_NAMESPACE,
            Variables.CAPTURE_CONTENT);

    /**
     * Variables that a Claude Code session around PA sets. With the first one, Claude Code 2.1.39 and later refuses to start inside
     * another session (anthropics/claude-code#32618); the others would connect the worker to that session.
     */
    private static final List<String> OUTER_SESSION = List.of("CLAUDECODE", "CLAUDE_CODE_ENTRYPOINT", "CLAUDE_CODE_SSE_PORT",
            "CLAUDE_CODE_SESSION_", "CLAUDE_CODE_SESSIONS_", "CLAUDE_CODE_CHILD_", "CLAUDE_CODE_MESSAGING_",
            "CLAUDE_CODE_BRIDGE_", "CLAUDE_CODE_LAUNCHED_BY_", "CLAUDE_CODE_PARENT_", "CLAUDE_CODE_REMOTE_SESSION_",
            "CLAUDE_CODE_RUNNER_", "CLAUDE_CODE_TMUX_", "CLAUDE_CODE_USER_DELEGATED_", "CLAUDE_CODE_WEBSOCKET_AUTH_");

    private WorkerEnvironment() {}

    public static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> worker = new TreeMap<>(Secrets.forWorker(environment));
        worker.keySet().removeAll(OUR_TELEMETRY);
        worker.keySet().removeIf(name -> OUTER_SESSION.stream().anyMatch(mark -> mark.endsWith("_")
                ? name.startsWith(mark) : name.equals(mark)));
        worker.replaceAll((name, value) -> name.matches("OTEL_[A-Z]+_EXPORTER") ? withoutConsole(value) : value);
        return worker;
    }

    /** A console exporter would write into the stream-json output. */
    private static String withoutConsole(String exporters) {
        String kept = Stream.of(exporters.split(",")).map(String::strip)
                .filter(e -> !e.isEmpty() && !e.equalsIgnoreCase("console")).collect(Collectors.joining(","));
        return kept.isEmpty() ? "none" : kept;
    }
}
