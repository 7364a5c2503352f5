package cli.run;

import agent.Interruption;
import console.Signals;
import contract.ExitCode;
import java.util.Map;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into an orderly end of the run. A second signal ends the process at once; the guardian then ends
 * the child processes.
 */
public final class SignalHandlers {
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15, "HUP", 1);

    private SignalHandlers() {}

    public static void endRunOn(Interruption interruption) {
        NUMBERS.forEach((name, number) -> Signals.handle(name, () -> {
            if (interruption.requested()) {
                Runtime.getRuntime().halt(ExitCode.ofSignal(number));
            }
            interruption.request(number);
        }));
    }
}
