package console;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The last line of a terminal, drawn again and again while something goes on, so that nobody wonders. Where nobody looks it
 * does nothing. Lines of text are printed through it, so that they do not mix.
 */
public final class StatusLine implements AutoCloseable {
    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final String[] PLAIN_FRAMES = {"|", "/", "-", "\\"};
    private static final long PERIOD_MILLIS = 120;
    private static final String CLEAR = "\r\u001b[K";

    private final Console console;
    private final boolean living;
    private final Thread thread;
    private volatile boolean closed;
    private Supplier<String> text = () -> "";
    private Instant since = Instant.now();
    private int frame;

    /** @param wanted whether it may draw at all; it does so only on a terminal */
    public StatusLine(Console console, boolean wanted) {
        this.console = console;
        this.living = wanted && console.live();
        this.thread = new Thread(this::animate, "status-line");
        thread.setDaemon(true);
        if (living) {
            thread.start();
        }
    }

    /** What goes on from now; asked for at each drawing. An empty text clears the line. */
    public synchronized void show(Supplier<String> what) {
        text = what;
        since = Instant.now();
        redraw();
    }

    /** Prints a line above. */
    public synchronized void note(String line) {
        if (living) {
            console.draw(CLEAR);
        }
        console.note(line);
        redraw();
    }

    /** Prints a line of data above, on stdout. */
    public synchronized void out(String line) {
        if (living) {
            console.draw(CLEAR);
        }
        console.out(line);
        redraw();
    }

    @Override
    public synchronized void close() {
        closed = true;
        thread.interrupt();
        if (living) {
            console.draw(CLEAR);
        }
    }

    private void animate() {
        while (!closed) {
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            synchronized (this) {
                frame++;
                redraw();
            }
        }
    }

    private void redraw() {
        if (!living || closed) {
            return;
        }
        String what = text.get();
        if (what.isEmpty()) {
            console.draw(CLEAR);
            return;
        }
        String[] frames = console.palette().unicode() ? FRAMES : PLAIN_FRAMES;
        String took = Format.duration(Duration.between(since, Instant.now()));
        int room = Math.max(10, console.width() - took.length() - 6);
        console.draw(CLEAR + console.palette().cyan(frames[frame % frames.length]) + " " + Format.oneLine(what, room) + "  "
                + console.palette().dim(took));
    }
}
