package embedded.intake;

import contract.EngineMarker;
import embedded.Rejection;
import embedded.Signal;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Optional;

/**
 * OTLP/HTTP: POST of protobuf or JSON, gzip or plain, to {@code /v1/traces}, {@code /v1/metrics} and {@code /v1/logs}.
 * Answers in the encoding of the request, with the status codes of the OTLP specification, where only 429, 502, 503 and 504
 * let a client try again; every refusal is a {@code google.rpc.Status} in that encoding.
 */
public record OtlpHttp(Vertx vertx, Intake intake, Guard guard) implements Handler<HttpServerRequest> {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    @Override
    public void handle(HttpServerRequest request) {
        String type = mediaType(request.getHeader("Content-Type"));
        // Of a type that is not OTLP's the answer is text that anybody can read.
        boolean json = !type.equals(PROTOBUF);
        request.response().putHeader(EngineMarker.HEADER, EngineMarker.EMBEDDED);
        Optional<String> refusal = guard.refusalOfSenders(request);
        if (refusal.isPresent()) {
            refuse(request, json, new Rejection(Rejection.Kind.FORBIDDEN, refusal.get()));
            return;
        }
        guard.allowOrigin(request);
        if (Introduction.answered(request, guard) || guard.answeredPreflight(request)) {
            return;
        }
        Optional<Signal> signal = signal(request.path());
        if (signal.isEmpty()) {
            refuse(request, json, new Rejection(Rejection.Kind.NOT_FOUND,
                    "OTLP/HTTP is taken on /v1/traces, /v1/metrics and /v1/logs"));
        } else if (request.method() != HttpMethod.POST) {
            request.response().putHeader("Allow", "POST");
            refuse(request, json, new Rejection(Rejection.Kind.NOT_ALLOWED, "OTLP/HTTP is POST"));
        } else {
            takeTyped(request, signal.get(), type);
        }
    }

    private void takeTyped(HttpServerRequest request, Signal signal, String type) {
        String encoding = Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity")
                .toLowerCase(Locale.ROOT);
        boolean json = !type.equals(PROTOBUF);
        if (json && !type.equals(JSON)) {
            refuse(request, true, new Rejection(Rejection.Kind.UNSUPPORTED_TYPE, "the content type must be " + PROTOBUF
                    + " or " + JSON));
        } else if (!encoding.equals("gzip") && !encoding.equals("identity")) {
            refuse(request, json, new Rejection(Rejection.Kind.UNSUPPORTED_TYPE, "the content encoding must be gzip or none"));
        } else if (announced(request) > IntakeLimits.REQUEST_BYTES) {
            refuse(request, json, new Rejection(Rejection.Kind.TOO_LARGE, "a request may have up to "
                    + IntakeLimits.REQUEST_BYTES + " bytes"));
        } else {
            BodyReader.read(vertx, request, intake,
                    body -> answer(request, new Intake.Request(signal, body, 0, encoding.equals("gzip"), json)),
                    rejection -> refuse(request, json, rejection));
        }
    }

    private void answer(HttpServerRequest request, Intake.Request taken) {
        Context context = Vertx.currentContext();
        intake.take(taken).whenComplete((batch, failure) -> context.runOnContext(nothing -> {
            HttpServerResponse response = request.response();
            if (response.closed() || response.ended()) {
                return;
            }
            if (failure == null) {
                response.putHeader("Content-Type", taken.json() ? JSON : PROTOBUF)
                        .end(Buffer.buffer(Answers.success(batch, taken.json())));
            } else {
                fail(response, Answers.rejection(failure), taken.json());
            }
        }));
    }

    /** Says no before the body has been read: the connection cannot be used again when there is one. */
    private static void refuse(HttpServerRequest request, boolean json, Rejection rejection) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        boolean unread = rejection.kind() == Rejection.Kind.TOO_LARGE || rejection.kind().isForNow()
                || rejection.kind() == Rejection.Kind.SLOW;
        if (unread && request.version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
        }
        fail(response, rejection, json);
    }

    private static void fail(HttpServerResponse response, Rejection rejection, boolean json) {
        if (rejection.kind().isForNow()) {
            response.putHeader("Retry-After", Integer.toString(IntakeLimits.RETRY_AFTER_SECONDS));
        }
        response.setStatusCode(rejection.kind().http).putHeader("Content-Type", json ? JSON : PROTOBUF)
                .end(Buffer.buffer(Answers.failure(rejection, json)));
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
