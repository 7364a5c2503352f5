package functions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists as git prints them with {@code -z}. */
final class NullSeparated {
    private NullSeparated() {}

    /** The entries; what is no UTF-8 holds U+FFFD. */
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
