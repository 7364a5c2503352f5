package display;

import agent.RunEvent;
import java.util.HashMap;
import java.util.Map;

/** The indentation of a tool's line: below the tool that started its sub-agent. */
final class ToolIndents {
    private static final String STEP = "  ";

    private final Map<String, String> indents = new HashMap<>();

    /** The indentation of a tool that starts now. */
    String started(RunEvent.ToolStarted event) {
        String indent = event.parent().map(parent -> indents.getOrDefault(parent, "") + STEP).orElse("");
        indents.put(event.id(), indent);
        return indent;
    }

    /** The indentation of a tool that was started; none when it is not known. */
    String of(String id) {
        return indents.getOrDefault(id, "");
    }

    /** Forgets the tools of an ended round. */
    void clear() {
        indents.clear();
    }
}
