package gemini;

import contract.Failure;
import contract.Variables;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import reasoning.BaseUrl;
import reasoning.Prices;
import reasoning.RetryPolicy;

/**
 * How Gemini is called.
 *
 * @param apiKey sent as a header and shown nowhere
 * @param baseUrl https, or http to loopback; a path in it is kept
 * @param model for instance {@code gemini-3.8-flash}
 * @param temperature 1.0 unless there is a reason: Google advises against lower values for Gemini 3, which make it loop
 * @param maxOutputTokens thinking included, so it bounds what a runaway answer costs; at least {@link #LEAST_TOKENS}
 * @param thinkingLevel {@code LOW}, {@code MEDIUM} or {@code HIGH}; empty leaves it to the model
 * @param prices what calls cost
 * @param callTimeout one request, from the name's lookup to the last byte; the run's own time limit may be nearer
 * @param connectTimeout of one request
 * @param selfCheckTimeout the whole self-check
 * @param retry when a request is sent again
 * @param proxies the variables that name proxies, see {@link reasoning.ModelHttp}
 */
public record GeminiOptions(String apiKey, URI baseUrl, String model, double temperature, int maxOutputTokens,
        Optional<String> thinkingLevel, Prices prices, Duration callTimeout, Duration connectTimeout,
        Duration selfCheckTimeout, RetryPolicy retry, Map<String, String> proxies) {
    public static final String DEFAULT_MODEL = "gemini-3.8-flash";
    public static final URI DEFAULT_BASE_URL = URI.create("https://generativelanguage.googleapis.com");
    /** Below this, thinking eats the answer. */
    public static final int LEAST_TOKENS = 2048;

    /**
     * Answers of Gemini 4 take many minutes; a limit that cuts one pays for it and asks again. Google's notes ask for a client's
     * limit of at least 15 minutes.
     */
    private static final Duration LONG_THINKING = Duration.ofMinutes(20);
    private static final int DEFAULT_MAX_OUTPUT_TOKENS = 16_384;
    private static final double DEFAULT_TEMPERATURE = 1.0;
    private static final double HIGHEST_TEMPERATURE = 2.0;
    private static final Set<String> THINKING_LEVELS = Set.of("LOW", "MEDIUM", "HIGH");
    private static final String KEY_PAGE = "https://aistudio.google.com/apikey";

    public GeminiOptions {
        apiKey = checkKey(apiKey);
        BaseUrl.check(baseUrl, "Gemini", Variables.GEMINI_BASE_URL, true);
        proxies = Map.copyOf(proxies);
        model = ModelName.of(model).value();
        if (!(temperature >= 0 && temperature <= HIGHEST_TEMPERATURE)) {
            throw Failure.usage("the temperature " + temperature + " is not between 0 and 2", "leave it at 1.0");
        }
        if (maxOutputTokens < LEAST_TOKENS) {
            throw Failure.usage(maxOutputTokens + " output tokens are too few: thinking would eat the answer",
                    "give at least " + LEAST_TOKENS);
        }
        if (thinkingLevel.filter(level -> !THINKING_LEVELS.contains(level)).isPresent()) {
            throw Failure.usage("'" + thinkingLevel.get() + "' is not a thinking level", "one of LOW, MEDIUM, HIGH");
        }
    }

    /** Everything that has a default at its default. */
    public static GeminiOptions of(String apiKey, URI baseUrl, String model, Prices prices) {
        return new GeminiOptions(apiKey, baseUrl, model, DEFAULT_TEMPERATURE, DEFAULT_MAX_OUTPUT_TOKENS, Optional.empty(),
                prices, LONG_THINKING, Duration.ofSeconds(10), Duration.ofSeconds(10), RetryPolicy.DEFAULT, Map.of());
    }

    /**
     * Reads {@code GEMINI_API_KEY} (else {@code GOOGLE_API_KEY}), {@code GOOGLE_GEMINI_BASE_URL}, {@code GEMINI_MODEL}, and
     * the prices.
     *
     * @param model what the command line says, which wins over the environment
     * @throws Failure of a failed self-check when there is no key; usage when a value is wrong
     */
    public static GeminiOptions fromEnvironment(Map<String, String> environment, Optional<String> model) {
        String key = read(environment, Variables.GEMINI_API_KEY).or(() -> read(environment, Variables.GOOGLE_API_KEY))
                .orElseThrow(() -> Failure.selfCheck(
                        "there is no Gemini API key: " + Variables.GEMINI_API_KEY + " is not set",
                        "let your own Claude Code decide: --reasoner claude; or get a key at " + KEY_PAGE
                                + "; or go on without a model: --reasoner rules; or see how it works: --rehearse"));
        URI base = read(environment, Variables.GEMINI_BASE_URL)
                .map(text -> BaseUrl.parse(text, Variables.GEMINI_BASE_URL, DEFAULT_BASE_URL))
                .orElse(DEFAULT_BASE_URL);
        String name = model.or(() -> read(environment, Variables.GEMINI_MODEL)).orElse(DEFAULT_MODEL);
        return of(key, base, name, Prices.load(environment)).withProxies(environment);
    }

    public GeminiOptions withRetry(RetryPolicy other) {
        return new GeminiOptions(apiKey, baseUrl, model, temperature, maxOutputTokens, thinkingLevel, prices, callTimeout,
                connectTimeout, selfCheckTimeout, other, proxies);
    }

    public GeminiOptions withTimeouts(Duration call, Duration connect, Duration selfCheck) {
        return new GeminiOptions(apiKey, baseUrl, model, temperature, maxOutputTokens, thinkingLevel, prices, call, connect,
                selfCheck, retry, proxies);
    }

    public GeminiOptions withMaxOutputTokens(int tokens) {
        return new GeminiOptions(apiKey, baseUrl, model, temperature, tokens, thinkingLevel, prices, callTimeout,
                connectTimeout, selfCheckTimeout, retry, proxies);
    }

    public GeminiOptions withThinkingLevel(String level) {
        return new GeminiOptions(apiKey, baseUrl, model, temperature, maxOutputTokens, Optional.of(level), prices,
                callTimeout, connectTimeout, selfCheckTimeout, retry, proxies);
    }

    /** @param environment the one that names proxies; nothing else in it is read */
    public GeminiOptions withProxies(Map<String, String> environment) {
        Map<String, String> named = new TreeMap<>(environment);
        named.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return new GeminiOptions(apiKey, baseUrl, model, temperature, maxOutputTokens, thinkingLevel, prices, callTimeout,
                connectTimeout, selfCheckTimeout, retry, named);
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

    private static Optional<String> read(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A header can carry visible ASCII only; an HTTP client's own complaint would quote the key. */
    private static String checkKey(String key) {
        String stripped = key.strip();
        if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Failure.selfCheck("the Gemini API key is not one: it holds characters that no key has",
                    "copy it again from " + KEY_PAGE);
        }
        return stripped;
    }
}
