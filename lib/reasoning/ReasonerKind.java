package reasoning;

import agent.Reasoner;
import contract.Failure;
import java.util.Set;

/** A kind of reasoner that {@code --reasoner} can name. One per package; the command line's registry lists them. */
public interface ReasonerKind {
    /** A bounded name, in lower case: the word after {@code --reasoner}, and a label in telemetry. */
    String name();

    /** The variables with its secrets. A worker gets one only if its own kind declares it too. */
    default Set<String> secrets() {
        return Set.of();
    }

    /**
     * The variables that a project's {@code .env} may set, although its author may be a stranger: the key and the model, never an
     * address or a program.
     */
    default Set<String> inEnvironmentFile() {
        return Set.of();
    }

    /**
     * Makes the reasoner. No server is asked yet.
     *
     * @throws Failure of a failed self-check when something is missing (a key), usage when a value is wrong
     */
    Reasoner create(ReasonerSetup setup);
}
