package embedded.intake;

import contract.EngineMarker;
import embedded.Log;
import embedded.Rejection;
import embedded.Signal;
import embedded.store.Batch;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * OTLP over gRPC: the three unary Export calls. A unary call is one HTTP/2 request whose body is a byte that says whether it
 * is compressed, four bytes of length, and the message; it is read here and not by a gRPC library, because a library holds
 * the message before anybody can count it. Source: "gRPC over HTTP2". gRPC's JSON and browser forms are not OTLP and are not
 * served.
 */
public record OtlpGrpc(Vertx vertx, Intake intake, Guard guard) implements Handler<HttpServerRequest> {
    private static final String TYPE = "application/grpc";
    private static final int PREFIX_BYTES = 5;
    private static final int UNIMPLEMENTED = 12;

    @Override
    public void handle(HttpServerRequest request) {
        Optional<String> refusal = guard.refusalOfBrowsers(request);
        if (refusal.isEmpty() && Introduction.answered(request, guard)) {
            return;
        }
        HttpServerResponse response = request.response();
        response.putHeader(EngineMarker.HEADER, EngineMarker.EMBEDDED);
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        boolean grpc = request.version() == HttpVersion.HTTP_2 && request.method() == HttpMethod.POST
                && (type.equals(TYPE) || type.startsWith(TYPE + "+") || type.startsWith(TYPE + ";"));
        if (refusal.isPresent() && grpc) {
            fail(response, new Rejection(Rejection.Kind.FORBIDDEN, refusal.get()));
        } else if (refusal.isPresent()) {
            response.setStatusCode(Rejection.Kind.FORBIDDEN.http).end(refusal.get() + "\n");
        } else if (!grpc) {
            response.setStatusCode(Rejection.Kind.UNSUPPORTED_TYPE.http)
                    .end("this port speaks gRPC; OTLP over HTTP has a port of its own\n");
        } else {
            call(request);
        }
    }

    private void call(HttpServerRequest request) {
        for (Signal signal : Signal.values()) {
            if (signal.grpcPath.equals(request.path())) {
                BodyReader.read(vertx, request, intake, body -> take(request, signal, body),
                        rejection -> fail(request.response(), rejection));
                return;
            }
        }
        end(request.response(), UNIMPLEMENTED, "no such method: " + request.path());
    }

    private void take(HttpServerRequest request, Signal signal, Body body) {
        HttpServerResponse response = request.response();
        String encoding = Optional.ofNullable(request.getHeader("grpc-encoding")).orElse("identity");
        int flag = body.length() < PREFIX_BYTES ? -1 : body.at(0);
        long length = body.length() < PREFIX_BYTES ? -1 : (body.at(1) & 0xffL) << 24 | body.at(2) << 16 | body.at(3) << 8
                | body.at(4);
        if (length != body.length() - PREFIX_BYTES || flag > 1) {
            body.close();
            fail(response, new Rejection(Rejection.Kind.MALFORMED, "the body is not one gRPC message"));
        } else if (flag == 1 && !encoding.equals("gzip")) {
            body.close();
            end(response, UNIMPLEMENTED, "compression must be gzip or none, not " + encoding);
        } else {
            Context context = Vertx.currentContext();
            intake.take(new Intake.Request(signal, body, PREFIX_BYTES, flag == 1, false))
                    .whenComplete((batch, failure) -> context.runOnContext(nothing -> answer(response, batch, failure)));
        }
    }

    private static void answer(HttpServerResponse response, Batch batch, Throwable failure) {
        if (failure != null) {
            fail(response, Answers.rejection(failure));
            return;
        }
        byte[] message = Answers.success(batch, false);
        try {
            response.putHeader("Content-Type", TYPE).putHeader("grpc-accept-encoding", "identity,gzip");
            response.putTrailer("grpc-status", "0");
            response.end(Buffer.buffer(PREFIX_BYTES + message.length).appendByte((byte) 0).appendInt(message.length)
                    .appendBytes(message));
        } catch (IllegalStateException e) {
            // The client has gone. What it sent is stored, and it will send again; spans that come twice count once.
            Log.fine("answer not sent: " + e.getMessage());
        }
    }

    private static void fail(HttpServerResponse response, Rejection rejection) {
        if (rejection.kind().isForNow() && !response.ended()) {
            response.putHeader("grpc-status-details-bin", Base64.getEncoder().withoutPadding()
                    .encodeToString(Answers.failure(rejection, false)));
        }
        end(response, rejection.kind().grpc, rejection.getMessage());
    }

    /** An answer without a message: everything stands in the headers. */
    private static void end(HttpServerResponse response, int status, String message) {
        try {
            response.putHeader("Content-Type", TYPE).putHeader("grpc-status", Integer.toString(status))
                    .putHeader("grpc-message", percentEncoded(message)).end();
        } catch (IllegalStateException e) {
            Log.fine("answer not sent: " + e.getMessage());
        }
    }

    private static String percentEncoded(String message) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }
}
