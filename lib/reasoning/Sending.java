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

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SELF_CHECK = Duration.ofSeconds(10);

    /** As it is done in a run. @param environment the one that names proxies; nothing else in it is read */
    public static Sending of(Map<String, String> environment) {
        Map<String, String> proxies = new TreeMap<>(environment);
        proxies.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return new Sending(LONG_THINKING, CONNECT, SELF_CHECK, RetryPolicy.DEFAULT, proxies);
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
