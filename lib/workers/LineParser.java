package workers;

import java.io.IOException;

/** Makes something bounded of a line of output. */
@FunctionalInterface
public interface LineParser<T> {
    /** @throws IOException only from the stream itself; what a line holds is no exception */
    T parse(LineReader line) throws IOException;
}
