package console;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The last line of a terminal, drawn again and again while something runs, so that the user sees progress. Without a terminal it
 * does nothing. Print text through this object too, so that the two do not mix.
 */
public final class StatusLine implements AutoCloseable {
    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final String[] PLAIN_FRAMES = {"|", "/", "-", "\\"};
    private static final long PERIOD_MILLIS = 120;
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    /** Tells the terminal not to wrap: a line that is too long must not continue on the next row. */
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final Console console;
    private final boolean living;
    private final Thread thread;
    private volatile boolean closed;
    private Supplier<String> text = () -> "";
    private Instant since = Instant.now();
    private int frame;
    /** Columns of the line that is drawn now. */
    private int drawn;

    /** @param wanted whether it may draw; it draws only on a terminal */
    public StatusLine(Console console, boolean wanted) {
        this.console = console;
        this.living = wanted && console.live();
        this.thread = new Thread(this::animate, "status-line");
        thread.setDaemon(true);
        if (living) {
            thread.start();
        }
    }

    /** Sets the source of the text from now on; it is read at each drawing. An empty text clears the line. */
    public synchronized void show(Supplier<String> what) {
        text = what;
        since = Instant.now();
        redraw();
    }

    /** Prints a line above the status line. */
    public synchronized void note(String line) {
        clear();
        console.note(line);
        redraw();
    }

    /** Prints a line of data above the status line, on stdout. */
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

    /** Clears the drawn line. A terminal that became narrower has broken it into several rows. */
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
        // One column stays free: some terminals wrap after the last column.
        int room = Math.max(10, console.width() - took.length() - 5);
        String line = Format.oneLine(what, room);
        clear();
        console.draw(NO_WRAP + console.palette().cyan(frames[frame % frames.length]) + " " + line + "  "
                + console.palette().dim(took) + WRAP);
        drawn = 2 + Cells.width(line) + 2 + took.length();
    }
}
