package embedded.intake;

import contract.EngineMarker;
import embedded.Rejection;
import embedded.Signal;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Optional;

/**
 * OTLP/HTTP: POST of protobuf or JSON, gzip or plain, to {@code /v1/traces}, {@code /v1/metrics} and {@code /v1/logs}.
 * Answers in the encoding of the request, with the status codes of the OTLP specification, where only 429, 502, 503 and 504
 * let a client try again.
 */
public final class OtlpHttp implements Handler<HttpServerRequest> {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private final Intake intake;
    private final Guard guard;

    public OtlpHttp(Intake intake, Guard guard) {
        this.intake = intake;
        this.guard = guard;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Optional<String> refusal = guard.refusalOfBrowsers(request);
        if (refusal.isPresent()) {
            plain(request, Rejection.Kind.FORBIDDEN.http, refusal.get());
            return;
        }
        request.response().putHeader(EngineMarker.HEADER, EngineMarker.EMBEDDED);
        Optional<Signal> signal = signal(request.path());
        if (Introduction.answered(request, guard)) {
            return;
        }
        if (signal.isEmpty()) {
            plain(request, 404, "OTLP/HTTP is taken on /v1/traces, /v1/metrics and /v1/logs");
        } else if (request.method() != HttpMethod.POST) {
            request.response().putHeader("Allow", "POST");
            plain(request, 405, "OTLP/HTTP is POST");
        } else {
            takeTyped(request, signal.get());
        }
    }

    private void takeTyped(HttpServerRequest request, Signal signal) {
        String type = mediaType(request.getHeader("Content-Type"));
        String encoding = Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity")
                .toLowerCase(Locale.ROOT);
        boolean json = type.equals(JSON);
        if (!json && !type.equals(PROTOBUF)) {
            plain(request, Rejection.Kind.UNSUPPORTED_TYPE.http, "the content type must be " + PROTOBUF + " or " + JSON);
        } else if (!encoding.equals("gzip") && !encoding.equals("identity")) {
            plain(request, Rejection.Kind.UNSUPPORTED_TYPE.http, "the content encoding must be gzip or none");
        } else if (announced(request) > IntakeLimits.REQUEST_BYTES) {
            tooLarge(request, json);
        } else {
            read(request, signal, encoding.equals("gzip"), json);
        }
    }

    private void read(HttpServerRequest request, Signal signal, boolean gzip, boolean json) {
        Buffer body = Buffer.buffer((int) Math.max(0, Math.min(announced(request), 1 << 20)));
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= IntakeLimits.REQUEST_BYTES) {
                body.appendBuffer(chunk);
            } else if (!request.response().ended()) {
                request.handler(null);
                tooLarge(request, json);
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                answer(request, new Intake.Request(signal, body.getBytes(), gzip, json));
            }
        });
    }

    private void answer(HttpServerRequest request, Intake.Request taken) {
        var context = io.vertx.core.Vertx.currentContext();
        intake.take(taken).whenComplete((batch, failure) -> context.runOnContext(nothing -> {
            HttpServerResponse response = request.response();
            if (response.closed() || response.ended()) {
                return;
            }
            response.putHeader("Content-Type", taken.json() ? JSON : PROTOBUF);
            if (failure == null) {
                response.end(Buffer.buffer(Answers.success(batch, taken.json())));
            } else {
                fail(response, Answers.rejection(failure), taken.json());
            }
        }));
    }

    private static void tooLarge(HttpServerRequest request, boolean json) {
        // The rest of the body is not read: the connection cannot be used again.
        request.response().putHeader("Connection", "close").putHeader("Content-Type", json ? JSON : PROTOBUF);
        fail(request.response(), new Rejection(Rejection.Kind.TOO_LARGE,
                "a request may have up to " + IntakeLimits.REQUEST_BYTES + " bytes"), json);
    }

    private static void fail(HttpServerResponse response, Rejection rejection, boolean json) {
        if (rejection.kind() == Rejection.Kind.BUSY) {
            response.putHeader("Retry-After", Integer.toString(IntakeLimits.RETRY_AFTER_SECONDS));
        }
        response.setStatusCode(rejection.kind().http).end(Buffer.buffer(Answers.failure(rejection, json)));
    }

    private static void plain(HttpServerRequest request, int status, String text) {
        request.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8").end(text + "\n");
    }

    private static Optional<Signal> signal(String path) {
        for (Signal signal : Signal.values()) {
            if (signal.httpPath.equals(path)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    private static String mediaType(String header) {
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
