package embedded.page;

import embedded.Json;
import io.vertx.core.buffer.Buffer;

/** What an HTTP request for the page is answered with. */
record Answer(int status, String type, Buffer body) {
    static final String JSON = "application/json";

    static Answer json(Object value) {
        return new Answer(200, JSON, Buffer.buffer(Json.write(value)));
    }

    /** JSON that is written already. */
    static Answer jsonText(String text) {
        return new Answer(200, JSON, Buffer.buffer(text));
    }

    static Answer notFound(String what) {
        return new Answer(404, JSON, Buffer.buffer(Json.write(java.util.Map.of("error", what))));
    }
}
