package agent.decision;

import java.util.Optional;

/**
 * What became of a decision. A failure is data for the reasoner, not an exception.
 *
 * @param output for the reasoner and the journal, already bounded
 */
public record FunctionResult(boolean success, String output, Optional<Verification> verification) {
    /** The run was interrupted, or its time was over, while the decision was carried out. */
    public static final FunctionResult INTERRUPTED = refused("interrupted");

    public static FunctionResult ok(String output) {
        return new FunctionResult(true, output, Optional.empty());
    }

    /** The decision could not be carried out, or was refused; {@code reason} says why and what would do instead. */
    public static FunctionResult refused(String reason) {
        return new FunctionResult(false, reason, Optional.empty());
    }

    /** A check that ran, or was skipped. A skipped one is no success. */
    public static FunctionResult verified(Verification verification, String output) {
        return new FunctionResult(verification.passed(), output, Optional.of(verification));
    }
}
