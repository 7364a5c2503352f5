package cli.run;

import console.Console;
import functions.Consent;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the person at the terminal itself, so that neither a pipe nor the worker can answer. No answer within the limit is a
 * no; so is a terminal that is not there.
 */
record TerminalConsent(Console console) implements Consent {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String TERMINAL = "/dev/tty";
    private static final long LOOK_MILLIS = 50;

    @Override
    public boolean given(String command, String why) throws InterruptedException {
        try (InputStream terminal = new FileInputStream(TERMINAL)) {
            // What was typed before the question is no answer to it.
            terminal.readNBytes(terminal.available());
            console.note("pa: may this be run (" + why + ")?  " + command);
            console.note("    y runs it, anything else does not; no answer within " + LIMIT.toSeconds() + " s is a no");
            return answer(terminal);
        } catch (IOException e) {
            // No terminal of our own, as in a service or a container: nobody to ask.
            return false;
        }
    }

    private boolean answer(InputStream terminal) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (terminal.available() == 0) {
            if (System.nanoTime() > end) {
                console.note("pa: no answer, so it is not run");
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        String word = new String(terminal.readNBytes(terminal.available()), StandardCharsets.UTF_8).strip();
        return word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes");
    }
}
