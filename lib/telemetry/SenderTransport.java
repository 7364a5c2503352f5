package telemetry;

import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends raw request bodies through the SDK's own senders, so that headers, TLS, compression, proxies and time limits are
 * those that the user configured.
 */
final class SenderTransport implements Transport {
    /** The request can never be accepted as it is; everything else may be a matter of time or of configuration. */
    private static final Set<Integer> BAD_BODY = Set.of(400, 413, 415, 422);

    private final String authority;
    private final Wire wire;
    private final Runnable shutdown;

    /** The part that differs by protocol. */
    private interface Wire {
        void send(MessageWriter writer, Consumer<Reply> onReply, Consumer<Throwable> onError);
    }

    private SenderTransport(String authority, Wire wire, Runnable shutdown) {
        this.authority = authority;
        this.wire = wire;
        this.shutdown = shutdown;
    }

    static Transport grpc(GrpcSender sender, URI endpoint) {
        String authority = authority(endpoint);
        return new SenderTransport(authority, (writer, onReply, onError) ->
                sender.send(writer, response -> onReply.accept(reply(response, authority)), onError), sender::shutdown);
    }

    static Transport http(HttpSender sender, URI endpoint) {
        String authority = authority(endpoint);
        return new SenderTransport(authority, (writer, onReply, onError) ->
                sender.send(writer, response -> onReply.accept(reply(response, authority)), onError), sender::shutdown);
    }

    @Override
    public void send(byte[] body, Consumer<Reply> onReply) {
        try {
            wire.send(new Body(body), onReply, error -> onReply.accept(Reply.unreached(why(error))));
        } catch (RuntimeException e) {
            // A header that cannot be sent, for instance: the user's configuration, not the network.
            onReply.accept(Reply.unreached(authority + ": " + e.getMessage()));
        }
    }

    @Override
    public String authority() {
        return authority;
    }

    @Override
    public void close() {
        shutdown.run();
    }

    private static Reply reply(GrpcResponse response, String authority) {
        return switch (response.getStatusCode()) {
            case OK -> Reply.accepted(PartialSuccess.of(response.getResponseMessage()));
            case INVALID_ARGUMENT, OUT_OF_RANGE -> Reply.unacceptable(said(authority, response));
            default -> Reply.turnedAway(said(authority, response));
        };
    }

    private static String said(String authority, GrpcResponse response) {
        String description = response.getStatusDescription();
        return authority + " answered " + response.getStatusCode()
                + (description == null || description.isBlank() ? "" : " (" + Text.line(description, 120) + ")");
    }

    private static Reply reply(HttpResponse response, String authority) {
        int status = response.getStatusCode();
        String said = authority + " answered " + status;
        if (status >= 200 && status < 300) {
            return Reply.accepted(PartialSuccess.of(response.getResponseBody()));
        }
        return BAD_BODY.contains(status) ? Reply.unacceptable(said) : Reply.turnedAway(said);
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

    private static String authority(URI endpoint) {
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : "https".equals(endpoint.getScheme()) ? 443 : 80;
        return endpoint.getHost() + ":" + port;
    }

    /** A request that is there already. */
    private static final class Body implements MessageWriter {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void writeMessage(OutputStream output) throws IOException {
            output.write(bytes);
        }

        @Override
        public int getContentLength() {
            return bytes.length;
        }
    }
}
