package functions;

/** Whether PA may run what nobody named: asked of a person, or settled beforehand. */
@FunctionalInterface
public interface Consent {
    /** For a run that nobody watches. */
    Consent NEVER = (command, why) -> false;
    /** For {@code --run-new-checks}, and for a rehearsal, whose programs are PA's own. */
    Consent ALWAYS = (command, why) -> true;

    /**
     * Asks; blocks while it waits for the answer, which is no when none comes.
     *
     * @param command what would be run, as it would be typed
     * @param why what it would be run for, a few words
     */
    boolean given(String command, String why) throws InterruptedException;
}
