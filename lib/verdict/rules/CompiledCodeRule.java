package verdict.rules;

import agent.Suspicion;
import java.util.List;
import java.util.regex.Pattern;

/** Compiled code among the sources: no rule and no reviewer can look through it. */
final class CompiledCodeRule extends Rule {
    /** Made from sources that a project has; nobody commits it. */
    private static final Pattern MADE = Pattern.compile(".*\\.(pyc|pyo|class)");
    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|pyd|dll|dylib|node|wasm|jar)");

    CompiledCodeRule() {
        super("compiled-code", false);
    }

    @Override
    void look(FileChange file, List<Suspicion> found) {
        boolean made = MADE.matcher(file.path()).matches();
        if (file.exists() && (made || LIBRARY.matcher(file.path()).matches())) {
            found.add(new Suspicion(name(), made, "is compiled code, which nobody can look through", file.path(), 0));
        }
    }
}
