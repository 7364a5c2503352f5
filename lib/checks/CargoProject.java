package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A {@code Cargo.toml} with tests in the sources. */
final class CargoProject implements Ecosystem {
    private static final Pattern SOURCE = Pattern.compile(".*\\.rs");
    private static final Pattern TEST = Pattern.compile("#\\[(\\w+::)*test\\b|^\\s*///\\s*```", Pattern.MULTILINE);

    @Override
    public String name() {
        return "cargo";
    }

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        boolean tests = files.exists("Cargo.toml")
                && files.named(SOURCE).stream().map(files::text).anyMatch(text -> TEST.matcher(text).find());
        return tests ? Optional.of(List.of("cargo", "test")) : Optional.empty();
    }
}
