package containers.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a command in a container reads and writes.
 *
 * @param in its standard input; the command is told when it ends
 * @param screen the terminal to run it on; then all its output comes on {@code out}. Empty: it gets pipes
 */
public record CommandStreams(InputStream in, OutputStream out, OutputStream err, Optional<Screen> screen) {
    /** A terminal as a program on it wants to know it. */
    public interface Screen {
        /** Its size now. */
        Size size();

        /** Has this listener told whenever the size has changed. */
        void whenResized(Consumer<Size> listener);
    }

    /** Lines and characters per line. */
    public record Size(int rows, int columns) {}
}
