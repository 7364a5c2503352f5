package reasoning;

/** How much of a step the model is shown. */
public enum Detail {
    FULL(12_000), BRIEF(600), LEFT_OUT(0);

    private final int chars;

    Detail(int chars) {
        this.chars = chars;
    }

    /** The length limit of a single text (an output, the worker's message). */
    public int chars() {
        return chars;
    }
}
