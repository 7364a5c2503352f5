package agent.decision;

import java.util.Locale;

/**
 * A check of the work and its verdict.
 *
 * @param subject what was checked, for a person: a command, files, a URL
 */
public record Verification(Type type, Verdict verdict, String subject) {
    /** What kind of check: a bounded label. */
    public enum Type {
        TESTS, CODE, SERVER, PRODUCT;

        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Skipped is not passed. */
    public enum Verdict {
        PASS, FAIL, SKIPPED;

        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean passed() {
        return verdict == Verdict.PASS;
    }

    public boolean failed() {
        return verdict == Verdict.FAIL;
    }
}
