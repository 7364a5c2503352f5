package functions;

import checks.FileView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The files of the working tree as they were in an earlier state. What no state holds, because it is installed and not
 * worked on (a virtual environment), is looked up in the live tree.
 */
final class StateFiles implements FileView {
    private final Map<String, Boolean> executable;
    private final Function<String, String> reader;
    private final FileView live;

    /**
     * @param executable every path of the state, and whether it may be executed
     * @param reader gives the text of a path of the state
     */
    StateFiles(Map<String, Boolean> executable, Function<String, String> reader, FileView live) {
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
        return installed(path) ? live.text(path) : executable.containsKey(path) ? reader.apply(path) : "";
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
