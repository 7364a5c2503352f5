package telemetry;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stands between the SDK's OTLP exporters and the network, by the SDK's own interface for senders. An exporter hands over
 * its request as bytes and is told at once that all is well: from then on the {@link Lane} is responsible. So no processor
 * ever waits for the network, the end of a run has one time limit for everything, and what is kept on disk is exactly what
 * would have been sent.
 */
final class CapturingSenders implements ComponentLoader {
    private final ComponentLoader loader;
    private Optional<Port> last = Optional.empty();

    CapturingSenders(ComponentLoader loader) {
        this.loader = loader;
    }

    @Override
    public <T> Iterable<T> load(Class<T> spi) {
        if (spi == GrpcSenderProvider.class) {
            GrpcSenderProvider real = first(GrpcSenderProvider.class);
            GrpcSenderProvider ours = config -> {
                Port port = new Port(config.getEndpoint(), SenderTransport.grpc(real.createSender(config),
                        config.getEndpoint()));
                last = Optional.of(port);
                return new CapturingGrpcSender(port);
            };
            return List.of(spi.cast(ours));
        }
        if (spi == HttpSenderProvider.class) {
            HttpSenderProvider real = first(HttpSenderProvider.class);
            HttpSenderProvider ours = config -> {
                Port port = new Port(config.getEndpoint(), SenderTransport.http(real.createSender(config),
                        config.getEndpoint()));
                last = Optional.of(port);
                return new CapturingHttpSender(port);
            };
            return List.of(spi.cast(ours));
        }
        return loader.load(spi);
    }

    /**
     * The sender that was made since the last call. Autoconfigure makes the exporters one after the other and calls the
     * customizer of each right after it, so in a customizer this is the sender of the exporter at hand; empty when that one
     * is not OTLP's.
     */
    Optional<Port> taken() {
        Optional<Port> port = last;
        last = Optional.empty();
        return port;
    }

    private <T> T first(Class<T> spi) {
        return loader.load(spi).iterator().next();
    }

    /** Where an exporter hands over its requests. */
    static final class Port {
        private final URI endpoint;
        private final Transport transport;
        private volatile Lane lane;
        /** Requests are made on the thread that exports, so the number of items need not pass through the exporter. */
        private final ThreadLocal<Integer> items = ThreadLocal.withInitial(() -> 0);

        private Port(URI endpoint, Transport transport) {
            this.endpoint = endpoint;
            this.transport = transport;
        }

        URI endpoint() {
            return endpoint;
        }

        Transport transport() {
            return transport;
        }

        void connect(Lane to) {
            lane = to;
        }

        /** Says how many items the request holds that this thread makes next. */
        void announce(int count) {
            items.set(count);
        }

        private void handOver(MessageWriter writer) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(32, writer.getContentLength()));
            try {
                writer.writeMessage(body);
            } catch (IOException e) {
                throw new UncheckedIOException("a request could not be written to memory", e);
            }
            lane.accept(items.get(), body.toByteArray());
        }
    }

    private record CapturingGrpcSender(Port port) implements GrpcSender {
        private static final GrpcResponse TAKEN = new GrpcResponse() {
            @Override
            public GrpcStatusCode getStatusCode() {
                return GrpcStatusCode.OK;
            }

            @Override
            public String getStatusDescription() {
                return "";
            }

            @Override
            public byte[] getResponseMessage() {
                return new byte[0];
            }
        };

        @Override
        public void send(MessageWriter writer, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
            port.handOver(writer);
            onResponse.accept(TAKEN);
        }

        /** Nothing: the transport lives as long as the courier, not as long as the exporter. */
        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private record CapturingHttpSender(Port port) implements HttpSender {
        private static final HttpResponse TAKEN = new HttpResponse() {
            @Override
            public int getStatusCode() {
                return 200;
            }

            @Override
            public String getStatusMessage() {
                return "";
            }

            @Override
            public byte[] getResponseBody() {
                return new byte[0];
            }
        };

        @Override
        public void send(MessageWriter writer, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
            port.handOver(writer);
            onResponse.accept(TAKEN);
        }

        /** Nothing: the transport lives as long as the courier, not as long as the exporter. */
        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
