package functions;

import contract.Secrets;
import java.util.Map;
import java.util.TreeMap;

/** What a check finds in its environment: PA's own, without anything that holds a secret. */
public final class CheckEnvironment {
    private CheckEnvironment() {}

    public static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> reduced = new TreeMap<>(Secrets.forVerification(environment));
        // Test runners that would watch files for ever, ask, or paint, do not with these.
        reduced.putIfAbsent("CI", "true");
        reduced.putIfAbsent("NO_COLOR", "1");
        reduced.putIfAbsent("GIT_TERMINAL_PROMPT", "0");
        reduced.remove("FORCE_COLOR");
        return Map.copyOf(reduced);
    }
}
