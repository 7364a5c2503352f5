package telemetry;

import contract.Variables;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether telemetry is on. Loads no class of the SDK, so that off costs nothing. */
public final class TelemetrySwitch {
    private static final Set<String> ON = Set.of("1", "true", "yes", "on");

    private TelemetrySwitch() {}

    /** @param option {@code --telemetry} or {@code --no-telemetry}, which win; empty when neither was given */
    public static boolean on(Map<String, String> environment, Optional<Boolean> option) {
        String value = environment.getOrDefault(Variables.ENABLE_TELEMETRY, "").strip().toLowerCase(Locale.ROOT);
        return option.orElse(ON.contains(value));
    }
}
