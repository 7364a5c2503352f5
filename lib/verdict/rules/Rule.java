package verdict.rules;

import agent.Suspicion;
import java.util.List;

/** One kind of suspicion: looks at a change as text. Each is a file of its own and a line of {@link Rules}. */
interface Rule {
    /** A bounded name, for {@code --accept} and for people. */
    String name();

    List<Suspicion> look(Change change);
}
