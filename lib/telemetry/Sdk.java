package telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The SDK as its own autoconfigure makes it of the {@code OTEL_*} variables, with four things of ours: defaults that fit a
 * program that runs for seconds, the resource of the contract, redaction, and the {@link Courier} in place of the network.
 */
final class Sdk {
    private static final String PREFIX = "OTEL_";
    /** Nobody waits that long: the caller runs this on a thread of its own. */
    private static final long SHUTDOWN_SECONDS = 10;
    /** Ours: what the user says comes before them. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.metric.export.interval", "5000",
            // A page that is looked at while a run goes on should not lag; the SDK's default is 5 s.
            "otel.bsp.schedule.delay", "1000",
            "otel.bsp.max.queue.size", "8192",
            "otel.blrp.max.queue.size", "8192");

    private final OpenTelemetrySdk sdk;
    private final Resource resource;
    private final Courier courier;
    private final Optional<URI> endpoint;

    private Sdk(OpenTelemetrySdk sdk, Resource resource, Courier courier, Optional<URI> endpoint) {
        this.sdk = sdk;
        this.resource = resource;
        this.courier = courier;
        this.endpoint = endpoint;
    }

    /**
     * @throws RuntimeException when a variable cannot be understood; the message says which
     */
    static Sdk build(Map<String, String> environment, Outbox outbox, Redactor redactor, Patience patience) {
        Courier courier = new Courier(outbox, patience);
        CapturingSenders senders = new CapturingSenders(ComponentLoader.forClassLoader(Sdk.class.getClassLoader()));
        Wiring wiring = new Wiring(courier, senders, redactor);
        AutoConfiguredOpenTelemetrySdk configured = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .setComponentLoader(senders)
                .addPropertiesSupplier(() -> DEFAULTS)
                .addPropertiesCustomizer(config -> properties(environment))
                .addResourceCustomizer((resource, config) ->
                        wiring.resource(Identity.resource(environment, resource, redactor)))
                .addSpanExporterCustomizer(wiring::spans)
                .addMetricExporterCustomizer(wiring::metrics)
                .addLogRecordExporterCustomizer(wiring::logs)
                .build();
        return new Sdk(configured.getOpenTelemetrySdk(), wiring.resource, courier, wiring.endpoint);
    }

    OpenTelemetry api() {
        return sdk;
    }

    Courier courier() {
        return courier;
    }

    Resource resource() {
        return resource;
    }

    /** Where the first of the OTLP exporters sends to; empty when there is none. */
    Optional<URI> endpoint() {
        return endpoint;
    }

    /** Has the state of all metrics exported now. */
    void exportMetrics() {
        sdk.getSdkMeterProvider().forceFlush();
    }

    /** Has everything made so far handed over to the courier; blocks for as long as that takes, which is not the network. */
    void shutdown() {
        // The first two work on threads of their own; the metric reader works on this one.
        CompletableResultCode traces = sdk.getSdkTracerProvider().shutdown();
        CompletableResultCode logs = sdk.getSdkLoggerProvider().shutdown();
        sdk.getSdkMeterProvider().shutdown();
        traces.join(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        logs.join(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    /** The variables as the SDK's properties; the caller's environment counts, not that of this process. */
    private static Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (name.startsWith(PREFIX) && System.getProperty(property) == null) {
                properties.put(property, value);
            }
        });
        // The lanes try again, and the spool does.
        properties.put("otel.java.exporter.otlp.retry.disabled", "true");
        return properties;
    }

    /** Puts the exporters of autoconfigure behind redaction and before the courier. */
    private static final class Wiring {
        private final Courier courier;
        private final CapturingSenders senders;
        private final Redactor redactor;
        private Optional<URI> endpoint = Optional.empty();
        private Resource resource = Resource.empty();

        Wiring(Courier courier, CapturingSenders senders, Redactor redactor) {
            this.courier = courier;
            this.senders = senders;
            this.redactor = redactor;
        }

        Resource resource(Resource made) {
            resource = made;
            return made;
        }

        SpanExporter spans(SpanExporter exporter, ConfigProperties config) {
            Optional<CapturingSenders.Port> port = connect(Signal.TRACES, false);
            return new RedactingExporters.Spans(exporter, redactor, count -> port.ifPresent(p -> p.announce(count)));
        }

        LogRecordExporter logs(LogRecordExporter exporter, ConfigProperties config) {
            Optional<CapturingSenders.Port> port = connect(Signal.LOGS, false);
            return new RedactingExporters.Logs(exporter, redactor, count -> port.ifPresent(p -> p.announce(count)));
        }

        MetricExporter metrics(MetricExporter exporter, ConfigProperties config) {
            boolean cumulative = exporter.getAggregationTemporality(InstrumentType.COUNTER)
                    == AggregationTemporality.CUMULATIVE
                    && exporter.getAggregationTemporality(InstrumentType.HISTOGRAM) == AggregationTemporality.CUMULATIVE;
            Optional<CapturingSenders.Port> port = connect(Signal.METRICS, cumulative);
            return new RedactingExporters.Metrics(exporter, count -> port.ifPresent(p -> p.announce(count)));
        }

        private Optional<CapturingSenders.Port> connect(Signal signal, boolean states) {
            Optional<CapturingSenders.Port> port = senders.taken();
            port.ifPresent(p -> {
                p.connect(courier.open(signal, states, p.transport()));
                endpoint = endpoint.or(() -> Optional.of(p.endpoint()));
            });
            return port;
        }
    }
}
