package doctor;

/** The result of a hop. */
public sealed interface Finding {
    /** The explanation for the user: what was seen, what is wrong, or which hop must work first. */
    String text();

    /** The hop works. */
    record Ok(String text) implements Finding {}

    /**
     * The hop does not work.
     *
     * @param fix what the user can do; possibly empty
     */
    record Failed(String text, String fix) implements Finding {}

    /** Not asked, because an earlier hop is broken. */
    record Skipped(String text) implements Finding {}
}
