package telemetry;

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
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The ordinary OTLP exporters, as the {@code OTEL_EXPORTER_OTLP_*} variables want them. They do not try again: what was not
 * acknowledged is in the journal. Each answers through a {@link Wire}.
 */
final class Exporters {
    private static final Duration CONNECT = Duration.ofMillis(600);
    private static final long TIMEOUT_MILLIS = 10_000;

    private final OtelVariables variables;

    /** A signal's way out. */
    record Out<T>(Wire wire, Export<T> export, Runnable close) {}

    /** Sends items; completes when they were acknowledged or refused. */
    @FunctionalInterface
    interface Export<T> {
        CompletableResultCode send(Collection<T> items);
    }

    /** What all builders have in common; theirs have no common type. */
    private record Settings(String endpoint, Optional<String> compression, Duration timeout, Map<String, String> headers,
            Optional<byte[]> trusted, Optional<byte[]> key, Optional<byte[]> certificate) {}

    Exporters(OtelVariables variables) {
        this.variables = variables;
    }

    Out<SpanData> spans() {
        Settings with = settings(Signal.TRACES);
        Wire wire = new Wire(URI.create(with.endpoint()));
        SpanExporter exporter = grpc(Signal.TRACES) ? grpcSpans(with, wire) : httpSpans(with, wire);
        return new Out<>(wire, exporter::export, exporter::shutdown);
    }

    Out<LogRecordData> logs() {
        Settings with = settings(Signal.LOGS);
        Wire wire = new Wire(URI.create(with.endpoint()));
        LogRecordExporter exporter = grpc(Signal.LOGS) ? grpcLogs(with, wire) : httpLogs(with, wire);
        return new Out<>(wire, exporter::export, exporter::shutdown);
    }

    Out<MetricData> metrics() {
        Settings with = settings(Signal.METRICS);
        Wire wire = new Wire(URI.create(with.endpoint()));
        MetricExporter exporter = grpc(Signal.METRICS) ? grpcMetrics(with, wire) : httpMetrics(with, wire);
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
            endpoint = endpoint.replaceAll("/+$", "") + "/v1/" + signal.value();
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

    private static SpanExporter grpcSpans(Settings with, Wire wire) {
        OtlpGrpcSpanExporterBuilder builder = OtlpGrpcSpanExporter.builder().setEndpoint(with.endpoint())
                .setTimeout(with.timeout()).setConnectTimeout(CONNECT).setRetryPolicy(null).setComponentLoader(wire);
        with.compression().ifPresent(builder::setCompression);
        with.headers().forEach(builder::addHeader);
        with.trusted().ifPresent(builder::setTrustedCertificates);
        with.key().ifPresent(key -> with.certificate().ifPresent(certificate -> builder.setClientTls(key, certificate)));
        return builder.build();
    }

    private static SpanExporter httpSpans(Settings with, Wire wire) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder().setEndpoint(with.endpoint())
                .setTimeout(with.timeout()).setConnectTimeout(CONNECT).setRetryPolicy(null).setComponentLoader(wire);
        with.compression().ifPresent(builder::setCompression);
        with.headers().forEach(builder::addHeader);
        with.trusted().ifPresent(builder::setTrustedCertificates);
        with.key().ifPresent(key -> with.certificate().ifPresent(certificate -> builder.setClientTls(key, certificate)));
        return builder.build();
    }

    private static LogRecordExporter grpcLogs(Settings with, Wire wire) {
        OtlpGrpcLogRecordExporterBuilder builder = OtlpGrpcLogRecordExporter.builder().setEndpoint(with.endpoint())
                .setTimeout(with.timeout()).setConnectTimeout(CONNECT).setRetryPolicy(null).setComponentLoader(wire);
        with.compression().ifPresent(builder::setCompression);
        with.headers().forEach(builder::addHeader);
        with.trusted().ifPresent(builder::setTrustedCertificates);
        with.key().ifPresent(key -> with.certificate().ifPresent(certificate -> builder.setClientTls(key, certificate)));
        return builder.build();
    }

    private static LogRecordExporter httpLogs(Settings with, Wire wire) {
        OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder().setEndpoint(with.endpoint())
                .setTimeout(with.timeout()).setConnectTimeout(CONNECT).setRetryPolicy(null).setComponentLoader(wire);
        with.compression().ifPresent(builder::setCompression);
        with.headers().forEach(builder::addHeader);
        with.trusted().ifPresent(builder::setTrustedCertificates);
        with.key().ifPresent(key -> with.certificate().ifPresent(certificate -> builder.setClientTls(key, certificate)));
        return builder.build();
    }

    private static MetricExporter grpcMetrics(Settings with, Wire wire) {
        OtlpGrpcMetricExporterBuilder builder = OtlpGrpcMetricExporter.builder().setEndpoint(with.endpoint())
                .setTimeout(with.timeout()).setConnectTimeout(CONNECT).setRetryPolicy(null).setComponentLoader(wire);
        with.compression().ifPresent(builder::setCompression);
        with.headers().forEach(builder::addHeader);
        with.trusted().ifPresent(builder::setTrustedCertificates);
        with.key().ifPresent(key -> with.certificate().ifPresent(certificate -> builder.setClientTls(key, certificate)));
        return builder.build();
    }

    private static MetricExporter httpMetrics(Settings with, Wire wire) {
        OtlpHttpMetricExporterBuilder builder = OtlpHttpMetricExporter.builder().setEndpoint(with.endpoint())
                .setTimeout(with.timeout()).setConnectTimeout(CONNECT).setRetryPolicy(null).setComponentLoader(wire);
        with.compression().ifPresent(builder::setCompression);
        with.headers().forEach(builder::addHeader);
        with.trusted().ifPresent(builder::setTrustedCertificates);
        with.key().ifPresent(key -> with.certificate().ifPresent(certificate -> builder.setClientTls(key, certificate)));
        return builder.build();
    }
}
