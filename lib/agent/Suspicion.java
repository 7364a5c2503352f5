package agent;

/**
 * Something in a change that makes a green check worth less.
 *
 * @param rule a bounded name, for instance {@code process-exit}
 * @param hard whether no model may lift it, only the user
 * @param file relative to the working directory; empty where it is about no single file
 * @param line from 1; 0 where it is about no single line
 * @param liftedBy who looked at it and let it pass: {@code user} or the reviewing model; empty while it is open
 */
public record Suspicion(String rule, boolean hard, String reason, String file, int line, String liftedBy) {
    public Suspicion(String rule, boolean hard, String reason, String file, int line) {
        this(rule, hard, reason, file, line, "");
    }

    public boolean open() {
        return liftedBy.isEmpty();
    }

    public Suspicion lifted(String by) {
        return new Suspicion(rule, hard, reason, file, line, by);
    }

    /** {@code calc.py:3}, {@code calc.py}, or nothing: what an answer has to name to lift it. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }

    /** One line for people: {@code calc.py:3 process-exit: ends the process with success}. */
    public String text() {
        return (place().isEmpty() ? "" : place() + " ") + rule + ": " + reason;
    }
}
