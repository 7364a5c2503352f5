package verdict.rules;

import agent.Suspicion;
import java.util.ArrayList;
import java.util.List;

/** One kind of suspicion: looks at a change as text. Each is a file of its own and a line of {@link Rules}. */
abstract class Rule {
    private final String name;
    private final boolean hard;

    /**
     * @param name a bounded one, for {@code --accept} and for people
     * @param hard whether no model may lift its suspicions, only the user
     */
    Rule(String name, boolean hard) {
        this.name = name;
        this.hard = hard;
    }

    final String name() {
        return name;
    }

    /** All that is found; by itself file by file. */
    List<Suspicion> look(Change change) {
        List<Suspicion> found = new ArrayList<>();
        change.files().forEach(file -> look(file, found));
        return found;
    }

    /** Adds what is found in one file. */
    void look(FileChange file, List<Suspicion> found) {}

    /** @param line from 1; 0 for the file as a whole */
    final Suspicion suspicion(String reason, FileChange file, int line) {
        return new Suspicion(name, hard, reason, file.path(), line);
    }

    /** About a line, which is quoted behind the reason. */
    final Suspicion suspicion(String reason, FileChange file, Line line) {
        return suspicion(reason + ": " + line.text().strip(), file, line.number());
    }
}
