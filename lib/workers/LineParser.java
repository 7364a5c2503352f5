package workers;

import java.io.IOException;

/** Turns a line of output into a value of bounded size. */
@FunctionalInterface
public interface LineParser<T> {
    /** @throws IOException only from the stream itself; a bad line is not an exception */
    T parse(LineReader line) throws IOException;

    /**
     * Handles a line for which {@link #parse} failed all the same, which is a bug of ours: the other lines are still read.
     *
     * @param line already read to its end
     * @return null leaves the line out
     */
    default T unreadable(LineReader line) {
        return null;
    }
}
