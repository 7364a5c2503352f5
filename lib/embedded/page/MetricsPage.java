package embedded.page;

import embedded.Log;
import embedded.Memory;
import embedded.Rejection;
import embedded.intake.Guard;
import embedded.intake.Introduction;
import embedded.query.Exposition;
import embedded.store.Store;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The port for a Prometheus scrape: {@code /metrics}, as text or, if the Accept header asks for it, as OpenMetrics.
 *
 * @param memory must grant the memory before the text is made
 */
public record MetricsPage(Vertx vertx, Store store, Memory memory, Guard guard) implements Handler<HttpServerRequest> {
    @Override
    public void handle(HttpServerRequest request) {
        Optional<String> refusal = guard.refusalOfStrangers(request);
        if (refusal.isPresent()) {
            request.response().setStatusCode(403).end(refusal.get() + "\n");
        } else if (Introduction.answered(request, guard)) {
            return;
        } else if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
        } else if (!request.path().equals("/metrics")) {
            request.response().setStatusCode(404).end("metrics are on /metrics\n");
        } else {
            String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
            scrape(request.response(), accept.contains("application/openmetrics-text"));
        }
    }

    /** Ten thousand series take time, so this does not run on the thread that serves all requests. */
    private void scrape(HttpServerResponse response, boolean openMetrics) {
        Memory.Share share = memory.share();
        vertx.executeBlocking(() -> text(openMetrics, share), false).onComplete(pieces -> send(response, openMetrics, pieces,
                share), failure -> {
                    share.close();
                    if (!response.closed()) {
                        Log.warn("a scrape failed: " + failure.getMessage());
                        response.setStatusCode(failure instanceof Rejection ? Rejection.Kind.BUSY.http : 500)
                                .putHeader("Retry-After", "1").end(failure.getMessage() + "\n");
                    }
                });
    }

    /** The memory for making the text is released; the pieces count until they are read. */
    private List<Buffer> text(boolean openMetrics, Memory.Share share) throws Rejection {
        long making = 2 * store.live().bytes();
        take(share, making);
        List<Buffer> pieces = new ArrayList<>();
        Exposition.write(store.live(), System.currentTimeMillis(), openMetrics, piece -> {
            take(share, 2L * piece.length());
            Buffer buffer = Buffer.buffer(piece);
            share.shrink(2L * piece.length() - buffer.length());
            pieces.add(buffer);
        });
        share.shrink(making);
        return pieces;
    }

    private static void take(Memory.Share share, long bytes) throws Rejection {
        if (!share.grow(bytes)) {
            throw new Rejection(Rejection.Kind.BUSY, "the text of all series needs more memory than is free now; try again"
                    + " in a second, or send fewer series");
        }
    }

    private static void send(HttpServerResponse response, boolean openMetrics, List<Buffer> pieces, Memory.Share share) {
        if (response.closed()) {
            share.close();
            return;
        }
        response.putHeader("Content-Type", openMetrics ? Exposition.OPEN_METRICS : Exposition.TEXT)
                .putHeader("Content-Length", Long.toString(pieces.stream().mapToLong(Buffer::length).sum()));
        for (Buffer piece : pieces.subList(0, pieces.size() - 1)) {
            response.write(piece);
        }
        response.end(pieces.get(pieces.size() - 1)).onComplete(sent -> share.close());
    }
}
