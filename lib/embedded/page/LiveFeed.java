package embedded.page;

import embedded.Json;
import embedded.Signal;
import embedded.intake.LogBatch;
import embedded.intake.TraceBatch;
import embedded.store.Batch;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells open pages about new data with server-sent events: the signals and the traces, at most twice a second, so that a page
 * loads only the data again that it shows.
 */
final class LiveFeed implements AutoCloseable {
    static final String PATH = "/api/live";
    private static final long INTERVAL_MILLIS = 500;
    /** How often a comment is sent, so that a broken connection is noticed. */
    private static final int TICKS_BETWEEN_BEATS = 30;
    private static final int MAX_TRACES = 50;
    private static final int MAX_PAGES = 64;

    private final Vertx vertx;
    private final Set<HttpServerResponse> pages = ConcurrentHashMap.newKeySet();
    private final Set<Signal> signals = new LinkedHashSet<>();
    private final Set<String> traces = new LinkedHashSet<>();
    private final long timer;
    private int ticks;

    LiveFeed(Vertx vertx) {
        this.vertx = vertx;
        timer = vertx.setPeriodic(INTERVAL_MILLIS, id -> tell());
    }

    void subscribe(HttpServerResponse response) {
        if (pages.size() >= MAX_PAGES) {
            response.setStatusCode(503).end("too many pages are open\n");
            return;
        }
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store");
        response.write("retry: 2000\n\n");
        response.exceptionHandler(broken -> pages.remove(response));
        response.closeHandler(closed -> pages.remove(response));
        pages.add(response);
    }

    /** Called by the writer's thread. */
    void stored(List<Batch> batches) {
        if (pages.isEmpty()) {
            return;
        }
        synchronized (signals) {
            HexFormat hex = HexFormat.of();
            for (Batch batch : batches) {
                signals.add(batch.signal());
                if (batch instanceof TraceBatch spans) {
                    spans.groups().stream().limit(MAX_TRACES).forEach(group -> traces.add(hex.formatHex(group.traceId())));
                } else if (batch instanceof LogBatch logs) {
                    logs.entries().stream().limit(MAX_TRACES).forEach(entry -> traces.add(hex.formatHex(entry.traceId())));
                }
            }
        }
    }

    private void tell() {
        String event = "";
        synchronized (signals) {
            if (!signals.isEmpty()) {
                Map<String, Object> news = new LinkedHashMap<>();
                news.put("signals", signals.stream().map(signal -> signal.name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
                news.put("traces", traces.stream().limit(MAX_TRACES).toList());
                event = "data: " + Json.write(news) + "\n\n";
                signals.clear();
                traces.clear();
            }
        }
        boolean beat = ++ticks % TICKS_BETWEEN_BEATS == 0;
        for (HttpServerResponse page : pages) {
            if (page.writeQueueFull()) {
                continue; // a page that does not read misses this event; the next one makes it load again
            }
            if (!event.isEmpty()) {
                page.write(event);
            } else if (beat) {
                page.write(": here\n\n");
            }
        }
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        pages.forEach(HttpServerResponse::end);
    }
}
