package agent;

import java.util.Optional;

/** Observes the files of the working directory without touching anything of the user's. */
public interface WorkingTree {
    /** A name for the present state: equal states have equal names. */
    String state() throws InterruptedException;

    /** What changed from one state to another, both as {@link #state} named them in this session. */
    Changes between(String before, String after) throws InterruptedException;

    /** What cannot be observed here, for a person; empty when everything can. */
    default Optional<String> limitation() {
        return Optional.empty();
    }
}
