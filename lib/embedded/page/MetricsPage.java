package embedded.page;

import embedded.intake.Guard;
import embedded.intake.Introduction;
import embedded.query.Exposition;
import embedded.store.Store;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The port that a Prometheus scrapes: {@code /metrics}, as text or, when asked by the Accept header, as OpenMetrics. */
public final class MetricsPage implements Handler<HttpServerRequest> {
    private final Store store;
    private final Guard guard;

    public MetricsPage(Store store, Guard guard) {
        this.store = store;
        this.guard = guard;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Optional<String> refusal = guard.refusalOfStrangers(request);
        if (refusal.isPresent()) {
            request.response().setStatusCode(403).end(refusal.get() + "\n");
        } else if (Introduction.answered(request, guard)) {
            return;
        } else if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
        } else if (!request.path().equals("/metrics")) {
            request.response().setStatusCode(404).end("metrics are on /metrics\n");
        } else {
            String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
            boolean openMetrics = accept.contains("application/openmetrics-text");
            request.response().putHeader("Content-Type", openMetrics ? Exposition.OPEN_METRICS : Exposition.TEXT)
                    .end(Exposition.write(store.live(), System.currentTimeMillis(), openMetrics));
        }
    }
}
