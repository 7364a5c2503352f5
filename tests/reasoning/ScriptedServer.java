package reasoning;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A model's endpoint on loopback that answers by a script; what it was asked beyond the script is a failed test.
 *
 * @param <S> the server of one API
 */
public abstract class ScriptedServer<S extends ScriptedServer<S>> extends Dispatcher implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Deque<MockResponse> script = new ArrayDeque<>();
    private final List<RecordedRequest> seen = new CopyOnWriteArrayList<>();
    private boolean lastForEver;

    protected ScriptedServer(MockResponse... answers) {
        script.addAll(List.of(answers));
        server.setDispatcher(this);
        try {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    protected abstract S self();

    public final S then(MockResponse answer) {
        script.add(answer);
        return self();
    }

    public final S lastForEver() {
        lastForEver = true;
        return self();
    }

    @Override
    public final synchronized MockResponse dispatch(RecordedRequest request) {
        seen.add(request);
        MockResponse next = lastForEver && script.size() == 1 ? script.peek() : script.poll();
        return next == null ? new MockResponse.Builder().code(418).body("not in the script").build() : next;
    }

    public final URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public final List<RecordedRequest> seen() {
        return seen;
    }

    public final JsonNode body(int request) {
        return json(seen.get(request).getBody().utf8());
    }

    @Override
    public final void close() {
        server.close();
    }

    public static MockResponse raw(int code, String body) {
        return new MockResponse.Builder().code(code).setHeader("Content-Type", "application/json").body(body).build();
    }

    public static MockResponse ok(String body) {
        return raw(200, body);
    }

    public static MockResponse ok(JsonNode body) {
        return ok(body.toString());
    }

    public static JsonNode json(String text) {
        try {
            return ModelJson.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
