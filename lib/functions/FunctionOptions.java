package functions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the functions of a run may do, and how long.
 *
 * @param verifyCommand the user's own check ({@code --verify}), in words; only it counts then
 * @param verification whether the work is to be verified at all ({@code --no-verify} says no)
 * @param qa whether {@code review_changes} and {@code verify_product} are offered ({@code --no-qa} says no)
 * @param remoteServers whether {@code check_server} may speak to other hosts than this one
 * @param limits how long each may take
 * @param environment of PA itself; what holds a secret is taken out before anything is run with it
 * @param oldCheck runs the check as it was, where it came to be something else and nobody allows that
 * @param consent asked before anything is run that neither the user named nor the project had as its check
 */
public record FunctionOptions(Optional<List<String>> verifyCommand, boolean verification, boolean qa, boolean remoteServers,
        TimeLimits limits, Map<String, String> environment, Consent consent, OldCheck oldCheck) {
    /** Bytes of a command's output, or of a file, that the reasoner is shown. */
    public static final int OUTPUT_CAP = 64 * 1024;

    /**
     * How long something may take.
     *
     * @param command a test command
     * @param file a file that {@code verify_code} looks at
     * @param server until a server has answered a request
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

    /** Everything on, loopback only, no command given, and nothing run that nobody named. */
    public static FunctionOptions defaults(Map<String, String> environment) {
        return new FunctionOptions(Optional.empty(), true, true, false, TimeLimits.DEFAULT, environment, Consent.NEVER,
                OldCheck.NONE);
    }

    /** With the user's own check, in words. */
    public FunctionOptions verifyWith(List<String> command) {
        return new FunctionOptions(Optional.of(command), verification, qa, remoteServers, limits, environment, consent, oldCheck);
    }

    public FunctionOptions withoutVerification() {
        return new FunctionOptions(verifyCommand, false, qa, remoteServers, limits, environment, consent, oldCheck);
    }

    public FunctionOptions withoutQa() {
        return new FunctionOptions(verifyCommand, verification, false, remoteServers, limits, environment, consent, oldCheck);
    }

    public FunctionOptions withRemoteServers() {
        return new FunctionOptions(verifyCommand, verification, qa, true, limits, environment, consent, oldCheck);
    }

    public FunctionOptions withConsent(Consent other) {
        return new FunctionOptions(verifyCommand, verification, qa, remoteServers, limits, environment, other, oldCheck);
    }

    public FunctionOptions withOldCheck(OldCheck other) {
        return new FunctionOptions(verifyCommand, verification, qa, remoteServers, limits, environment, consent, other);
    }

    public FunctionOptions withLimits(TimeLimits other) {
        return new FunctionOptions(verifyCommand, verification, qa, remoteServers, other, environment, consent, oldCheck);
    }
}
