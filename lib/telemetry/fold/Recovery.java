package telemetry.fold;

/**
 * How a run ends that has no end of its own.
 *
 * @param endedBy {@code pa.ended_by}: who says so
 */
public record Recovery(String endedBy) {
    /** Its process was killed: whoever reads the journal ends it. */
    public static final Recovery KILLED = new Recovery("recovery");
    /** Its own process ends without having told an end: a defect, or a signal that came too early. */
    public static final Recovery CLOSED = new Recovery("close");
}
