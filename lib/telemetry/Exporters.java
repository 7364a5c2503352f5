package telemetry;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
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

    /** The ways out of the signals that the user has not switched off. */
    record Outs(Optional<Out<SpanData>> spans, Optional<Out<LogRecordData>> logs, Optional<Out<MetricData>> metrics) {
        boolean none() {
            return spans.isEmpty() && logs.isEmpty() && metrics.isEmpty();
        }

        /** Lets go of the connections, which may take a while. */
        void close() {
            spans.ifPresent(out -> out.close().run());
            logs.ifPresent(out -> out.close().run());
            metrics.ifPresent(out -> out.close().run());
        }
    }

    Outs outs() {
        return new Outs(variables.sends(Signal.TRACES) ? Optional.of(spans()) : Optional.empty(),
                variables.sends(Signal.LOGS) ? Optional.of(logs()) : Optional.empty(),
                variables.sends(Signal.METRICS) ? Optional.of(metrics()) : Optional.empty());
    }

    /** What the six builders have in common; their classes have no common type, so each hands in its methods. */
    private record Settings(Wire wire, String endpoint, Optional<String> compression, Duration timeout,
            Map<String, String> headers, Optional<byte[]> trusted, Optional<byte[]> key, Optional<byte[]> certificate) {
        void to(Consumer<ComponentLoader> setLoader, Consumer<String> setEndpoint, Consumer<Duration> setTimeout,
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

    private Out<SpanData> spans() {
        Settings with = settings(Signal.TRACES);
        SpanExporter exporter;
        if (grpc(Signal.TRACES)) {
            var b = OtlpGrpcSpanExporter.builder();
            with.to(b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            exporter = b.build();
        } else {
            var b = OtlpHttpSpanExporter.builder();
            with.to(b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            exporter = b.build();
        }
        return new Out<>(with.wire(), exporter::export, exporter::shutdown);
    }

    private Out<LogRecordData> logs() {
        Settings with = settings(Signal.LOGS);
        LogRecordExporter exporter;
        if (grpc(Signal.LOGS)) {
            var b = OtlpGrpcLogRecordExporter.builder();
            with.to(b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            exporter = b.build();
        } else {
            var b = OtlpHttpLogRecordExporter.builder();
            with.to(b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            exporter = b.build();
        }
        return new Out<>(with.wire(), exporter::export, exporter::shutdown);
    }

    private Out<MetricData> metrics() {
        Settings with = settings(Signal.METRICS);
        MetricExporter exporter;
        if (grpc(Signal.METRICS)) {
            var b = OtlpGrpcMetricExporter.builder();
            with.to(b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            exporter = b.build();
        } else {
            var b = OtlpHttpMetricExporter.builder();
            with.to(b::setComponentLoader, b::setEndpoint, b::setTimeout, b::setConnectTimeout, b::setRetryPolicy,
                    b::setCompression, b::addHeader, b::setTrustedCertificates, b::setClientTls);
            exporter = b.build();
        }
        return new Out<>(with.wire(), exporter::export, exporter::shutdown);
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
        return new Settings(new Wire(URI.create(endpoint)), endpoint,
                variables.otlp(signal, "COMPRESSION").map(word -> word.toLowerCase(Locale.ROOT)),
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
