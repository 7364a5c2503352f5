package workers;

import agent.RunEvent;
import agent.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools of a round that have not answered yet. Each reported start gets its end. Used only by the round's thread. */
public final class RunningTools {
    private final RunListener listener;
    private final Map<String, Running> running = new LinkedHashMap<>();

    private record Running(String tool, long nanos) {}

    public RunningTools(RunListener listener) {
        this.listener = listener;
    }

    /** A tool was called. A call that is reported twice starts once. */
    public void started(RunEvent.ToolStarted event, long nanos) {
        if (running.putIfAbsent(event.id(), new Running(event.tool(), nanos)) == null) {
            listener.on(event);
        }
    }

    /** A tool's result came and tells whether the tool succeeded. A result without a call is ignored. */
    public void ended(String id, boolean success, String reason, long nanos) {
        Running tool = running.remove(id);
        if (tool != null) {
            listener.on(new RunEvent.ToolEnded(id, tool.tool(), success, false, Duration.ofNanos(nanos - tool.nanos()), reason));
        }
    }

    /** The name of a tool that still runs. */
    public Optional<String> tool(String id) {
        return Optional.ofNullable(running.get(id)).map(Running::tool);
    }

    /** The output has ended: tools without an answer end as interrupted. */
    public void interrupt() {
        long now = System.nanoTime();
        // The newest first: the tools of a sub-agent end before the sub-agent.
        List<String> open = new ArrayList<>(running.keySet());
        Collections.reverse(open);
        for (String id : open) {
            Running tool = running.remove(id);
            listener.on(new RunEvent.ToolEnded(id, tool.tool(), false, true, Duration.ofNanos(now - tool.nanos())));
        }
    }
}
