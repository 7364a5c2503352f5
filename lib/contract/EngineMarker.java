package contract;

/**
 * How a sender knows the embedded engine. Each of its four ports answers {@code GET /api/engine} with a small JSON object, and
 * its answers to OTLP over HTTP and gRPC carry a header. It matters to a sender because this engine stores a point by the
 * point's own time, so that metrics of the past have a place in it, and because what listens on loopback only is this
 * machine.
 */
public final class EngineMarker {
    public static final String PATH = "/api/engine";
    /** Of every OTLP answer; with gRPC it is metadata. Its value is {@link #EMBEDDED}. */
    public static final String HEADER = "agentproxy-engine";
    /** The value of the field {@link #ENGINE}, and of the header. */
    public static final String EMBEDDED = "embedded";

    /** Fields of the JSON object: text, text, boolean, boolean. */
    public static final String ENGINE = "engine";
    public static final String VERSION = "version";
    /** Whether a point is stored by its own time, however old that is. */
    public static final String POINTS_BY_TIME = "pointsByTime";
    /** Whether it listens on a loopback address only. */
    public static final String LOOPBACK = "loopback";

    private EngineMarker() {}
}
