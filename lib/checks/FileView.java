package checks;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Files of a project in their present or an earlier state. Paths are relative, with {@code /}. */
public interface FileView {
    /** Whether there is a regular file of this name. */
    boolean exists(String path);

    /** Whether there is an executable file of this name. */
    boolean executable(String path);

    /** The file's text as UTF-8; empty when there is no file, or it cannot be read. */
    String text(String path);

    /** Announces that the texts of these files will be needed: where each reading costs a process, all are read at once. */
    default void expect(Collection<String> paths) {}

    /** All files; for the present state, those that {@link #named} would find. */
    List<String> paths();

    /** The files with a matching name, without build output and hidden folders; not complete in a huge tree. */
    List<String> named(Pattern name);
}
