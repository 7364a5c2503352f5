package functions;

import contract.Secrets;
import java.util.Map;
import java.util.TreeMap;

/** The environment of a check: PA's own without secrets. */
public final class CheckEnvironment {
    private CheckEnvironment() {}

    public static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> reduced = new TreeMap<>(Secrets.forVerification(environment));
        // With these, test runners do not watch files for ever, ask questions, or use colours.
        reduced.putIfAbsent("CI", "true");
        reduced.putIfAbsent("NO_COLOR", "1");
        reduced.putIfAbsent("GIT_TERMINAL_PROMPT", "0");
        reduced.remove("FORCE_COLOR");
        return Map.copyOf(reduced);
    }
}
