package services;

import contract.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a container was made from, one short hash per part, kept in its labels: so that a later {@code up} sees that something
 * changed, and can say what.
 */
public final class Parts {
    private static final int SHORT = 16;
    private static final String FILE = "file ";
    /** Counts up when this program makes containers in another way, so that older ones are made anew. */
    private static final String MAKER = "1";

    private Parts() {}

    /** The hashes by part; a file's part is {@code file} and its origin. */
    public static Map<String, String> of(Service service) {
        Map<String, String> parts = new TreeMap<>();
        parts.put("image", hash(service.image()));
        parts.put("command", hash(String.join("\0", service.program().command())));
        parts.put("environment", hash(new TreeMap<>(service.program().environment()).toString()));
        parts.put("ports", hash(service.ports().toString()));
        parts.put("user", hash(service.program().user()));
        parts.put("memory", hash(Long.toString(service.program().memoryBytes())));
        parts.put("volume", hash(service.volume().toString()));
        parts.put("maker", hash(MAKER));
        for (StackFile file : service.files()) {
            parts.put(FILE + file.path(), hash(file.text()));
        }
        return parts;
    }

    /** One hash over all parts. */
    public static String hash(Map<String, String> parts) {
        return hash(new TreeMap<>(parts).toString());
    }

    /** What differs, in a person's words: {@code tempo.yaml changed}, {@code memory changed}; empty when nothing does. */
    public static List<String> differences(Map<String, String> present, Map<String, String> wanted) {
        TreeSet<String> names = new TreeSet<>(present.keySet());
        names.addAll(wanted.keySet());
        List<String> causes = new ArrayList<>();
        for (String name : names) {
            String before = present.get(name);
            String after = wanted.get(name);
            if (before == null || !before.equals(after)) {
                causes.add(shortName(name) + (before == null ? " is new" : after == null ? " is gone" : " changed"));
            }
        }
        return causes;
    }

    private static String shortName(String part) {
        return part.startsWith(FILE) ? part.substring(part.lastIndexOf('/') + 1) : part;
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, SHORT);
    }
}
