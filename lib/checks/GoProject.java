package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A {@code go.mod} with tests. */
final class GoProject implements Ecosystem {
    private static final Pattern TEST = Pattern.compile(".*_test\\.go");

    @Override
    public String name() {
        return "go";
    }

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return files.exists("go.mod") && !files.named(TEST).isEmpty()
                ? Optional.of(List.of("go", "test", "./...")) : Optional.empty();
    }

    @Override
    public boolean guards(String path) {
        return TEST.matcher(path).matches() || Names.inFolder(path, java.util.Set.of("testdata"));
    }
}
