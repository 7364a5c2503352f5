package reasoning;

import agent.RunListener;
import contract.ErrorType;
import contract.Failure;
import java.util.Set;
import reasoning.Fault.Remedy;

/** Judges a fault of the self-check: if it may pass by itself it is only a notice, because later calls are retried. */
public final class SelfCheckFaults {
    /** The status of a proxy that forwards only POST. */
    private static final Set<Integer> GET_UNKNOWN = Set.of(405, 501);
    /** These may pass within a second, but a wrong address or a missing network must not cost a paid round of the worker. */
    private static final Set<ErrorType> FIXED_BY_A_PERSON = Set.of(ErrorType.REFUSED, ErrorType.DNS);

    private SelfCheckFaults() {}

    /** @throws Failure of a failed self-check when the user has to fix something first */
    public static void judge(Fault fault, Notices notices, RunListener listener) {
        if (fault.status().isPresent() && GET_UNKNOWN.contains(fault.status().getAsInt())) {
            return;
        }
        if (fault.remedy() == Remedy.LATER && !FIXED_BY_A_PERSON.contains(fault.type())) {
            notices.say("the self-check could not be done: " + fault.message() + "; continuing", listener);
            return;
        }
        throw Failure.selfCheck(fault.message(), fault.hint());
    }
}
