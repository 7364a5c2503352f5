package embedded.intake;

import embedded.Rejection;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads a body into memory that is counted, and sees that it is given back however the reading ends. */
final class BodyReader {
    private final Intake intake;
    private final Body body;
    private final Consumer<Rejection> refused;
    private long timer;
    private boolean over;

    private BodyReader(Intake intake, Consumer<Rejection> refused) {
        this.intake = intake;
        this.refused = refused;
        body = intake.body();
    }

    /**
     * One of the two is told, on the request's own thread.
     *
     * @param read the body came whole; it must be given back
     * @param refused the rest of the body is not looked at
     */
    static void read(Vertx vertx, HttpServerRequest request, Intake intake, Consumer<Body> read, Consumer<Rejection> refused) {
        BodyReader reader = new BodyReader(intake, refused);
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
        request.endHandler(end -> reader.end(vertx, () -> read.accept(reader.body)));
    }

    private void refuse(Rejection rejection) {
        if (!over) {
            over = true;
            body.close();
            intake.refuse();
            refused.accept(rejection);
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
