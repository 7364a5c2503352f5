package reasoning;

import java.time.Duration;
import java.util.Map;

/** How a test's requests are sent. */
public final class Sendings {
    public static final Sending DEFAULT = Sending.of(Map.of());

    private Sendings() {}

    /** @param call a whole one, from the first byte to the last */
    public static Sending within(Duration call, Duration selfCheck, RetryPolicy retry) {
        return new Sending(call, Duration.ofSeconds(5), selfCheck, retry, Map.of());
    }

    public static Sending retrying(RetryPolicy retry, Map<String, String> proxies) {
        return new Sending(DEFAULT.callTimeout(), DEFAULT.connectTimeout(), DEFAULT.selfCheckTimeout(), retry, proxies);
    }
}
