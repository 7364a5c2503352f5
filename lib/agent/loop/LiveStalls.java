package agent.loop;

import agent.RunEvent;
import agent.StallPattern;
import agent.ToolAction;
import agent.ToolAction.Kind;
import agent.loop.StallDetector.Stall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notices inside a round that the worker gets nowhere, from its tools as they come. A new edit that succeeds begins anew; each
 * pattern is told once until then. The numbers were chosen on annotated trajectories, see docs/stalls.md.
 */
final class LiveStalls {
    /** Actions without an edit of a file. */
    static final int WITHOUT_EDIT = 10;
    /** How often one action may come within {@link #WINDOW} actions until it is a stall. */
    static final int SAME = 3;
    static final int WINDOW = 8;
    /** Read again within so many actions. */
    static final int JUST = 3;

    private final Deque<String> recent = new ArrayDeque<>();
    private final Map<String, ToolAction> edits = new HashMap<>();
    private final Set<String> editsBefore = new HashSet<>();
    private final Set<StallPattern> told = EnumSet.noneOf(StallPattern.class);
    private int withoutEdit;

    /** A tool begins. */
    Optional<Stall> started(RunEvent.ToolStarted tool) {
        Kind kind = tool.action().kind();
        // What sub-agents do is not counted: several of them may work side by side.
        if (kind == Kind.OTHER || tool.parent().isPresent()) {
            return Optional.empty();
        }
        if (kind == Kind.EDIT) {
            edits.put(tool.id(), tool.action());
        }
        withoutEdit++;
        String mark = tool.action().fingerprint();
        boolean known = !mark.isEmpty();
        boolean again = known && kind == Kind.READ && among(mark, JUST - 1) > 0;
        recent.addFirst(mark);
        if (recent.size() > WINDOW) {
            recent.removeLast();
        }
        String name = tool.detail().isEmpty() ? tool.tool() : tool.tool() + " " + tool.detail();
        if (known && among(mark, WINDOW) >= SAME) {
            return once(StallPattern.SAME_TOOL, "the worker did the same " + SAME + " times within " + WINDOW
                    + " actions, without a new edit in between: " + name);
        }
        if (again) {
            return once(StallPattern.READ_AGAIN, "the worker reads what it has just read: " + name);
        }
        return withoutEdit < WITHOUT_EDIT || kind == Kind.EDIT ? Optional.empty()
                : once(StallPattern.NO_EDIT, "the worker took " + WITHOUT_EDIT + " actions without an edit of a file");
    }

    /** A tool has ended. */
    void ended(RunEvent.ToolEnded tool) {
        ToolAction edit = edits.remove(tool.id());
        boolean fresh = edit != null && (edit.fingerprint().isEmpty() || editsBefore.add(edit.fingerprint()));
        if (tool.success() && fresh) {
            recent.clear();
            recent.addFirst(edit.fingerprint());
            told.clear();
            withoutEdit = 0;
        }
    }

    private Optional<Stall> once(StallPattern pattern, String message) {
        return told.add(pattern) ? Optional.of(new Stall(pattern, message)) : Optional.empty();
    }

    /** How often it is among the newest. */
    private int among(String mark, int newest) {
        int count = 0;
        Iterator<String> each = recent.iterator();
        for (int i = 0; i < newest && each.hasNext(); i++) {
            count += each.next().equals(mark) ? 1 : 0;
        }
        return count;
    }
}
