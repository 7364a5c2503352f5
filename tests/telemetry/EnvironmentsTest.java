package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments of {@code OTEL_*}, for pa and for its child: each does what OpenTelemetry specifies, and none turns all off. */
class EnvironmentsTest {
    private static final int SPANS = 14;
    private static final int LOGS = 7;
    /** What a child's settings would be, without those of a real agent. */
    private static final WorkerTelemetry AGENT = new WorkerTelemetry() {
        @Override
        public Map<String, String> settings(Link link) {
            return Map.of("LINK_ENDPOINT", link.endpoint(), "LINK_PROTOCOL", link.protocol(), "LINK_CONTENT",
                    String.valueOf(link.content()));
        }

        @Override
        public boolean tracesTools() {
            return false;
        }
    };
    private static OtlpReceiver receiver;
    private static OtlpReceiver another;

    @TempDir
    Path state;

    @BeforeAll
    static void start() {
        receiver = OtlpReceiver.start();
        another = OtlpReceiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.close();
        another.close();
    }

    /**
     * @param set variables, separated by semicolons; {@code $R} and {@code $A} are the addresses of two receivers
     * @param warned the variable that is warned of; empty when none is
     * @param arrives which of spans, metrics and logs reach the first receiver
     * @param child what the child finds: {@code NAME=VALUE}, or {@code -NAME} for a variable that it must not have
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // Empty is unset.
        "OTEL_TRACES_EXPORTER=, '', sml, -OTEL_TRACES_EXPORTER",
        "OTEL_TRACES_SAMPLER=, '', sml, ''",
        "OTEL_EXPORTER_OTLP_COMPRESSION=, '', sml, -OTEL_EXPORTER_OTLP_COMPRESSION",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=, '', sml, LINK_ENDPOINT=$R",
        "OTEL_BSP_SCHEDULE_DELAY=, '', sml, ''",
        "OTEL_SDK_DISABLED=, '', sml, ''",
        "OTEL_RESOURCE_ATTRIBUTES=, '', sml, ''",
        "OTEL_PROPAGATORS=, '', sml, ''",
        // A value that cannot be understood is warned of and ignored, that one alone.
        "OTEL_TRACES_EXPORTER=pigeon, OTEL_TRACES_EXPORTER, sml, -OTEL_TRACES_EXPORTER",
        "OTEL_TRACES_SAMPLER=maybe, OTEL_TRACES_SAMPLER, sml, ''",
        "OTEL_TRACES_SAMPLER=traceidratio;OTEL_TRACES_SAMPLER_ARG=lots, OTEL_TRACES_SAMPLER_ARG, sml, ''",
        "OTEL_METRIC_EXPORT_INTERVAL=often, OTEL_METRIC_EXPORT_INTERVAL, sml, -OTEL_METRIC_EXPORT_INTERVAL",
        "OTEL_METRIC_EXPORT_INTERVAL=0, OTEL_METRIC_EXPORT_INTERVAL, sml, ''",
        "OTEL_METRIC_EXPORT_INTERVAL=-5, OTEL_METRIC_EXPORT_INTERVAL, sml, ''",
        "OTEL_BSP_MAX_QUEUE_SIZE=many, OTEL_BSP_MAX_QUEUE_SIZE, sml, ''",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=0, OTEL_BSP_MAX_EXPORT_BATCH_SIZE, sml, ''",
        "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=1e9, OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT, sml, ''",
        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT=99999999999999999999, OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT, sml, ''",
        "OTEL_EXPORTER_OTLP_PROTOCOL=grpcs, OTEL_EXPORTER_OTLP_PROTOCOL, sml, LINK_PROTOCOL=grpc",
        "OTEL_EXPORTER_OTLP_COMPRESSION=brotli, OTEL_EXPORTER_OTLP_COMPRESSION, sml, -OTEL_EXPORTER_OTLP_COMPRESSION",
        "OTEL_EXPORTER_OTLP_TIMEOUT=forever, OTEL_EXPORTER_OTLP_TIMEOUT, sml, ''",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=logs.example, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, sml, -OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_HEADERS=nonsense, OTEL_EXPORTER_OTLP_HEADERS, sml, ''",
        "OTEL_EXPORTER_OTLP_CERTIFICATE=/nowhere.pem, OTEL_EXPORTER_OTLP_CERTIFICATE, sml, ''",
        "OTEL_RESOURCE_ATTRIBUTES=a=%zz, OTEL_RESOURCE_ATTRIBUTES, sml, ''",
        "OTEL_PROPAGATORS=smoke, OTEL_PROPAGATORS, sml, ''",
        "OTEL_SDK_DISABLED=perhaps, OTEL_SDK_DISABLED, sml, ''",
        "OTEL_METRICS_EXEMPLAR_FILTER=some, OTEL_METRICS_EXEMPLAR_FILTER, sml, ''",
        "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=all, OTEL_INSTRUMENTATION_GENAI_CAPTURE, sml, LINK_CONTENT=false",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=gamma, OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY, sml, ''",
        "OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN=spans, OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN, sml, ''",
        // What has no counterpart here does something sensible that is said.
        "OTEL_CONFIG_FILE=/etc/otel.yaml, OTEL_CONFIG_FILE, sml, ''",
        "OTEL_PROPAGATORS=b3;TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, OTEL_PROPAGATORS, sml, ''",
        "OTEL_TRACES_SAMPLER=jaeger_remote, OTEL_TRACES_SAMPLER, sml, ''",
        // Enumerations know no case, and lists are lists.
        "OTEL_TRACES_EXPORTER=OTLP, '', sml, ''",
        "OTEL_TRACES_SAMPLER=Always_On, '', sml, ''",
        "'OTEL_LOGS_EXPORTER=console, otlp', OTEL_LOGS_EXPORTER, sml, -OTEL_LOGS_EXPORTER",
        "OTEL_LOGS_EXPORTER=console, OTEL_LOGS_EXPORTER, sm, -OTEL_LOGS_EXPORTER",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=delta, OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY, sml, ''",
        "OTEL_EXPORTER_OTLP_PROTOCOL=http/json, OTEL_EXPORTER_OTLP_PROTOCOL, sml, LINK_PROTOCOL=http/protobuf",
        "OTEL_EXPORTER_OTLP_COMPRESSION=GZIP, '', sml, ''",
        // What the user switches off or chooses stays so, for the child too.
        "OTEL_TRACES_EXPORTER=none, '', ml, OTEL_TRACES_EXPORTER=none",
        "OTEL_METRICS_EXPORTER=none, '', sl, OTEL_METRICS_EXPORTER=none",
        "OTEL_LOGS_EXPORTER=none;OTEL_METRICS_EXPORTER=none, '', s, OTEL_LOGS_EXPORTER=none",
        "OTEL_METRIC_EXPORT_INTERVAL=70, '', sml, OTEL_METRIC_EXPORT_INTERVAL=70",
        "OTEL_TRACES_SAMPLER=always_off, '', ml, ''",
        "OTEL_TRACES_SAMPLER=traceidratio;OTEL_TRACES_SAMPLER_ARG=0, '', ml, ''",
        "TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, '', ml, ''",
        "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=span_only, '', sml, LINK_CONTENT=true",
        // A signal's own address counts, and reaches the child beside the common one.
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=$A, '', ml, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=$A",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=$A, '', ml, LINK_ENDPOINT=$R",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=$A;OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=$A, '', s, LINK_ENDPOINT=$R"})
    void anEnvironmentDoesWhatIsSpecified(String set, String warned, String arrives, String child) {
        int spans = receiver.spans().size();
        int points = receiver.points().size();
        int logs = receiver.logs().size();
        Map<String, String> environment = new TreeMap<>(receiver.environment(OtlpReceiver.Protocol.GRPC));
        for (String pair : set.split(";")) {
            environment.put(pair.split("=", 2)[0], address(pair.split("=", 2)[1]));
        }
        Lab lab = new Lab(state, environment).worker(AGENT);
        Lab.Run run = lab.run(script -> {
            environment.forEach((name, value) -> {
                if (name.startsWith("OTEL_")) {
                    script.childHas(name, value);
                }
            });
            script.whole();
        });
        assertEquals(warned.isEmpty() ? 0 : 1, run.warnings().size(), run.warnings()::toString);
        assertTrue(warned.isEmpty() || run.warnings().get(0).startsWith(warned), run.warnings()::toString);
        assertEquals(arrives.contains("s") ? SPANS : 0, receiver.spans().size() - spans);
        assertEquals(arrives.contains("m"), receiver.points().size() > points);
        assertEquals(arrives.contains("l") ? LOGS : 0, receiver.logs().size() - logs);
        Map<String, String> childs = run.script().childEnvironment();
        if (child.startsWith("-")) {
            assertTrue(!childs.containsKey(child.substring(1)), childs::toString);
        } else if (!child.isEmpty()) {
            assertEquals(address(child.split("=", 2)[1]), childs.get(child.split("=", 2)[0]), childs::toString);
        }
        assertTrue(childs.get("TRACEPARENT").matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"));
    }

    private static String address(String text) {
        return text.replace("$R", "http://127.0.0.1:" + receiver.port()).replace("$A", "http://127.0.0.1:" + another.port());
    }
}
