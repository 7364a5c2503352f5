package telemetry;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The ordinary OTLP exporters, as the {@code OTEL_EXPORTER_OTLP_*} variables want them. They do not try again: what was not
 * acknowledged is in the journal. Each answers through a {@link Wire}.
 */
record Exporters(OtelVariables variables) {
    private static final Duration CONNECT = Duration.ofMillis(600);
    private static final long TIMEOUT_MILLIS = 10_000;

    /** A signal's way out. */
    record Out<T>(Wire wire, Export<T> export, Runnable close) {}

    /** Sends items; completes when they were acknowledged or refused. */
    @FunctionalInterface
    interface Export<T> {
        CompletableResultCode send(Collection<T> items);
    }

    /** What the six builders have in common; their classes have no common type, so each hands in its methods. */
    private record Settings(String endpoint, Optional<String> compression, Duration timeout, Map<String, String> headers,
            Optional<byte[]> trusted, Optional<byte[]> key, Optional<byte[]> certificate) {
        void to(Wire wire, Consumer<ComponentLoader> setLoader, Consumer<String> setEndpoint, Consumer<Duration> setTimeout,
                Consumer<Duration> setConnectTimeout, Consumer<RetryPolicy> setRetry, Consumer<String> setCompression,
                BiConsumer<String, String> addHeader, Consumer<byte[]> setTrusted, BiConsumer<byte[], byte[]> setClientTls) {
            setLoader.accept(wire);
            setEndpoint.accept(endpoint);
            setTimeout.accept(timeout);
            setConnectTimeout.accept(CONNECT);
            setRetry.accept(null);
            compression.ifPresent(setCompression);
            headers.forEach(addHeader);
            trusted.ifPresent(setTrusted);
            key.ifPresent(own -> certificate.ifPresent(chain -> setClientTls.accept(own, chain)));
        }
    }

    Out<SpanData> spans() {
        Settings with = settings(Signal.TRACES);
        Wire wire = new Wire(URI.create(with.endpoint()));
        if (grpc(Signal.TRACES)) {
            OtlpGrpcSpanExporterBuilder b = OtlpGrpcSpanExporter.builder();
            with.to(wire, b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            OtlpGrpcSpanExporter exporter = b.build();
            return new Out<>(wire, exporter::export, exporter::shutdown);
        }
        OtlpHttpSpanExporterBuilder b = OtlpHttpSpanExporter.builder();
        with.to(wire, b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
        OtlpHttpSpanExporter exporter = b.build();
        return new Out<>(wire, exporter::export, exporter::shutdown);
    }

    Out<LogRecordData> logs() {
        Settings with = settings(Signal.LOGS);
        Wire wire = new Wire(URI.create(with.endpoint()));
        if (grpc(Signal.LOGS)) {
            OtlpGrpcLogRecordExporterBuilder b = OtlpGrpcLogRecordExporter.builder();
            with.to(wire, b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            OtlpGrpcLogRecordExporter exporter = b.build();
            return new Out<>(wire, exporter::export, exporter::shutdown);
        }
        OtlpHttpLogRecordExporterBuilder b = OtlpHttpLogRecordExporter.builder();
        with.to(wire, b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
        OtlpHttpLogRecordExporter exporter = b.build();
        return new Out<>(wire, exporter::export, exporter::shutdown);
    }

    Out<MetricData> metrics() {
        Settings with = settings(Signal.METRICS);
        Wire wire = new Wire(URI.create(with.endpoint()));
        if (grpc(Signal.METRICS)) {
            OtlpGrpcMetricExporterBuilder b = OtlpGrpcMetricExporter.builder();
            with.to(wire, b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            OtlpGrpcMetricExporter exporter = b.build();
            return new Out<>(wire, exporter::export, exporter::shutdown);
        }
        OtlpHttpMetricExporterBuilder b = OtlpHttpMetricExporter.builder();
        with.to(wire, b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
        OtlpHttpMetricExporter exporter = b.build();
        return new Out<>(wire, exporter::export, exporter::shutdown);
    }

    private boolean grpc(Signal signal) {
        return Plans.protocol(variables, signal).equals(Plans.GRPC);
    }

    private Settings settings(Signal signal) {
        String endpoint = Plans.base(variables, signal);
        boolean own = variables.get("OTEL_EXPORTER_OTLP_" + signal.name() + "_ENDPOINT").isPresent();
        if (!grpc(signal) && !own) {
            // The specification: the path is added to the common address, and a signal's own is used as it is.
            endpoint = endpoint.replaceAll("(?<!/)/++$", "") + "/v1/" + signal.value();
        }
        return new Settings(endpoint, variables.otlp(signal, "COMPRESSION").map(word -> word.toLowerCase(Locale.ROOT)),
                Duration.ofMillis(Math.max(1, variables.otlp(signal, "TIMEOUT").map(OtelVariables::millis)
                        .filter(millis -> millis > 0).orElse(TIMEOUT_MILLIS))),
                variables.otlp(signal, "HEADERS").map(Pairs::of).orElse(Map.of()), file(signal, "CERTIFICATE"),
                file(signal, "CLIENT_KEY"), file(signal, "CLIENT_CERTIFICATE"));
    }

    /** One that cannot be read was warned of when the run began. */
    private Optional<byte[]> file(Signal signal, String what) {
        return variables.otlp(signal, what).flatMap(path -> {
            try {
                return Optional.of(Files.readAllBytes(Path.of(path)));
            } catch (IOException | IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }
}
