package functions.tree;

import checks.FileView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of the working tree as they were in an earlier state. What no state holds, because it is installed and not
 * worked on (a virtual environment), is looked up in the live tree.
 */
final class StateFiles implements FileView {
    private final Map<String, Boolean> executable;
    private final Reader reader;
    private final FileView live;
    private Set<String> listed = Set.of();

    /** Reads files of the state. */
    interface Reader {
        /** The text of a path of the state. */
        String text(String path);

        /** Says that these will be read. */
        void expect(Collection<String> paths);
    }

    /**
     * @param executable every path of the state, and whether it may be executed
     */
    StateFiles(Map<String, Boolean> executable, Reader reader, FileView live) {
        this.executable = executable;
        this.reader = reader;
        this.live = live;
    }

    @Override
    public boolean exists(String path) {
        return installed(path) ? live.exists(path) : executable.containsKey(path);
    }

    @Override
    public boolean executable(String path) {
        return installed(path) ? live.executable(path) : executable.getOrDefault(path, false);
    }

    @Override
    public String text(String path) {
        if (installed(path)) {
            return live.text(path);
        }
        if (listed.contains(path)) {
            // Who lists files and reads one of them reads the others too.
            expect(listed);
            listed = Set.of();
        }
        return executable.containsKey(path) ? reader.text(path) : "";
    }

    @Override
    public void expect(Collection<String> paths) {
        reader.expect(paths);
    }

    @Override
    public List<String> paths() {
        return List.copyOf(executable.keySet());
    }

    @Override
    public List<String> named(Pattern name) {
        List<String> found = new ArrayList<>();
        for (String path : executable.keySet()) {
            boolean hidden = path.startsWith(".") || path.contains("/.");
            if (!hidden && !installed(path) && name.matcher(path.substring(path.lastIndexOf('/') + 1)).matches()) {
                found.add(path);
            }
        }
        listed = Set.copyOf(found);
        return found;
    }

    private static boolean installed(String path) {
        for (Path folder = Path.of(path).getParent(); folder != null; folder = folder.getParent()) {
            if (Exclusions.output(folder.getFileName().toString())) {
                return true;
            }
        }
        return false;
    }
}
