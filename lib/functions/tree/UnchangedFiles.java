package functions.tree;

import checks.FileView;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of a view without the changed ones: the known part of an earlier state without a copy. */
record UnchangedFiles(FileView files, Set<String> changed) implements FileView {
    @Override
    public boolean exists(String path) {
        return !changed.contains(path) && files.exists(path);
    }

    @Override
    public boolean executable(String path) {
        return !changed.contains(path) && files.executable(path);
    }

    @Override
    public String text(String path) {
        return changed.contains(path) ? "" : files.text(path);
    }

    @Override
    public List<String> paths() {
        return files.paths().stream().filter(path -> !changed.contains(path)).toList();
    }

    @Override
    public List<String> named(Pattern name) {
        return files.named(name).stream().filter(path -> !changed.contains(path)).toList();
    }
}
