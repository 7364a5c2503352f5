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
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Optional;

/**
 * OTLP over gRPC: the three unary Export calls. The request's bytes are taken as they are, so that they can be stored as
 * they are; gRPC's JSON and browser forms are not OTLP and are not served.
 */
public final class OtlpGrpc implements Handler<HttpServerRequest> {
    private final Intake intake;
    private final Guard guard;
    private final GrpcServer server;

    public OtlpGrpc(Vertx vertx, Intake intake, Guard guard) {
        this.intake = intake;
        this.guard = guard;
        server = GrpcServer.server(vertx, new GrpcServerOptions()
                .setMaxMessageSize(IntakeLimits.REQUEST_BYTES)
                .removeEnabledProtocol(GrpcProtocol.WEB)
                .removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
                .removeEnabledProtocol(GrpcProtocol.TRANSCODING));
        server.callHandler(this::call);
    }

    @Override
    public void handle(HttpServerRequest request) {
        Optional<String> refusal = guard.refusalOfBrowsers(request);
        if (refusal.isPresent()) {
            request.response().setStatusCode(Rejection.Kind.FORBIDDEN.http).end(refusal.get() + "\n");
        } else if (!Introduction.answered(request, guard)) {
            server.handle(request);
        }
    }

    private void call(GrpcServerRequest<Buffer, Buffer> request) {
        String method = "/" + request.fullMethodName();
        request.response().headers().set(EngineMarker.HEADER, EngineMarker.EMBEDDED);
        for (Signal signal : Signal.values()) {
            if (signal.grpcPath.equals(method)) {
                request.messageHandler(message -> take(request, signal, message));
                return;
            }
        }
        request.response().status(GrpcStatus.UNIMPLEMENTED).statusMessage("no such method: " + method).end();
    }

    private void take(GrpcServerRequest<Buffer, Buffer> request, Signal signal, GrpcMessage message) {
        GrpcServerResponse<Buffer, Buffer> response = request.response();
        boolean gzip = "gzip".equals(message.encoding());
        if (!gzip && !"identity".equals(message.encoding())) {
            response.status(GrpcStatus.UNIMPLEMENTED).statusMessage("compression must be gzip or none").end();
            return;
        }
        Context context = Vertx.currentContext();
        intake.take(new Intake.Request(signal, message.payload().getBytes(), gzip, false))
                .whenComplete((batch, failure) -> context.runOnContext(nothing -> answer(response, batch, failure)));
    }

    private static void answer(GrpcServerResponse<Buffer, Buffer> response, Batch batch, Throwable failure) {
        try {
            if (failure == null) {
                response.end(Buffer.buffer(Answers.success(batch, false)));
            } else {
                Rejection rejection = Answers.rejection(failure);
                response.status(GrpcStatus.valueOf(rejection.kind().grpc)).statusMessage(rejection.getMessage()).end();
            }
        } catch (IllegalStateException e) {
            // The client has gone. What it sent is stored or not, and it will send again; spans that come twice count once.
            Log.fine("answer not sent: " + e.getMessage());
        }
    }
}
