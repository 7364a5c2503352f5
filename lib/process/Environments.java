package process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Looks into the environments of running processes, where the system shows them: Linux, for processes of the same user. */
final class Environments {
    private static final File PROC = new File("/proc");
    private static final int USUAL = 1 << 16;
    /** More than this is not looked at; the cookie is a variable like others, and environments are rarely over some KB. */
    private static final int LIMIT = 1 << 20;

    private Environments() {}

    /** The processes in whose environment at their start {@code text} stood; none where that cannot be seen. */
    static Set<ProcessHandle> holding(String text) {
        Set<ProcessHandle> found = new HashSet<>();
        String[] names = new File(PROC, "self/environ").exists() ? PROC.list() : null;
        if (names == null) {
            return found;
        }
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        // With plain files and one buffer: this runs at the end of every child, and has to be cheap in a cold JVM too.
        byte[] buffer = new byte[USUAL];
        for (String name : names) {
            if (name.charAt(0) < '0' || name.charAt(0) > '9') {
                continue;
            }
            int length = 0;
            try (InputStream in = new FileInputStream(new File(PROC, name + "/environ"))) {
                int n = in.read(buffer);
                while (n >= 0 && length < LIMIT) {
                    length += n;
                    buffer = length == buffer.length ? Arrays.copyOf(buffer, 2 * length) : buffer;
                    n = in.read(buffer, length, buffer.length - length);
                }
            } catch (IOException e) {
                // Another user's, or gone in the meantime: none of ours.
                continue;
            }
            if (contains(buffer, length, wanted)) {
                ProcessHandle.of(Long.parseLong(name)).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean contains(byte[] bytes, int length, byte[] wanted) {
        for (int i = 0; i <= length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
