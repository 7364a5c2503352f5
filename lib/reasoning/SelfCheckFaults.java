package reasoning;

import agent.RunListener;
import contract.ErrorType;
import contract.Failure;
import java.util.Set;
import reasoning.Fault.Remedy;

/** What a fault means that was met before the first round: what may pass by itself is a notice, since calls are retried. */
public final class SelfCheckFaults {
    /** A proxy that forwards POST only. */
    private static final Set<Integer> GET_UNKNOWN = Set.of(405, 501);
    /** These may be over in a second, but a wrong address or a missing network is not worth paying a worker for. */
    private static final Set<ErrorType> FIXED_BY_A_PERSON = Set.of(ErrorType.REFUSED, ErrorType.DNS);

    private SelfCheckFaults() {}

    /** @throws Failure of a failed self-check when a person has to fix something first */
    public static void judge(Fault fault, Notices notices, RunListener listener) {
        if (fault.status().isPresent() && GET_UNKNOWN.contains(fault.status().getAsInt())) {
            return;
        }
        if (fault.remedy() == Remedy.LATER && !FIXED_BY_A_PERSON.contains(fault.type())) {
            notices.say("the self-check learnt nothing: " + fault.message() + "; going on", listener);
            return;
        }
        throw Failure.selfCheck(fault.message(), fault.hint());
    }
}
