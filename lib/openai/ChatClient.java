package openai;

import agent.Bounds;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import reasoning.ModelHttp;
import reasoning.ModelJson;
import reasoning.Reply;
import reasoning.Timing;

/** The two endpoints that PA uses. */
record ChatClient(OpenAiOptions options, ModelHttp http) {
    ChatClient(OpenAiOptions options, Timing timing) {
        this(options, new ModelHttp(options.address(),
                options.apiKey().isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + options.apiKey()),
                options.sending().connectTimeout(), options.sending().proxies(), new ChatFaults(options, timing)));
    }

    Reply complete(ObjectNode request, Bounds bounds) throws InterruptedException {
        return http.post(options.address().newBuilder().addPathSegment("chat").addPathSegment("completions").build(),
                ModelJson.bytes(request), options.sending().callTimeout(), bounds);
    }

    Reply models(Bounds bounds) throws InterruptedException {
        return http.get(options.address().newBuilder().addPathSegment("models").build(), options.sending().selfCheckTimeout(),
                bounds);
    }
}
