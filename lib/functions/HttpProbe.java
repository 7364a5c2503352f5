package functions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One HTTP request, without a proxy and without following redirects; returns the beginning of the answer's body. */
final class HttpProbe {
    private static final int BODY_SHOWN = 2000;

    /** Created on first use, because it starts a thread. */
    private static final class Client {
        private static final HttpClient INSTANCE = HttpClient.newBuilder().followRedirects(Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY).version(HttpClient.Version.HTTP_1_1).build();
    }

    /**
     * @param location the target of a redirect
     * @param body the beginning of the body, printable
     */
    record Answer(int status, Optional<String> location, String body) {
        /** 2xx and 3xx. */
        boolean good() {
            return status >= 200 && status < 400;
        }
    }

    private HttpProbe() {}

    /**
     * Sends a request and waits for the answer, and at most the same time for its body, which may be endless.
     *
     * @param body empty for no body
     * @throws IOException when there is no answer; its message gives the reason
     */
    static Answer send(String method, URI uri, String body, Duration limit) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body.startsWith("{") || body.startsWith("[")) {
            request.header("Content-Type", "application/json");
        }
        AtomicReference<ResponseInfo> answered = new AtomicReference<>();
        Beginning beginning = new Beginning();
        CompletableFuture<HttpResponse<String>> pending = Client.INSTANCE.sendAsync(request.build(), info -> {
            answered.set(info);
            return beginning;
        });
        try {
            pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (answered.get() == null) {
                throw new IOException("no answer within " + process.Durations.text(limit), e);
            }
        } catch (ExecutionException e) {
            if (answered.get() == null) {
                throw new IOException(reason(e.getCause()), e.getCause());
            }
        } finally {
            pending.cancel(true);
        }
        ResponseInfo info = answered.get();
        return new Answer(info.statusCode(), info.headers().firstValue("location"), beginning.text());
    }

    /** Whether no server listens there. */
    static boolean nobodyListens(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof java.net.ConnectException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof java.net.ConnectException) {
            return "no server listens there";
        }
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Collects the beginning of a body and ignores the rest. */
    private static final class Beginning implements BodySubscriber<String> {
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public synchronized void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] chunk = new byte[Math.min(buffer.remaining(), BODY_SHOWN - bytes.size())];
                buffer.get(chunk);
                bytes.writeBytes(chunk);
            }
            if (bytes.size() >= BODY_SHOWN) {
                subscription.cancel();
                body.complete("");
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete("");
        }

        synchronized String text() {
            return Report.plain(bytes.toString(StandardCharsets.UTF_8)).strip();
        }
    }
}
