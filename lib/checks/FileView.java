package checks;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Files of a project as they are, or as they were in an earlier state. Paths are relative, with {@code /}. */
public interface FileView {
    /** Whether there is a regular file of this name. */
    boolean exists(String path);

    /** Whether there is one that may be executed. */
    boolean executable(String path);

    /** Its text as UTF-8; empty when there is none, or it cannot be read. */
    String text(String path);

    /** Says that the texts of these will be asked for: where each costs a process, all are read at once. */
    default void expect(Collection<String> paths) {}

    /** All of them; of the present files those that {@link #named} would find. */
    List<String> paths();

    /** The files whose own name matches, outside of build output and hidden folders; bounded in a huge tree. */
    List<String> named(Pattern name);
}
