package contract;

/** The versions of OpenTelemetry's conventions that the names in this package follow. */
public final class SchemaUrls {
    /** Of the resource, and of what is no GenAI attribute. */
    public static final String CORE = "https://opentelemetry.io/schemas/1.44.0";
    /** The GenAI conventions, a registry of their own since core 1.42; still in development. */
    public static final String GEN_AI = "https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev";

    private SchemaUrls() {}
}
