package cli;

import console.ClassTraining;
import console.Console;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The usual commands of {@code pa} for the class archive; see {@link ClassTraining}. The task is a rehearsal, and its telemetry goes
 * to a port without a server.
 */
final class PaTraining {
    private static final String NOWHERE = "http://127.0.0.1:9";
    private static final List<List<String>> COMMANDS = List.of(List.of("--help"), List.of("--no-such-option"),
            List.of("sessions"), List.of("--rehearse", "--telemetry", "--display", "plain", "say hello"), List.of("show"),
            List.of("sessions"), List.of("telemetry", "status"));

    private PaTraining() {}

    public static void main(String... arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", NOWHERE);
        // A real start calls this first; it prints nothing by itself.
        Console.system(environment);
        ClassTraining.run("pa", console -> new Cli(console, environment)::run, COMMANDS);
        System.exit(0);
    }
}
