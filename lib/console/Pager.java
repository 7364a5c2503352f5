package console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Shows long output on a terminal through {@code $PAGER}, otherwise through {@code less}. In a pipe, with {@code PAGER=} or
 * {@code PAGER=cat}, and without a pager, the output is printed directly.
 */
public final class Pager {
    private static final int NO_SUCH_COMMAND = 127;

    private Pager() {}

    /** @param printer prints once, to the console that it receives */
    public static void show(Console console, Map<String, String> environment, Consumer<Console> printer) {
        String pager = environment.getOrDefault("PAGER", "less").strip();
        if (!console.interactive() || pager.isEmpty() || pager.equals("cat")) {
            printer.accept(console);
            return;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        printer.accept(console.printingTo(new PrintStream(text, true, StandardCharsets.UTF_8)));
        if (text.toString(StandardCharsets.UTF_8).lines().count() < Terminal.rows() || !through(pager, text)) {
            console.out(text.toString(StandardCharsets.UTF_8).stripTrailing());
        }
    }

    /** False when the pager could not be started, so that nothing was shown. */
    private static boolean through(String pager, ByteArrayOutputStream text) {
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", pager).inheritIO()
                    .redirectInput(ProcessBuilder.Redirect.PIPE);
            // Quit when it fits, keep colours, leave the text on the screen.
            builder.environment().putIfAbsent("LESS", "FRX");
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                text.writeTo(in);
            } catch (IOException e) {
                // The user left the pager before the end, which is no error.
                return process.waitFor() != NO_SUCH_COMMAND;
            }
            return process.waitFor() != NO_SUCH_COMMAND;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
