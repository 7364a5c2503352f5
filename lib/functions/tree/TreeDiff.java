package functions.tree;

import agent.Changes;
import java.util.ArrayList;
import java.util.List;

/** Reads the output of {@code git diff-tree -r -z --raw --numstat --no-renames}. */
final class TreeDiff {
    private TreeDiff() {}

    /**
     * The changes. The raw entries come first, {@code :MODE MODE ID ID STATUS} and then the path; the counts follow,
     * {@code ADDED TAB REMOVED TAB PATH} with {@code -} for files without lines.
     */
    static Changes parse(List<String> entries) {
        List<String> present = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        int added = 0;
        int removed = 0;
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            if (entry.startsWith(":")) {
                String path = entries.get(++i);
                (entry.endsWith(" D") ? gone : present).add(path);
            } else {
                String[] counts = entry.split("\t", 3);
                added += number(counts[0]);
                removed += number(counts[1]);
            }
        }
        present.addAll(gone);
        return new Changes(List.copyOf(present), added, removed);
    }

    private static int number(String count) {
        return count.equals("-") ? 0 : Integer.parseInt(count);
    }
}
