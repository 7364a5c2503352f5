package reasoning;

import agent.Reasoner;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of reasoner that {@code --reasoner} can name. One per package; the command line's registry lists them.
 *
 * @param name a bounded one, in lower case: the word after {@code --reasoner}, and a label in telemetry
 * @param secrets the variables that hold its secrets: no worker gets them that does not say that it needs them
 * @param inEnvironmentFile the variables that the {@code .env} of a project may give, which may come from a stranger: its key
 *     and its model, never an address or a program
 * @param making asks no server yet; throws a {@code Failure} of a failed self-check when something is missing (a key), of usage
 *     when a value is wrong
 */
public record ReasonerKind(String name, Set<String> secrets, Set<String> inEnvironmentFile,
        Function<ReasonerSetup, Reasoner> making) {
    /** Its name, as the help shows it. By hand: a record's own takes 10 ms at the first use of a process. */
    @Override
    public String toString() {
        return name;
    }
}
