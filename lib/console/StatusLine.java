package console;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The last line of a terminal, drawn again and again while something goes on, so that people see that it does. Where nobody looks it
 * does nothing. Lines of text are printed through it, so that they do not mix.
 */
public final class StatusLine implements AutoCloseable {
    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final String[] PLAIN_FRAMES = {"|", "/", "-", "\\"};
    private static final long PERIOD_MILLIS = 120;
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    /** A line that is longer than the terminal must not go on in the next one: the terminal is told not to wrap it. */
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final Console console;
    private final boolean living;
    private final Thread thread;
    private volatile boolean closed;
    private Supplier<String> text = () -> "";
    private Instant since = Instant.now();
    private int frame;
    /** Columns of what stands there now. */
    private int drawn;

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
        clear();
        console.note(line);
        redraw();
    }

    /** Prints a line of data above, on stdout. */
    public synchronized void out(String line) {
        clear();
        console.out(line);
        redraw();
    }

    @Override
    public synchronized void close() {
        closed = true;
        thread.interrupt();
        clear();
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

    /** Removes what stands there. A terminal that was made narrower has broken it into several rows. */
    private void clear() {
        if (!living) {
            return;
        }
        int rows = Math.max(0, drawn - 1) / Math.max(1, console.width());
        console.draw(rows == 0 ? CLEAR_LINE : "\r\u001b[" + rows + "A" + CLEAR_BELOW);
        drawn = 0;
    }

    private void redraw() {
        if (!living || closed) {
            return;
        }
        String what = text.get();
        if (what.isEmpty()) {
            clear();
            return;
        }
        String[] frames = console.palette().unicode() ? FRAMES : PLAIN_FRAMES;
        String took = Format.duration(Duration.between(since, Instant.now()));
        // One column stays free: some terminals wrap when the last one is written.
        int room = Math.max(10, console.width() - took.length() - 5);
        String line = Format.oneLine(what, room);
        clear();
        console.draw(NO_WRAP + console.palette().cyan(frames[frame % frames.length]) + " " + line + "  "
                + console.palette().dim(took) + WRAP);
        drawn = 2 + Cells.width(line) + 2 + took.length();
    }
}
