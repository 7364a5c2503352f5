package embedded.daemon;

import embedded.daemon.DaemonSettings.PortName;
import embedded.page.WebPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the background JVM whether it serves: a process that is there may not answer. */
final class DaemonReadiness {
    private static final int TIMEOUT_MILLIS = 5000;
    private static final long POLL_MILLIS = 50;

    private DaemonReadiness() {}

    /** What an answer, or none, means. */
    enum State {
        SERVES,
        /** It answers, and cannot store. */
        TROUBLE,
        SILENT
    }

    /** @param problem what is wrong; empty when it serves */
    record Look(State state, String problem) {
        boolean serves() {
            return state == State.SERVES;
        }
    }

    /** Asks until it answers, until the process has ended, or for so long; once at least. */
    static Look await(DaemonState state, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Look look = look(state);
        while (look.state == State.SILENT && state.process().isPresent() && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return look;
            }
            look = look(state);
        }
        return look;
    }

    private static Look look(DaemonState state) {
        String address = state.settings().address(PortName.PAGE);
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(address + WebPage.READY_PATH)
                    .openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
                String[] lines = answer.split("\n", 2);
                if (!lines[0].equals(state.token())) {
                    return new Look(State.SILENT, "another process answers on " + address);
                }
                return lines.length > 1 ? new Look(State.TROUBLE, lines[1]) : new Look(State.SERVES, "");
            }
        } catch (IOException e) {
            return new Look(State.SILENT, "pid " + state.pid() + " does not answer on " + address + ": " + e.getMessage());
        }
    }
}
