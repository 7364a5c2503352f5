package embedded.intake;

import contract.EngineMarker;
import contract.Product;
import embedded.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says who answers here, on every port alike; see {@link EngineMarker}. */
public final class Introduction {
    private Introduction() {}

    /** Whether this is the question who we are; it is answered then. The guard has let the request pass before. */
    public static boolean answered(HttpServerRequest request, Guard guard) {
        if (!EngineMarker.PATH.equals(request.path()) || request.method() != HttpMethod.GET) {
            return false;
        }
        Map<String, Object> marker = new LinkedHashMap<>();
        marker.put(EngineMarker.ENGINE, EngineMarker.EMBEDDED);
        marker.put(EngineMarker.VERSION, Product.VERSION);
        marker.put(EngineMarker.POINTS_BY_TIME, true);
        marker.put(EngineMarker.LOOPBACK, guard.loopbackOnly());
        request.response().putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-store")
                .end(Json.write(marker));
        return true;
    }
}
