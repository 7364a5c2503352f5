package agent;

/**
 * Where a run goes on: by this a later process finds out whether it can still be alive.
 *
 * @param hostId a name for the machine that is not the machine's own id; empty when it cannot be told
 * @param bootId changes with each start of the machine; empty when it cannot be told
 * @param pid of the process
 */
public record Origin(String hostId, String bootId, long pid) {
    public static final Origin UNKNOWN = new Origin("", "", 0);

    /** Whether both are of the same start of the same machine. What cannot be told is not the same. */
    public boolean sameBoot(Origin other) {
        return !hostId.isEmpty() && !bootId.isEmpty() && hostId.equals(other.hostId) && bootId.equals(other.bootId);
    }
}
