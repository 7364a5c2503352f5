package functions;

/** The permission to run a program that neither the user nor the project named: from a question, or decided before the run. */
@FunctionalInterface
public interface Consent {
    /** For a run without a user at the terminal. */
    Consent NEVER = (command, why) -> false;
    /** For {@code --run-new-checks}, and for a rehearsal, which runs only PA's own programs. */
    Consent ALWAYS = (command, why) -> true;

    /**
     * Asks, and waits for the answer. No answer in time means no.
     *
     * @param command the command to run, as a user would type it
     * @param why the purpose, in a few words
     */
    boolean given(String command, String why) throws InterruptedException;
}
