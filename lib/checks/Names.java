package checks;

import java.util.Set;

/** Names of files and folders, to decide which belong to a check. */
final class Names {
    /** Folders with tests and their reference data, in any language. */
    private static final Set<String> TEST_FOLDERS = Set.of("test", "tests", "spec", "specs", "__tests__", "__mocks__",
            "__snapshots__", "testdata", "test-data", "fixtures", "golden", "goldens", "snapshots", "e2e", "integration-tests");

    private Names() {}

    /** The file's own name. */
    static String of(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether some folder of the path has one of these names. */
    static boolean inFolder(String path, Set<String> folders) {
        String[] parts = path.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            if (folders.contains(parts[i])) {
                return true;
            }
        }
        return false;
    }

    static boolean inTestFolder(String path) {
        return inFolder(path, TEST_FOLDERS);
    }
}
