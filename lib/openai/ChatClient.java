package openai;

import agent.Bounds;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import okhttp3.HttpUrl;
import reasoning.ModelHttp;
import reasoning.ModelJson;
import reasoning.Reply;
import reasoning.Timing;

/** The two endpoints that PA uses. */
final class ChatClient {
    private final HttpUrl base;
    private final OpenAiOptions options;
    private final ChatFaults faults;
    private final ModelHttp http;

    ChatClient(OpenAiOptions options, Timing timing) {
        this.base = options.address();
        this.options = options;
        this.faults = new ChatFaults(options, timing);
        Map<String, String> headers =
                options.apiKey().isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + options.apiKey());
        this.http = new ModelHttp(base, headers, options.sending().connectTimeout(), options.sending().proxies(), faults);
    }

    String server() {
        return http.server();
    }

    int port() {
        return http.port();
    }

    ChatFaults faults() {
        return faults;
    }

    Reply complete(ObjectNode request, Bounds bounds) throws InterruptedException {
        return http.post(base.newBuilder().addPathSegment("chat").addPathSegment("completions").build(),
                ModelJson.bytes(request), options.sending().callTimeout(), bounds);
    }

    Reply models(Bounds bounds) throws InterruptedException {
        return http.get(base.newBuilder().addPathSegment("models").build(), options.sending().selfCheckTimeout(), bounds);
    }
}
