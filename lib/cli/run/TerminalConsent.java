package cli.run;

import console.Console;
import functions.Consent;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the user on the terminal itself, so that neither a pipe nor the worker can answer. Without an answer in time, and without a
 * terminal, the answer is no.
 */
record TerminalConsent(Console console) implements Consent {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String TERMINAL = "/dev/tty";
    private static final long LOOK_MILLIS = 50;

    @Override
    public boolean given(String command, String why) throws InterruptedException {
        try (InputStream terminal = new FileInputStream(TERMINAL)) {
            // Keys typed before the question are no answer to it.
            terminal.readNBytes(terminal.available());
            console.note("pa: may PA run this (" + why + ")?  " + command);
            console.note("    y runs it, any other answer does not; no answer within " + LIMIT.toSeconds() + " s means no");
            return answer(terminal);
        } catch (IOException e) {
            // No terminal, as in a service or a container: nobody can answer.
            return false;
        }
    }

    private boolean answer(InputStream terminal) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (terminal.available() == 0) {
            if (System.nanoTime() > end) {
                console.note("pa: no answer, so PA does not run it");
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        String word = new String(terminal.readNBytes(terminal.available()), StandardCharsets.UTF_8).strip();
        return word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes");
    }
}
