package functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of the functions, for a test. */
public final class Options {
    private Options() {}

    /** Everything on, loopback only, no check given, and no new programs. */
    public static FunctionOptions defaults(Map<String, String> environment) {
        return new FunctionOptions(Optional.empty(), true, true, false, FunctionOptions.TimeLimits.DEFAULT, environment,
                Consent.NEVER, OldCheck.NONE);
    }

    public static FunctionOptions consenting(FunctionOptions o, Consent consent) {
        return new FunctionOptions(o.verifyCommand(), o.verification(), o.qa(), o.remoteServers(), o.limits(), o.environment(),
                consent, o.oldCheck());
    }

    static FunctionOptions verifiedBy(FunctionOptions o, String... command) {
        return new FunctionOptions(Optional.of(List.of(command)), o.verification(), o.qa(), o.remoteServers(), o.limits(),
                o.environment(), o.consent(), o.oldCheck());
    }

    static FunctionOptions withoutVerification(FunctionOptions o) {
        return new FunctionOptions(o.verifyCommand(), false, o.qa(), o.remoteServers(), o.limits(), o.environment(),
                o.consent(), o.oldCheck());
    }

    static FunctionOptions withoutQa(FunctionOptions o) {
        return new FunctionOptions(o.verifyCommand(), o.verification(), false, o.remoteServers(), o.limits(), o.environment(),
                o.consent(), o.oldCheck());
    }

    static FunctionOptions remote(FunctionOptions o) {
        return new FunctionOptions(o.verifyCommand(), o.verification(), o.qa(), true, o.limits(), o.environment(),
                o.consent(), o.oldCheck());
    }

    static FunctionOptions within(FunctionOptions o, FunctionOptions.TimeLimits limits) {
        return new FunctionOptions(o.verifyCommand(), o.verification(), o.qa(), o.remoteServers(), limits, o.environment(),
                o.consent(), o.oldCheck());
    }
}
