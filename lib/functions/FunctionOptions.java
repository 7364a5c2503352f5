package functions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The permissions and time limits of the functions in a run.
 *
 * @param verifyCommand the user's own check ({@code --verify}), as words; only this check counts then
 * @param verification whether to verify the work at all ({@code --no-verify} turns it off)
 * @param qa whether {@code review_changes} and {@code verify_product} are offered ({@code --no-qa} turns them off)
 * @param remoteServers whether {@code check_server} may ask servers on other hosts
 * @param limits the time limit of each function
 * @param environment of PA itself; secrets are removed before a command gets it
 * @param oldCheck runs the check in its old form, when it has changed and nobody allows the new one
 * @param consent asked before running a program that neither the user named nor the project had as its check
 */
public record FunctionOptions(Optional<List<String>> verifyCommand, boolean verification, boolean qa, boolean remoteServers,
        TimeLimits limits, Map<String, String> environment, Consent consent, OldCheck oldCheck) {
    /** The bytes of a command's output, or of a file, that the reasoner is shown. */
    public static final int OUTPUT_CAP = 64 * 1024;

    /**
     * Time limits.
     *
     * @param command for a test command
     * @param file for one file of {@code verify_code}
     * @param server for a server's answer
     * @param start until a product listens on its port
     */
    public record TimeLimits(Duration command, Duration file, Duration server, Duration start) {
        public static final TimeLimits DEFAULT = new TimeLimits(Duration.ofMinutes(10), Duration.ofMinutes(2),
                Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    public FunctionOptions {
        verifyCommand = verifyCommand.map(List::copyOf);
        environment = Map.copyOf(environment);
    }

    public FunctionOptions withOldCheck(OldCheck other) {
        return new FunctionOptions(verifyCommand, verification, qa, remoteServers, limits, environment, consent, other);
    }
}
