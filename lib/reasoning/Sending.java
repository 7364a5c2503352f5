package reasoning;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How requests reach a model's server, whatever its API.
 *
 * @param callTimeout one request, from the name's lookup to the last byte; the run's own time limit may be nearer
 * @param connectTimeout of one request
 * @param selfCheckTimeout the whole self-check
 * @param retry when a request is sent again
 * @param proxies the variables that name proxies, see {@link ModelHttp}
 */
public record Sending(Duration callTimeout, Duration connectTimeout, Duration selfCheckTimeout, RetryPolicy retry,
        Map<String, String> proxies) {
    /**
     * Answers of models that think take many minutes; a limit that cuts one pays for it and asks again. Google's notes ask for a
     * client's limit of at least 15 minutes.
     */
    private static final Duration LONG_THINKING = Duration.ofMinutes(20);

    public static final Sending DEFAULT =
            new Sending(LONG_THINKING, Duration.ofSeconds(10), Duration.ofSeconds(10), RetryPolicy.DEFAULT, Map.of());

    public Sending {
        proxies = Map.copyOf(proxies);
    }

    public Sending withRetry(RetryPolicy other) {
        return new Sending(callTimeout, connectTimeout, selfCheckTimeout, other, proxies);
    }

    public Sending withTimeouts(Duration call, Duration connect, Duration selfCheck) {
        return new Sending(call, connect, selfCheck, retry, proxies);
    }

    /** @param environment the one that names proxies; nothing else in it is read */
    public Sending withProxies(Map<String, String> environment) {
        Map<String, String> named = new TreeMap<>(environment);
        named.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return new Sending(callTimeout, connectTimeout, selfCheckTimeout, retry, named);
    }

    /** What a variable says, without the space around it; empty where it says nothing. */
    public static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Whether a key can be sent: a header carries visible ASCII only, and an HTTP client's own complaint would quote the key. */
    public static boolean canCarry(String key) {
        return key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
