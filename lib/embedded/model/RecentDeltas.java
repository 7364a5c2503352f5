package embedded.model;

/** The windows of the last deltas of a series, to know one that is sent again: a sender retries, and several may take turns. */
public final class RecentDeltas {
    private static final int REMEMBERED = 8;

    /** Start and time in turn; null before the first. */
    private long[] windows;
    private int next;

    /** Whether this one is new; from now on it is known. */
    public boolean add(long start, long time) {
        if (windows == null) {
            windows = new long[2 * REMEMBERED];
        }
        for (int i = 0; i < windows.length; i += 2) {
            if (windows[i] == start && windows[i + 1] == time) {
                return false;
            }
        }
        windows[next] = start;
        windows[next + 1] = time;
        next = (next + 2) % windows.length;
        return true;
    }

    public long bytes() {
        return windows == null ? 0 : windows.length * (long) Long.BYTES;
    }
}
