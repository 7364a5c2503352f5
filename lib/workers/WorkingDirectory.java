package workers;

import contract.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder where a worker changes files. */
public final class WorkingDirectory {
    private WorkingDirectory() {}

    /** @throws Failure of the self-check when a worker cannot work there */
    public static void check(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw Failure.selfCheck("the working directory " + directory
                    + (Files.exists(directory) ? " is not a folder" : " does not exist"), "name another with --working-dir");
        }
        if (!Files.isWritable(directory)) {
            throw Failure.selfCheck("the working directory " + directory + " cannot be written to",
                    "make it writable, or name another with --working-dir");
        }
    }
}
