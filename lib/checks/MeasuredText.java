package checks;

/**
 * Foreign text for a regular expression: the matcher is stopped when it reads the text too often. With a malicious text, the time of a
 * pattern can grow with the square of the text's length or worse, and a matcher cannot be interrupted.
 */
public final class MeasuredText implements CharSequence {
    /** How often a character may be read; usual text stays below ten, with lists of alternatives below a hundred. */
    private static final long READS = 300;
    /** Always allowed: a short text costs nothing. */
    private static final long FREE = 1_000_000;

    private final String text;
    private long left;

    /** A pattern has read a text too often. */
    public static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1;

        public TooCostly() {
            super("a pattern needs too long for this text", null, false, false);
        }
    }

    private MeasuredText(String text) {
        this.text = text;
        left = FREE + READS * text.length();
    }

    /** A text for one matcher, which counts its own reads. Reading throws {@link TooCostly}. */
    public static CharSequence of(String text) {
        return new MeasuredText(text);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new TooCostly();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
