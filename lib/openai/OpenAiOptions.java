package openai;

import contract.Failure;
import contract.Variables;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import reasoning.BaseUrl;
import reasoning.Prices;
import reasoning.RetryPolicy;

/**
 * How the API is called.
 *
 * @param apiKey sent as a header and shown nowhere; empty for a server that wants none
 * @param baseUrl up to and with {@code /v1}; https, or http without a key or to loopback
 * @param maxTokens of an answer, thinking included
 * @param callTimeout one request; the run's own time limit may be nearer
 * @param selfCheckTimeout the whole self-check
 * @param proxies the variables that name proxies
 */
record OpenAiOptions(String apiKey, URI baseUrl, String model, int maxTokens, Prices prices, Duration callTimeout,
        Duration connectTimeout, Duration selfCheckTimeout, RetryPolicy retry, Map<String, String> proxies) {
    static final URI DEFAULT_BASE_URL = URI.create("https://api.openai.com/v1");
    private static final int DEFAULT_MAX_TOKENS = 16_384;

    OpenAiOptions {
        apiKey = checkKey(apiKey);
        BaseUrl.check(baseUrl, "OpenAI's API", Variables.OPENAI_BASE_URL, !apiKey.isEmpty());
        proxies = Map.copyOf(proxies);
    }

    /** Everything that has a default at its default. */
    static OpenAiOptions of(String apiKey, URI baseUrl, String model, Prices prices) {
        return new OpenAiOptions(apiKey, baseUrl, model, DEFAULT_MAX_TOKENS, prices, Duration.ofMinutes(20),
                Duration.ofSeconds(10), Duration.ofSeconds(10), RetryPolicy.DEFAULT, Map.of());
    }

    /**
     * Reads {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, {@code OPENAI_MODEL}, the proxies and the prices.
     *
     * @param model what the command line says, which wins over the environment
     * @throws Failure of a failed self-check when a key or a model is missing; usage when a value is wrong
     */
    static OpenAiOptions fromEnvironment(Map<String, String> environment, Optional<String> model) {
        URI base = read(environment, Variables.OPENAI_BASE_URL)
                .map(text -> BaseUrl.parse(text, Variables.OPENAI_BASE_URL, DEFAULT_BASE_URL)).orElse(DEFAULT_BASE_URL);
        Optional<String> key = read(environment, Variables.OPENAI_API_KEY);
        if (key.isEmpty() && base.equals(DEFAULT_BASE_URL)) {
            throw Failure.selfCheck("there is no key for OpenAI's API: " + Variables.OPENAI_API_KEY + " is not set",
                    "set it; or name a server that wants none with " + Variables.OPENAI_BASE_URL
                            + ", for instance http://127.0.0.1:11434/v1");
        }
        String name = model.or(() -> read(environment, Variables.OPENAI_MODEL)).orElseThrow(() -> Failure.selfCheck(
                "no model is named for --reasoner openai", "give one with --model or " + Variables.OPENAI_MODEL));
        OpenAiOptions options = of(key.orElse(""), base, name.strip(), Prices.load(environment));
        Map<String, String> proxies = new TreeMap<>(environment);
        proxies.keySet().removeIf(variable -> !variable.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return new OpenAiOptions(options.apiKey, options.baseUrl, options.model, options.maxTokens, options.prices,
                options.callTimeout, options.connectTimeout, options.selfCheckTimeout, options.retry, proxies);
    }

    OpenAiOptions withRetry(RetryPolicy other) {
        return new OpenAiOptions(apiKey, baseUrl, model, maxTokens, prices, callTimeout, connectTimeout, selfCheckTimeout,
                other, proxies);
    }

    OpenAiOptions withCallTimeout(Duration limit) {
        return new OpenAiOptions(apiKey, baseUrl, model, maxTokens, prices, limit, connectTimeout, selfCheckTimeout, retry,
                proxies);
    }

    HttpUrl address() {
        return BaseUrl.check(baseUrl, "OpenAI's API", Variables.OPENAI_BASE_URL, !apiKey.isEmpty());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OpenAiOptions[baseUrl=" + baseUrl + ", model=" + model + "]";
    }

    private static Optional<String> read(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A header can carry visible ASCII only; an HTTP client's own complaint would quote the key. */
    private static String checkKey(String key) {
        String stripped = key.strip();
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Failure.selfCheck(Variables.OPENAI_API_KEY + " is no key: it holds characters that no key has",
                    "copy it again");
        }
        return stripped;
    }
}
