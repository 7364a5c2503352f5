package embedded.page;

import embedded.Log;
import embedded.Memory;
import embedded.Rejection;
import embedded.intake.Guard;
import embedded.intake.Intake;
import embedded.intake.Introduction;
import embedded.store.Store;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The page's port: its files, its HTTP interface, and the events about new data. The only change that it allows is deleting a trace.
 * Other origins get no answer, and a browser asks this server before it sends a DELETE from them.
 */
public final class WebPage implements Handler<HttpServerRequest>, AutoCloseable {
    public static final String READY_PATH = "/-/ready";
    /** The memory for making an answer: for a trace of the largest size as messages and as JSON, and for all others. */
    private static final long LARGE_BYTES = 48L << 20;
    private static final long USUAL_BYTES = 2L << 20;
    /** Only files from this port, no inline scripts, and no frames around the page. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final Memory memory;
    private final Guard guard;
    private final String token;
    private final Supplier<Optional<String>> trouble;
    private final PageFiles files;
    private final PageApi api;
    private final LiveFeed feed;

    /**
     * @param token the answer of its readiness endpoint
     * @param program the command for a program from any folder, with {@code %s} for its name
     */
    public WebPage(Vertx vertx, Store store, Intake intake, Memory memory, Guard guard, String token, String program) {
        this.vertx = vertx;
        this.memory = memory;
        this.guard = guard;
        this.token = token;
        trouble = store::trouble;
        files = new PageFiles(program);
        api = new PageApi(store, intake, memory);
        feed = new LiveFeed(vertx);
        store.onStored(feed::stored);
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin").putHeader("Cross-Origin-Opener-Policy",
                "same-origin")
                .putHeader("Referrer-Policy", "no-referrer").putHeader("X-Frame-Options", "DENY");
        Optional<String> refusal = guard.refusalOfStrangers(request);
        if (refusal.isPresent()) {
            text(response, Rejection.Kind.FORBIDDEN.http, refusal.get());
        } else if (Introduction.answered(request, guard)) {
            return;
        } else if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD
                && !PageApi.deletes(request)) {
            response.putHeader("Allow", "GET, HEAD");
            text(response, 405, "this port allows only reading, and DELETE of a trace");
        } else if (request.path().equals(READY_PATH)) {
            text(response, 200, token + trouble.get().map(text -> "\n" + text).orElse(""));
        } else if (request.path().equals(LiveFeed.PATH)) {
            feed.subscribe(response);
        } else if (request.path().startsWith(PageApi.PREFIX)) {
            onWorker(response, PageApi.isLarge(request) ? LARGE_BYTES : USUAL_BYTES, () -> api.answer(request));
        } else {
            onWorker(response, 0, () -> files.answer(request.path()));
        }
    }

    /** Reading the store may take time, so this does not run on the thread that serves all requests. */
    private void onWorker(HttpServerResponse response, long making, Callable<Answer> work) {
        Memory.Share share = memory.share();
        vertx.executeBlocking(() -> counted(work, making, share), false).onComplete(answer -> send(response, answer, share),
                failure -> {
                    share.close();
                    if (failure instanceof Rejection) {
                        response.putHeader("Retry-After", "1");
                        text(response, Rejection.Kind.BUSY.http, failure.getMessage());
                    } else if (failure instanceof IllegalArgumentException) {
                        text(response, 400, failure.getMessage());
                    } else {
                        Log.warn("the page's request failed", failure);
                        text(response, 500, "the store could not be read: " + failure.getMessage());
                    }
                });
    }

    /** Counts the memory of an answer while it is made, and until a slow reader has read it. */
    private static Answer counted(Callable<Answer> work, long making, Memory.Share share) throws Exception {
        if (!share.grow(making)) {
            throw new Rejection(Rejection.Kind.BUSY, "too many requests at once; try again in a second");
        }
        Answer answer = work.call();
        share.shrink(Math.max(0, making - answer.body().length()));
        return answer;
    }

    private static void send(HttpServerResponse response, Answer answer, Memory.Share share) {
        if (response.closed()) {
            share.close();
            return;
        }
        response.setStatusCode(answer.status()).putHeader("Content-Type", answer.type())
                .putHeader("Cache-Control", "no-cache");
        answer.headers().forEach(response::putHeader);
        response.end(answer.body()).onComplete(sent -> share.close());
    }

    private static void text(HttpServerResponse response, int status, String text) {
        if (!response.closed()) {
            response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8").end(text + "\n");
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
