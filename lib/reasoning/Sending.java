package reasoning;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings for requests to a model's server, the same for every API.
 *
 * @param callTimeout for one request, from the DNS lookup to the last byte; the run's own time limit may end it earlier
 * @param connectTimeout of one request
 * @param selfCheckTimeout the whole self-check
 * @param retry when a failed request is sent again
 * @param proxies the variables that name proxies, see {@link ModelHttp}
 */
public record Sending(Duration callTimeout, Duration connectTimeout, Duration selfCheckTimeout, RetryPolicy retry,
        Map<String, String> proxies) {
    /**
     * Models that think need many minutes for an answer. A shorter limit would end the call, and PA would pay for a second one. Google
     * recommends a client's limit of at least 15 minutes.
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

    /** @param environment the variables that name proxies; nothing else is read from it */
    public Sending withProxies(Map<String, String> environment) {
        Map<String, String> named = new TreeMap<>(environment);
        named.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return new Sending(callTimeout, connectTimeout, selfCheckTimeout, retry, named);
    }

    /** The value of a variable without surrounding space; empty where it has none. */
    public static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Whether a key can be sent: a header may contain visible ASCII only, and the HTTP client's own error would quote the key. */
    public static boolean canCarry(String key) {
        return key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
