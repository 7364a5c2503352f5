package rehearsal;

/** What the stand-ins say. */
final class Phrases {
    static final String OPENING = "This is a rehearsal: whatever the task is, I write a small program that greets, and a"
            + " check for it.";
    static final String WRITTEN = "I wrote " + SampleProgram.GREET + " and " + SampleProgram.CHECK
            + ". I have not run the check.";
    static final String LOOKING = "The check found something. I look at the line that it complains about.";
    static final String FIXED = "The variable was misspelt in that line; it is right now.";
    static final String NOTHING_TO_FIX = "I cannot find what the check complains about.";

    private Phrases() {}
}
