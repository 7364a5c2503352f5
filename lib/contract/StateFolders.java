package contract;

import java.nio.file.Path;
import java.util.Map;

/** Where what outlives a run is kept, by the XDG Base Directory Specification. */
public final class StateFolders {
    private static final String NAME = "agentproxy";

    private StateFolders() {}

    /** {@code $XDG_STATE_HOME/agentproxy}, by default {@code ~/.local/state/agentproxy}: what could not be delivered, logs. */
    public static Path state(Map<String, String> environment) {
        return folder(environment, "XDG_STATE_HOME", ".local/state");
    }

    /** {@code $XDG_DATA_HOME/agentproxy}, by default {@code ~/.local/share/agentproxy}: the embedded engine's store. */
    public static Path data(Map<String, String> environment) {
        return folder(environment, "XDG_DATA_HOME", ".local/share");
    }

    /** {@code $XDG_CONFIG_HOME/agentproxy}, by default {@code ~/.config/agentproxy}: prices and the like. */
    public static Path config(Map<String, String> environment) {
        return folder(environment, "XDG_CONFIG_HOME", ".config");
    }

    private static Path folder(Map<String, String> environment, String variable, String fallback) {
        String configured = environment.getOrDefault(variable, "");
        // The specification: "All paths set in these environment variables must be absolute", others are ignored.
        Path base = configured.startsWith("/") ? Path.of(configured) : home(environment).resolve(fallback);
        return base.resolve(NAME);
    }

    private static Path home(Map<String, String> environment) {
        String home = environment.get("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }
}
