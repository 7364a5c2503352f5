package verdict;

import checks.FileView;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import verdict.rules.Change;
import verdict.rules.Guarded;
import verdict.rules.Rules;

/** Files that exist in a test only. */
public record MapFiles(Map<String, String> texts) implements FileView {
    @Override
    public boolean exists(String path) {
        return texts.containsKey(path);
    }

    @Override
    public boolean executable(String path) {
        return path.endsWith(".sh") && exists(path);
    }

    @Override
    public String text(String path) {
        return texts.getOrDefault(path, "");
    }

    @Override
    public List<String> paths() {
        return List.copyOf(texts.keySet());
    }

    @Override
    public List<String> named(Pattern name) {
        return texts.keySet().stream().filter(path -> name.matcher(path.substring(path.lastIndexOf('/') + 1)).matches())
                .collect(Collectors.toList());
    }

    /** What the rules say about a change between two sets of files. */
    public static List<agent.Suspicion> suspicions(Map<String, String> before, Map<String, String> now, List<String> check) {
        MapFiles old = new MapFiles(before);
        MapFiles fresh = new MapFiles(now);
        List<String> changed = java.util.stream.Stream.concat(before.keySet().stream(), now.keySet().stream()).distinct()
                .filter(path -> !old.text(path).equals(fresh.text(path)) || old.exists(path) != fresh.exists(path)).sorted()
                .collect(Collectors.toList());
        return Rules.look(Change.of(old, fresh, changed, new Guarded(old, fresh, check)));
    }
}
