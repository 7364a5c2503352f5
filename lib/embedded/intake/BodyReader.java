package embedded.intake;

import embedded.Rejection;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** Reads a body into memory that is counted, and sees that it is given back however the reading ends. */
final class BodyReader {
    private final Intake intake;
    private final Body body;
    private final Result result;
    private long timer;
    private boolean over;

    /** Is told of exactly one of the two, on the request's own thread. */
    interface Result {
        /** The body came whole; it must be given back. */
        void read(Body body);

        /** The rest of the body is not looked at. */
        void refused(Rejection rejection);
    }

    private BodyReader(Intake intake, Result result) {
        this.intake = intake;
        this.result = result;
        body = intake.body();
    }

    static void read(Vertx vertx, HttpServerRequest request, Intake intake, Result result) {
        BodyReader reader = new BodyReader(intake, result);
        reader.timer = vertx.setTimer(IntakeLimits.BODY_MILLIS, id -> reader.refuse(new Rejection(Rejection.Kind.SLOW,
                "the body has not come within " + TimeUnit.MILLISECONDS.toSeconds(IntakeLimits.BODY_MILLIS) + " s")));
        request.handler(chunk -> {
            if (!reader.over) {
                try {
                    reader.body.append(chunk);
                } catch (Rejection e) {
                    reader.refuse(e);
                }
            }
        });
        request.exceptionHandler(gone -> reader.end(vertx, reader.body::close));
        request.endHandler(end -> reader.end(vertx, () -> result.read(reader.body)));
    }

    private void refuse(Rejection rejection) {
        if (!over) {
            over = true;
            body.close();
            intake.refuse();
            result.refused(rejection);
        }
    }

    private void end(Vertx vertx, Runnable what) {
        vertx.cancelTimer(timer);
        if (!over) {
            over = true;
            what.run();
        }
    }
}
