package handover;

import contract.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Kubernetes lets into a ConfigMap, which has no folders. */
final class ConfigMaps {
    /** All that one may hold. */
    private static final int LARGEST = 1 << 20;
    /** What may stand in an annotation, where {@code kubectl apply} keeps a copy of the whole object as JSON. */
    private static final int LARGEST_COPY = 256 << 10;

    private ConfigMaps() {}

    /** Where a file of a service goes: below its own folder in one more, by a name that can be a key. */
    static String place(String name) {
        String[] parts = name.split("/", 3);
        return parts[0] + "/" + parts[1] + "/" + parts[2].replaceAll("[^-._a-zA-Z0-9]", "-");
    }

    /**
     * What a person should know about the sizes of these folders, each of which becomes one.
     *
     * @throws Failure (usage) when Kubernetes takes it in no way
     */
    static List<String> sizes(Map<String, String> files, List<String> folders) {
        List<String> notes = new ArrayList<>();
        for (String folder : folders) {
            List<String> texts = files.entrySet().stream().filter(file -> file.getKey().startsWith(folder))
                    .map(Map.Entry::getValue).toList();
            long bytes = texts.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
            if (bytes > LARGEST) {
                throw Failure.usage("the files of " + folder + " are " + bytes / 1024 + " KB together, and a ConfigMap holds "
                        + LARGEST / 1024, "leave some out; stack provision puts dashboards into a Grafana that runs");
            }
            if (bytes + texts.stream().flatMapToInt(String::chars).filter(one -> "\"\\\n\t".indexOf(one) >= 0).count()
                    > LARGEST_COPY) {
                notes.add("the files of " + folder + " are too large for plain 'kubectl apply', which would keep a copy of them:"
                        + " kubectl apply --server-side -k DIR");
            }
        }
        return notes;
    }
}
