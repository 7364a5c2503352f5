package workers;

import java.io.IOException;

/** Makes something bounded of a line of output. */
@FunctionalInterface
public interface LineParser<T> {
    /** @throws IOException only from the stream itself; what a line holds is no exception */
    T parse(LineReader line) throws IOException;

    /**
     * For a line at which {@link #parse} failed all the same, which is a defect of ours: the other lines are still read.
     *
     * @param line read to its end
     * @return null leaves the line out
     */
    default T unreadable(LineReader line) {
        return null;
    }
}
