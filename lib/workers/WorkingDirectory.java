package workers;

import contract.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which a worker is to change files. */
public final class WorkingDirectory {
    private WorkingDirectory() {}

    /** @throws Failure of the self-check when no worker could work there */
    public static void check(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw Failure.selfCheck("the working directory " + directory
                    + (Files.exists(directory) ? " is no folder" : " is not there"), "name another with --working-dir");
        }
        if (!Files.isWritable(directory)) {
            throw Failure.selfCheck("the working directory " + directory + " cannot be written to",
                    "make it writable, or name another with --working-dir");
        }
    }
}
