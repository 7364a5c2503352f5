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
 * @param commandLimit how long a test command may take
 * @param fileLimit how long a file that {@code verify_code} runs may take
 * @param serverLimit how long a server may take to answer a request
 * @param startLimit how long a product may take to listen on its port
 * @param outputCap bytes of a command's output, or of a file, that the reasoner is shown
 * @param environment of PA itself; what holds a secret is taken out before anything is run with it
 * @param oldCheck runs the check as it was, where it came to be something else and nobody allows that
 * @param consent asked before anything is run that neither the user named nor the project had as its check
 */
public record FunctionOptions(Optional<List<String>> verifyCommand, boolean verification, boolean qa, boolean remoteServers,
        Duration commandLimit, Duration fileLimit, Duration serverLimit, Duration startLimit, int outputCap,
        Map<String, String> environment, Consent consent, OldCheck oldCheck) {
    public static final Duration COMMAND_LIMIT = Duration.ofMinutes(10);
    public static final Duration FILE_LIMIT = Duration.ofMinutes(2);
    public static final Duration SERVER_LIMIT = Duration.ofSeconds(10);
    public static final Duration START_LIMIT = Duration.ofMinutes(1);
    public static final int OUTPUT_CAP = 64 * 1024;

    public FunctionOptions {
        verifyCommand = verifyCommand.map(List::copyOf);
        environment = Map.copyOf(environment);
    }

    /** Everything on, loopback only, no command given, and nothing run that nobody named. */
    public static FunctionOptions defaults(Map<String, String> environment) {
        return new FunctionOptions(Optional.empty(), true, true, false, COMMAND_LIMIT, FILE_LIMIT, SERVER_LIMIT, START_LIMIT,
                OUTPUT_CAP, environment, Consent.NEVER, OldCheck.NONE);
    }

    /** With the user's own check, in words. */
    public FunctionOptions verifyWith(List<String> command) {
        return new FunctionOptions(Optional.of(command), verification, qa, remoteServers, commandLimit, fileLimit,
                serverLimit, startLimit, outputCap, environment, consent, oldCheck);
    }

    public FunctionOptions withoutVerification() {
        return new FunctionOptions(verifyCommand, false, qa, remoteServers, commandLimit, fileLimit, serverLimit, startLimit,
                outputCap, environment, consent, oldCheck);
    }

    public FunctionOptions withoutQa() {
        return new FunctionOptions(verifyCommand, verification, false, remoteServers, commandLimit, fileLimit, serverLimit,
                startLimit, outputCap, environment, consent, oldCheck);
    }

    public FunctionOptions withRemoteServers() {
        return new FunctionOptions(verifyCommand, verification, qa, true, commandLimit, fileLimit, serverLimit, startLimit,
                outputCap, environment, consent, oldCheck);
    }

    public FunctionOptions withConsent(Consent other) {
        return new FunctionOptions(verifyCommand, verification, qa, remoteServers, commandLimit, fileLimit, serverLimit,
                startLimit, outputCap, environment, other, oldCheck);
    }

    public FunctionOptions withOldCheck(OldCheck other) {
        return new FunctionOptions(verifyCommand, verification, qa, remoteServers, commandLimit, fileLimit, serverLimit,
                startLimit, outputCap, environment, consent, other);
    }

    /** With other time limits: of a test command, of a file, of a server's answer, of a product's start. */
    public FunctionOptions withLimits(Duration command, Duration file, Duration server, Duration start) {
        return new FunctionOptions(verifyCommand, verification, qa, remoteServers, command, file, server, start, outputCap,
                environment, consent, oldCheck);
    }
}
