package rehearsal;

import java.io.IOException;
import java.util.Map;

/** How a stand-in for an agent tells what it does: each agent has lines of its own. */
interface Transcript {
    /** The round begins. */
    void begin();

    /** Words to read. */
    void say(String text);

    /**
     * A tool begins.
     *
     * @param tool {@code Read}, {@code Write} or {@code Edit}
     * @param file relative to the working directory
     * @param more what else the tool is given, by its name
     * @return the tool's id, for {@link #answer}
     */
    String use(String tool, String file, Map<String, String> more);

    /** A tool's result. */
    void answer(String id, String content, boolean failed);

    /** The round ends well; {@code said} is its last word. */
    void end(String said) throws IOException;
}
