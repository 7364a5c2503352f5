package telemetry;

import contract.Variables;
import java.util.Map;
import java.util.Optional;

/** Whether telemetry is on. Loads no class of the SDK, so that off costs nothing. */
public final class TelemetrySwitch {
    private TelemetrySwitch() {}

    /** @param option {@code --telemetry} or {@code --no-telemetry}, which win; empty when neither was given */
    public static boolean on(Map<String, String> environment, Optional<Boolean> option) {
        return option.orElse(Variables.on(environment.getOrDefault(Variables.ENABLE_TELEMETRY, "")));
    }
}
