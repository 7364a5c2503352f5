package workers;

import agent.RunEvent;
import agent.RunListener;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports notices, but only a few of each kind; the rest is counted. */
public final class WorkerNotices {
    public static final int PER_KIND = 20;
    /** Kinds come from outside; above this number all further ones count as one kind. */
    private static final int KINDS = 50;
    private static final String OTHER = "other";

    private final RunListener listener;
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    public WorkerNotices(RunListener listener) {
        this.listener = listener;
    }

    public void report(String kind, String text) {
        String counted = counts.size() < KINDS || counts.containsKey(kind) ? kind : OTHER;
        int count = counts.merge(counted, 1, Integer::sum);
        if (count <= PER_KIND) {
            listener.on(new RunEvent.WorkerNotice(counted, text));
        }
    }

    /** Reports how many notices were left out. */
    public void finish() {
        counts.forEach((kind, count) -> {
            if (count > PER_KIND) {
                listener.on(new RunEvent.WorkerNotice(kind, (count - PER_KIND) + " more like these were not shown"));
            }
        });
    }
}
