package reasoning;

import agent.Reasoner;
import contract.Failure;
import java.util.Set;

/** A kind of reasoner that {@code --reasoner} can name. One per package; the command line's registry lists them. */
public interface ReasonerKind {
    /** A bounded name, in lower case: the word after {@code --reasoner}, and a label in telemetry. */
    String name();

    /** The variables that hold its secrets: no worker gets them that does not say that it needs them. */
    default Set<String> secrets() {
        return Set.of();
    }

    /**
     * The variables that the {@code .env} of a project may give, which may come from a stranger: its key and its model, never an
     * address or a program.
     */
    default Set<String> inEnvironmentFile() {
        return Set.of();
    }

    /**
     * Makes it. Nothing is asked of any server yet.
     *
     * @throws Failure of a failed self-check when something is missing (a key), usage when a value is wrong
     */
    Reasoner create(ReasonerSetup setup);
}
