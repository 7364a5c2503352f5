package contract;

/** Who this program says it is. */
public final class Product {
    /** The version of both tools, {@code service.version} and the instrumentation scope's version. */
    public static final String VERSION = "0.1.0";

    /** The name of the tracer, of the meter and of the logger. */
    public static final String SCOPE = "agentproxy";

    private Product() {}
}
