package functions.tree;

import checks.FileView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The files of the working tree in an earlier state. Files that no state contains because they are installed, not written (a virtual
 * environment), are read from the live tree.
 */
final class StateFiles implements FileView {
    private final Map<String, Boolean> executable;
    private final UnaryOperator<String> content;
    private final Consumer<Collection<String>> readAhead;
    private final FileView live;
    private Set<String> listed = Set.of();

    /**
     * @param executable every path in the state, and whether it is executable
     * @param content gives the text of a path in the state
     * @param readAhead is told which paths will be read
     */
    StateFiles(Map<String, Boolean> executable, UnaryOperator<String> content, Consumer<Collection<String>> readAhead,
            FileView live) {
        this.executable = executable;
        this.content = content;
        this.readAhead = readAhead;
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
            // A caller that lists files and reads one of them usually reads the others too.
            expect(listed);
            listed = Set.of();
        }
        return executable.containsKey(path) ? content.apply(path) : "";
    }

    @Override
    public void expect(Collection<String> paths) {
        readAhead.accept(paths);
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
