package functions.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
        return bytes.length == 0 ? List.of() : List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    }
}
