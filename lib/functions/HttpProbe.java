package functions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        CompletableFuture<Void> enough = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Void>> pending = Client.INSTANCE.sendAsync(request.build(), info -> {
            answered.set(info);
            return BodySubscribers.ofByteArrayConsumer(given -> given.ifPresent(chunk -> {
                beginning.write(chunk, 0, Math.min(chunk.length, BODY_SHOWN - beginning.size()));
                if (beginning.size() == BODY_SHOWN) {
                    enough.complete(null);
                }
            }));
        });
        try {
            CompletableFuture.anyOf(pending, enough).get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
        return new Answer(info.statusCode(), info.headers().firstValue("location"),
                Report.plain(beginning.toString(StandardCharsets.UTF_8)).strip());
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
}
