package contract;

import java.util.Locale;
import java.util.Set;

/** Environment variables that PA reads; every other {@code OTEL_*} is read by the OpenTelemetry SDK itself. */
public final class Variables {
    public static final String ENABLE_TELEMETRY = "AGENTPROXY_ENABLE_TELEMETRY";
    public static final String OWNER_ID = "AGENTPROXY_OWNER_ID";
    public static final String PROJECT_ID = "AGENTPROXY_PROJECT_ID";
    public static final String ROLE = "AGENTPROXY_ROLE";
    /** Where {@code pa} finds the web page of traces, for the link at the end of a run; Grafana or the embedded page. */
    public static final String TRACE_URL = "AGENTPROXY_TRACE_URL";

    public static final String OTLP_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    /** {@code key=value} pairs, percent-encoded, with commas between them. */
    public static final String OTLP_HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    /** A file with the authorities that senders trust instead of the usual ones. */
    public static final String OTLP_CERTIFICATE = "OTEL_EXPORTER_OTLP_CERTIFICATE";
    public static final String OTLP_PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public static final String SERVICE_NAME = "OTEL_SERVICE_NAME";
    public static final String SERVICE_NAMESPACE = "OTEL_SERVICE_NAMESPACE";
    public static final String RESOURCE_ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES";
    public static final String TRACES_EXPORTER = "OTEL_TRACES_EXPORTER";
    public static final String METRICS_EXPORTER = "OTEL_METRICS_EXPORTER";
    public static final String LOGS_EXPORTER = "OTEL_LOGS_EXPORTER";
    /** Which generations of the GenAI metrics are sent: {@code gen_ai_old}, {@code gen_ai}, {@code gen_ai_dup}. */
    public static final String SEMCONV_OPT_IN = "OTEL_SEMCONV_STABILITY_OPT_IN";
    /** {@code local}: content stays on this machine, with the embedded engine. */
    public static final String CONTENT = "AGENTPROXY_CONTENT";
    public static final String CAPTURE_CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /** The token of a service account, for a Grafana that asks for a login. */
    public static final String GRAFANA_TOKEN = "AGENTPROXY_STACK_GRAFANA_TOKEN";

    /** Environment carriers of the W3C trace context, in their normalised names. */
    public static final String TRACEPARENT = "TRACEPARENT";
    public static final String TRACESTATE = "TRACESTATE";
    public static final String BAGGAGE = "BAGGAGE";

    public static final String GEMINI_API_KEY = "GEMINI_API_KEY";
    /** Read when {@link #GEMINI_API_KEY} is absent, as Google's own clients do. */
    public static final String GOOGLE_API_KEY = "GOOGLE_API_KEY";
    public static final String GEMINI_BASE_URL = "GOOGLE_GEMINI_BASE_URL";
    public static final String GEMINI_MODEL = "GEMINI_MODEL";
    /** The three that OpenAI's own clients read, and whoever speaks their API. */
    public static final String OPENAI_API_KEY = "OPENAI_API_KEY";
    public static final String OPENAI_BASE_URL = "OPENAI_BASE_URL";
    public static final String OPENAI_MODEL = "OPENAI_MODEL";
    public static final String CLAUDE_BIN = "CLAUDE_BIN";
    /** How the launcher was called, for instance {@code ./jbang}; empty when the programs are called by their own names. */
    public static final String LAUNCHER = "AGENTPROXY_LAUNCHER";
    /** For the embedded engine's page: how a program is called from any folder, with its name as {@code %s}. */
    public static final String PROGRAM_FORM = "AGENTPROXY_PROGRAM_FORM";
    /** Another place for PA's state, for instance a volume in a container. */
    public static final String STATE_DIR = "AGENTPROXY_STATE_DIR";
    public static final String FORCE_COLOR = "FORCE_COLOR";
    public static final String NO_COLOR = "NO_COLOR";

    private static final Set<String> ON = Set.of("1", "true", "yes", "on");

    private Variables() {}

    /** Whether the value of a variable that turns something on does so. */
    public static boolean on(String value) {
        return ON.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
