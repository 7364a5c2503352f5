package services;

import java.util.Locale;
import java.util.Map;

/**
 * One service as it is now.
 *
 * @param version image or program version
 * @param urls addresses by what they are for ({@code OTLP gRPC}, {@code page}), in the order to show them
 * @param detail what a person should know beside the state: an exit code, a reason; possibly empty
 */
public record ServiceStatus(String service, State state, String version, Map<String, String> urls, String detail) {
    /** For instance {@code stopped: it was killed (pid 4711)}. */
    public String words() {
        return detail.isEmpty() ? state.value() : state.value() + ": " + detail;
    }

    /** In the words of {@code stack status} and of its JSON. */
    public enum State {
        READY, STARTING, STOPPED, FAILED, ABSENT;

        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
