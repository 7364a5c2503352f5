package openai;

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
 * The settings for calling the API.
 *
 * @param apiKey sent as a header and never shown; empty for a server that needs none
 * @param baseUrl up to and including {@code /v1}; https, or http without a key or to loopback
 * @param sending time limits, retries, proxies
 */
record OpenAiOptions(String apiKey, URI baseUrl, String model, Prices prices, Sending sending) {
    static final URI DEFAULT_BASE_URL = URI.create("https://api.openai.com/v1");
    /** Of an answer, thinking included. */
    static final int MAX_TOKENS = 16_384;

    OpenAiOptions {
        apiKey = checkKey(apiKey);
        BaseUrl.check(baseUrl, "OpenAI's API", Variables.OPENAI_BASE_URL, !apiKey.isEmpty());
    }

    /**
     * Reads {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, {@code OPENAI_MODEL}, the proxies and the prices.
     *
     * @param model from the command line; it wins over the environment
     * @throws Failure of a failed self-check when a key or a model is missing; usage when a value is wrong
     */
    static OpenAiOptions fromEnvironment(Map<String, String> environment, Optional<String> model) {
        URI base = Sending.variable(environment, Variables.OPENAI_BASE_URL)
                .map(text -> BaseUrl.parse(text, Variables.OPENAI_BASE_URL, DEFAULT_BASE_URL)).orElse(DEFAULT_BASE_URL);
        Optional<String> key = Sending.variable(environment, Variables.OPENAI_API_KEY);
        if (key.isEmpty() && base.equals(DEFAULT_BASE_URL)) {
            throw Failure.selfCheck("there is no key for OpenAI's API: " + Variables.OPENAI_API_KEY + " is not set",
                    "set it; or, for a server that needs no key, set " + Variables.OPENAI_BASE_URL
                            + ", for instance to http://127.0.0.1:11434/v1");
        }
        String name = model.or(() -> Sending.variable(environment, Variables.OPENAI_MODEL)).orElseThrow(() -> Failure.selfCheck(
                "--reasoner openai needs the name of a model", "set it with --model or " + Variables.OPENAI_MODEL));
        return new OpenAiOptions(key.orElse(""), base, name.strip(), Prices.load(environment), Sending.of(environment));
    }

    HttpUrl address() {
        return BaseUrl.check(baseUrl, "OpenAI's API", Variables.OPENAI_BASE_URL, !apiKey.isEmpty());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OpenAiOptions[baseUrl=" + baseUrl + ", model=" + model + "]";
    }

    private static String checkKey(String key) {
        String stripped = key.strip();
        if (!Sending.canCarry(stripped)) {
            throw Failure.selfCheck(Variables.OPENAI_API_KEY + " is not a key: it contains characters that no key has",
                    "copy the key again");
        }
        return stripped;
    }
}
