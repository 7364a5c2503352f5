package gemini;

import contract.Failure;
import contract.Variables;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import reasoning.BaseUrl;
import reasoning.Prices;
import reasoning.Sending;

/**
 * The settings for calling Gemini.
 *
 * @param apiKey sent as a header and never shown
 * @param baseUrl https, or http to loopback; its path is kept
 * @param model for instance {@code gemini-3.8-flash}
 * @param prices of the calls
 * @param sending time limits, retries, proxies
 */
public record GeminiOptions(String apiKey, URI baseUrl, String model, Prices prices, Sending sending) {
    public static final String DEFAULT_MODEL = "gemini-3.8-flash";
    public static final URI DEFAULT_BASE_URL = URI.create("https://generativelanguage.googleapis.com");
    /** Google advises against lower values for Gemini 3, which make it loop. */
    static final double TEMPERATURE = 1.0;
    /** Of an answer, thinking included, so it bounds what a runaway answer costs. */
    static final int MAX_OUTPUT_TOKENS = 16_384;
    private static final String KEY_PAGE = "https://aistudio.google.com/apikey";

    public GeminiOptions {
        apiKey = checkKey(apiKey);
        BaseUrl.check(baseUrl, "Gemini", Variables.GEMINI_BASE_URL, true);
        model = ModelName.of(model).value();
    }

    /**
     * Reads {@code GEMINI_API_KEY} (else {@code GOOGLE_API_KEY}), {@code GOOGLE_GEMINI_BASE_URL}, {@code GEMINI_MODEL}, and
     * the prices.
     *
     * @param model from the command line; it wins over the environment
     * @throws Failure of a failed self-check when there is no key; usage when a value is wrong
     */
    public static GeminiOptions fromEnvironment(Map<String, String> environment, Optional<String> model) {
        String key = Sending.variable(environment, Variables.GEMINI_API_KEY)
                .or(() -> Sending.variable(environment, Variables.GOOGLE_API_KEY))
                .orElseThrow(() -> Failure.selfCheck(
                        "there is no Gemini API key: " + Variables.GEMINI_API_KEY + " is not set",
                        "let your own Claude Code decide: --reasoner claude; or get a key at " + KEY_PAGE
                                + "; or run without a model: --reasoner rules; or see how it works: --rehearse"));
        URI base = Sending.variable(environment, Variables.GEMINI_BASE_URL)
                .map(text -> BaseUrl.parse(text, Variables.GEMINI_BASE_URL, DEFAULT_BASE_URL))
                .orElse(DEFAULT_BASE_URL);
        String name = model.or(() -> Sending.variable(environment, Variables.GEMINI_MODEL)).orElse(DEFAULT_MODEL);
        return new GeminiOptions(key, base, name, Prices.load(environment), Sending.of(environment));
    }

    /** The base URL, checked. */
    HttpUrl address() {
        return BaseUrl.check(baseUrl, "Gemini", Variables.GEMINI_BASE_URL, true);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "GeminiOptions[baseUrl=" + baseUrl + ", model=" + model + "]";
    }

    private static String checkKey(String key) {
        String stripped = key.strip();
        if (stripped.isEmpty() || !Sending.canCarry(stripped)) {
            throw Failure.selfCheck("the Gemini API key is invalid: it contains characters that no key has",
                    "copy the key again from " + KEY_PAGE);
        }
        return stripped;
    }
}
