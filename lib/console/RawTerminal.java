package console;

import java.io.IOException;

/**
 * The terminal while another program controls it: every key is sent to that program, Ctrl-C too, and nothing is echoed here.
 * {@link #close} restores the terminal.
 */
public final class RawTerminal implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 5000;

    private final String before;
    private Runnable deafen = () -> {};

    private RawTerminal(String before) {
        this.before = before;
    }

    /** @throws IOException when there is no terminal, or it cannot be changed */
    public static RawTerminal enter() throws IOException {
        RawTerminal terminal = new RawTerminal(Terminal.stty(PATIENCE_MILLIS, "-g"));
        Terminal.stty(PATIENCE_MILLIS, "raw", "-echo");
        return terminal;
    }

    /** Lines and columns; 24 and 80 when the terminal does not report them. */
    public int[] size() {
        try {
            String[] numbers = Terminal.stty(PATIENCE_MILLIS, "size").split(" ");
            return new int[] {Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])};
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new int[] {24, 80};
        }
    }

    /** Tells whenever the person has changed its size. */
    public void whenResized(Runnable listener) {
        deafen = Signals.handle("WINCH", listener);
    }

    @Override
    public void close() throws IOException {
        deafen.run();
        Terminal.stty(PATIENCE_MILLIS, before);
    }
}
