package functions.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists in the format of git's {@code -z}. */
final class NullSeparated {
    private NullSeparated() {}

    static void add(ByteArrayOutputStream list, String entry) {
        list.writeBytes(entry.getBytes(StandardCharsets.UTF_8));
        list.write(0);
    }

    /** The entries; bytes that are not UTF-8 become U+FFFD. */
    static List<String> split(byte[] bytes) {
        List<String> entries = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                entries.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            entries.add(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
        }
        return entries;
    }
}
