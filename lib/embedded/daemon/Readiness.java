package embedded.daemon;

import embedded.daemon.Settings.PortName;
import embedded.page.WebPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks the background JVM whether it serves: a process that is there may still hang. */
final class Readiness {
    private static final int TIMEOUT_MILLIS = 2000;
    private static final long POLL_MILLIS = 50;

    private Readiness() {}

    /**
     * Asks until it answers, until the process has ended, or for so long; once at least.
     *
     * @return what is wrong; empty when it serves
     */
    static Optional<String> await(DaemonState state, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<String> problem = problem(state);
        while (problem.isPresent() && state.process().isPresent() && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return problem;
            }
            problem = problem(state);
        }
        return problem;
    }

    /** What is wrong; empty when the page answers, and as the process that is meant. */
    private static Optional<String> problem(DaemonState state) {
        Settings settings = state.settings();
        String host = settings.bind().equals("0.0.0.0") ? "127.0.0.1" : settings.bind().equals("::") ? "::1"
                : settings.bind();
        String address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port(PortName.PAGE);
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(address + WebPage.READY_PATH)
                    .openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
                return answer.equals(state.token()) ? Optional.empty()
                        : Optional.of("another process answers on port " + settings.port(PortName.PAGE));
            }
        } catch (IOException e) {
            return Optional.of("pid " + state.pid() + " does not answer on " + address + ": " + e.getMessage());
        }
    }
}
