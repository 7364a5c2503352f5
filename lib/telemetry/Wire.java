package telemetry;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import telemetry.fold.Text;

/**
 * Listens to what a receiver answers to one exporter, by the SDK's own interface for senders: the exporter itself only says
 * "failed", and nothing of what was rejected.
 */
final class Wire implements ComponentLoader {
    /** The request can never be accepted as it is; everything else may be a matter of time or of configuration. */
    private static final Set<Integer> BAD_BODY = Set.of(400, 413, 415, 422);

    private final ComponentLoader loader = ComponentLoader.forClassLoader(Wire.class.getClassLoader());
    private final String authority;
    private volatile ReceiverReply last = ReceiverReply.unreached("nothing was asked");

    Wire(URI endpoint) {
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : "https".equals(endpoint.getScheme()) ? 443 : 80;
        this.authority = endpoint.getHost() + ":" + port;
    }

    /** What the last request came to. */
    ReceiverReply last() {
        return last;
    }

    String authority() {
        return authority;
    }

    @Override
    public <T> Iterable<T> load(Class<T> spi) {
        if (spi == GrpcSenderProvider.class) {
            GrpcSenderProvider real = loader.load(GrpcSenderProvider.class).iterator().next();
            GrpcSenderProvider ours = config -> new Grpc(real.createSender(config));
            return List.of(spi.cast(ours));
        }
        if (spi == HttpSenderProvider.class) {
            HttpSenderProvider real = loader.load(HttpSenderProvider.class).iterator().next();
            HttpSenderProvider ours = config -> new Http(real.createSender(config));
            return List.of(spi.cast(ours));
        }
        return loader.load(spi);
    }

    private ReceiverReply unreached(Throwable error) {
        return ReceiverReply.unreached(why(error));
    }

    private String why(Throwable error) {
        if (error instanceof ConnectException) {
            return authority + " refused the connection";
        }
        if (error instanceof UnknownHostException) {
            return authority + " has no address";
        }
        if (error instanceof InterruptedIOException) {
            return authority + " did not answer";
        }
        return authority + ": " + Text.line(String.valueOf(error.getMessage()), 120);
    }

    private ReceiverReply reply(GrpcResponse response) {
        String description = response.getStatusDescription();
        String said = authority + " answered " + response.getStatusCode()
                + (description == null || description.isBlank() ? "" : " (" + Text.line(description, 120) + ")");
        return switch (response.getStatusCode()) {
            case OK -> ReceiverReply.accepted(PartialSuccess.of(response.getResponseMessage()));
            case INVALID_ARGUMENT, OUT_OF_RANGE -> ReceiverReply.unacceptable(said);
            default -> ReceiverReply.turnedAway(said);
        };
    }

    private ReceiverReply reply(HttpResponse response) {
        int status = response.getStatusCode();
        if (status >= 200 && status < 300) {
            return ReceiverReply.accepted(PartialSuccess.of(response.getResponseBody()));
        }
        String said = authority + " answered " + status;
        return BAD_BODY.contains(status) ? ReceiverReply.unacceptable(said) : ReceiverReply.turnedAway(said);
    }

    private <R> Consumer<R> hearing(Function<R, ReceiverReply> meaning, Consumer<R> exporter) {
        return response -> {
            last = meaning.apply(response);
            exporter.accept(response);
        };
    }

    private final class Grpc implements GrpcSender {
        private final GrpcSender real;

        Grpc(GrpcSender real) {
            this.real = real;
        }

        @Override
        public void send(MessageWriter writer, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
            real.send(writer, hearing(Wire.this::reply, onResponse), hearing(Wire.this::unreached, onError));
        }

        @Override
        public CompletableResultCode shutdown() {
            return real.shutdown();
        }
    }

    private final class Http implements HttpSender {
        private final HttpSender real;

        Http(HttpSender real) {
            this.real = real;
        }

        @Override
        public void send(MessageWriter writer, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
            real.send(writer, hearing(Wire.this::reply, onResponse), hearing(Wire.this::unreached, onError));
        }

        @Override
        public CompletableResultCode shutdown() {
            return real.shutdown();
        }
    }
}
