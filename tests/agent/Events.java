package agent;

import java.util.List;
import java.util.Optional;

/** Events with only the fields that a test needs. */
public final class Events {
    private Events() {}

    public static RunEvent.RunStarted runStarted(Task task, Limits limits, String reasoner, String worker, boolean rehearsal,
            boolean resumed) {
        return new RunEvent.RunStarted(task, limits, reasoner, worker, rehearsal, resumed, Optional.empty(), List.of(),
                Optional.empty(), Origin.UNKNOWN);
    }

    public static RunEvent.ToolStarted toolStarted(String id, String tool, String detail) {
        return toolStarted(id, tool, detail, "");
    }

    public static RunEvent.ToolStarted toolStarted(String id, String tool, String detail, String input) {
        return toolStarted(id, tool, detail, input, Optional.empty());
    }

    public static RunEvent.ToolStarted toolStarted(String id, String tool, String detail, String input, Optional<String> parent) {
        return new RunEvent.ToolStarted(id, tool, detail, input, parent, ToolAction.UNKNOWN);
    }

    public static RunEvent.ModelCallStarted modelCallStarted(ModelCall call) {
        return new RunEvent.ModelCallStarted(call, Optional.empty());
    }
}
