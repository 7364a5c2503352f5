package gemini;

import agent.Bounds;
import java.time.Duration;
import java.util.Map;
import okhttp3.HttpUrl;
import reasoning.ModelHttp;
import reasoning.ModelJson;
import reasoning.Reply;
import reasoning.Timing;

/** The two methods of Gemini's API that PA uses. */
record GeminiClient(HttpUrl base, ModelHttp http) {
    private static final String KEY_HEADER = "x-goog-api-key";
    private static final String API_VERSION = "v1beta";

    GeminiClient(GeminiOptions options, Timing timing) {
        this(options.address(), new ModelHttp(options.address(), Map.of(KEY_HEADER, options.apiKey()),
                options.sending().connectTimeout(), options.sending().proxies(),
                new Faults(options.address(), options.apiKey(), timing)));
    }

    /** {@code models/{model}:generateContent}. */
    Reply generate(String model, GenerateRequest request, Duration limit, Bounds bounds) throws InterruptedException {
        return http.post(url(model + ":generateContent"), ModelJson.bytes(request), limit, bounds);
    }

    /** {@code GET models/{model}}. */
    Reply model(String model, Duration limit, Bounds bounds) throws InterruptedException {
        return http.get(url(model), limit, bounds);
    }

    private HttpUrl url(String lastSegment) {
        return base.newBuilder().addPathSegment(API_VERSION).addPathSegment("models").addPathSegment(lastSegment).build();
    }
}
