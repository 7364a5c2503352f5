package contract;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where what outlives a run is kept, by the XDG Base Directory Specification. */
public final class StateFolders {
    private static final String NAME = "agentproxy";

    private StateFolders() {}

    /**
     * {@code $AGENTPROXY_STATE_DIR}, else {@code $XDG_STATE_HOME/agentproxy}, by default {@code ~/.local/state/agentproxy}:
     * sessions, what could not be delivered, logs.
     *
     * @throws Failure (self-check) when none of them can be told
     */
    public static Path state(Map<String, String> environment) {
        String configured = environment.getOrDefault(Variables.STATE_DIR, "");
        return configured.isEmpty() ? folder(environment, "XDG_STATE_HOME", ".local/state")
                : Path.of(configured).toAbsolutePath().normalize();
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
        Path base = configured.startsWith("/") ? Path.of(configured) : home(environment, variable).resolve(fallback);
        return base.resolve(NAME);
    }

    /** Without HOME, what the system's list of users says; in a container a user may be in no list. */
    private static Path home(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get("HOME")).filter(home -> home.startsWith("/"))
                .or(() -> Optional.of(System.getProperty("user.home")).filter(home -> home.startsWith("/")))
                .map(Path::of)
                .orElseThrow(() -> Failure.selfCheck("no home folder is known: HOME is not set, and this user has none",
                        "set HOME or " + variable + ", or name a folder for pa's state with --state-dir DIR or "
                                + Variables.STATE_DIR));
    }
}
