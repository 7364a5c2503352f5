package embedded.page;

import embedded.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** The answer to an HTTP request for the page. */
record Answer(int status, String type, Buffer body, Map<String, String> headers) {
    static final String JSON = "application/json";

    Answer(int status, String type, Buffer body) {
        this(status, type, body, Map.of());
    }

    static Answer json(Object value) {
        return new Answer(200, JSON, Buffer.buffer(Json.write(value)));
    }

    /** JSON text. */
    static Answer jsonBytes(byte[] utf8) {
        return new Answer(200, JSON, Buffer.buffer(utf8));
    }

    static Answer notFound(String what) {
        return new Answer(404, JSON, Buffer.buffer(Json.write(Map.of("error", what))));
    }

    /** Success without content. */
    static Answer nothing() {
        return new Answer(204, JSON, Buffer.buffer());
    }

    /** The same, as a download with this file name. */
    Answer asFile(String name) {
        return new Answer(status, type, body, Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""));
    }
}
