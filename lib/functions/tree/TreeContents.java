package functions.tree;

import functions.tree.Git.GitException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of git trees. A tree and a blob never change under their ids, so recently read ones are kept in memory: a verdict reads
 * the same files many times, and each question to git is a process. Must not be used by several threads at once.
 */
final class TreeContents {
    /** The limit for the paths of all listings in memory; some hundred bytes each. */
    private static final int MOST_PATHS = 300_000;
    /** The limit for the bytes of all contents in memory. */
    private static final int MOST_BYTES = 16 << 20;
    /** A larger file is read alone and not kept. */
    private static final int LARGEST = 512 << 10;

    private final Git git;
    private final Map<String, Map<String, Entry>> listings = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, byte[]> blobs = new LinkedHashMap<>(16, 0.75f, true);
    private int paths;
    private int bytes;

    /** An entry of a tree: its mode {@code 100644}, {@code 100755}, {@code 120000} or {@code 160000}, and its id. */
    record Entry(String mode, String id) {
        boolean file() {
            return mode.startsWith("100");
        }

        boolean executable() {
            return mode.equals("100755");
        }

        boolean link() {
            return mode.equals("120000");
        }
    }

    TreeContents(Git git) {
        this.git = git;
    }

    /** All entries of a tree by their paths. */
    Map<String, Entry> entries(String tree, Duration limit) throws GitException, InterruptedException {
        Map<String, Entry> kept = listings.get(tree);
        if (kept != null) {
            return kept;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String line : NullSeparated.split(git.run(limit, "ls-tree", "-r", "-z", "--full-tree", tree).output())) {
            // MODE SPACE TYPE SPACE ID TAB PATH
            String[] parts = line.substring(0, line.indexOf('\t')).split(" ");
            entries.put(line.substring(line.indexOf('\t') + 1), new Entry(parts[0], parts[2]));
        }
        keep(tree, Collections.unmodifiableMap(entries));
        return entries;
    }

    /** The regular files in a tree, and whether they may be executed. */
    Map<String, Boolean> files(String tree, Duration limit) throws GitException, InterruptedException {
        Map<String, Boolean> files = new LinkedHashMap<>();
        entries(tree, limit).forEach((path, entry) -> {
            if (entry.file()) {
                files.put(path, entry.executable());
            }
        });
        return files;
    }

    private void keep(String tree, Map<String, Entry> entries) {
        listings.put(tree, entries);
        paths += entries.size();
        for (Iterator<Map<String, Entry>> each = listings.values().iterator(); paths > MOST_PATHS && each.hasNext();) {
            paths -= each.next().size();
            each.remove();
        }
    }

    /** The content of a file in a tree. */
    byte[] content(String tree, String path, Duration limit) throws GitException, InterruptedException {
        Entry entry = entries(tree, limit).get(path);
        if (entry == null) {
            throw new GitException("the tree " + tree + " does not contain " + path);
        }
        byte[] kept = blobs.get(entry.id());
        if (kept != null) {
            return kept;
        }
        byte[] content = git.run(limit, "cat-file", "blob", entry.id()).output();
        keep(entry.id(), content);
        return content;
    }

    private void keep(String id, byte[] content) {
        if (content.length > LARGEST || blobs.containsKey(id)) {
            return;
        }
        blobs.put(id, content);
        bytes += content.length;
        for (Iterator<byte[]> each = blobs.values().iterator(); bytes > MOST_BYTES && each.hasNext();) {
            bytes -= each.next().length;
            each.remove();
        }
    }

    /** Reads files in one step that will be needed one by one; as many of them as fit into memory. */
    void expect(String tree, Collection<String> wanted, Duration limit) throws GitException, InterruptedException {
        Map<String, Entry> entries = entries(tree, limit);
        Set<String> ids = new LinkedHashSet<>();
        for (String path : wanted) {
            Optional.ofNullable(entries.get(path)).filter(entry -> !entry.mode().equals("160000")).map(Entry::id)
                    .filter(id -> !blobs.containsKey(id)).ifPresent(ids::add);
        }
        if (ids.size() < 2) {
            return;
        }
        StringBuilder few = new StringBuilder();
        long sum = 0;
        for (String line : new String(git.run(limit, lines(ids), "cat-file", "--batch-check").output(), StandardCharsets.US_ASCII)
                .split("\n")) {
            // ID SPACE TYPE SPACE SIZE; or ID SPACE "missing"
            String[] parts = line.split(" ");
            long size = parts.length == 3 ? Long.parseLong(parts[2]) : Long.MAX_VALUE;
            if (size <= LARGEST && sum + size <= MOST_BYTES) {
                sum += size;
                few.append(parts[0]).append('\n');
            }
        }
        read(git.run(limit, few.toString().getBytes(StandardCharsets.US_ASCII), "cat-file", "--batch").output());
    }

    private void read(byte[] all) throws GitException {
        int at = 0;
        while (at < all.length) {
            int end = at;
            while (end < all.length && all[end] != '\n') {
                end++;
            }
            String[] parts = new String(all, at, end - at, StandardCharsets.US_ASCII).split(" ");
            int from = end + 1;
            if (parts.length != 3 || from + Integer.parseInt(parts[2]) > all.length) {
                throw new GitException("git's answer does not contain the requested contents");
            }
            int to = from + Integer.parseInt(parts[2]);
            keep(parts[0], Arrays.copyOfRange(all, from, to));
            at = to + 1;
        }
    }

    private static byte[] lines(Set<String> ids) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        ids.forEach(id -> lines.writeBytes((id + "\n").getBytes(StandardCharsets.US_ASCII)));
        return lines.toByteArray();
    }
}
