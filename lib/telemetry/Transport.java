package telemetry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A way to the receiver of one signal, configured as the user's {@code OTEL_EXPORTER_OTLP_*} say. */
interface Transport {
    /** Sends a request in the background; {@code onReply} is called exactly once, possibly before this returns. */
    void send(byte[] body, Consumer<Reply> onReply);

    /** The receiver's address, for messages: {@code host:port}. */
    String authority();

    /** Gives up what is under way. */
    void close();

    /** Sends and waits for at most {@code millis}. */
    default Reply sendAndWait(byte[] body, long millis) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        send(body, reply::complete);
        try {
            return reply.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Reply.unreached(authority() + " did not answer");
        } catch (ExecutionException e) {
            return Reply.unreached(authority() + ": " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.unreached("there was no time for " + authority() + " to answer");
        }
    }
}
