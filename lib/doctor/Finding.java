package doctor;

/** What was found at a hop. */
public sealed interface Finding {
    /** In a person's words: what was seen, what is wrong, or what is waited for. */
    String text();

    /** As it should be. */
    record Ok(String text) implements Finding {}

    /**
     * Not as it should be.
     *
     * @param fix what to do about it; possibly empty
     */
    record Failed(String text, String fix) implements Finding {}

    /** Not asked, because an earlier hop is broken. */
    record Skipped(String text) implements Finding {}
}
