package rehearsal;

import java.util.List;
import java.util.Map;

/**
 * Plays the model behind the judge, for the sample program: a failing check goes to the worker word by word, a passing one is
 * the end, and what nobody has checked is checked. Holds nothing: it decides by the newest message alone.
 */
final class SampleReasoner {
    /** In the words of PA's prompt, what a round says before its check; the worker's own words stand before it. */
    private static final String CHECK = "Automatic check:";
    /** The headline of a question that PA puts itself. */
    private static final String REVIEW = "# Review: is the task done?";
    private static final String NOT_CLEAN = "NOT CLEAN";

    private SampleReasoner() {}

    /**
     * A decision.
     *
     * @param arguments texts and lists of texts, by their names
     */
    record Call(String function, Map<String, Object> arguments, String thought) {}

    static Call decide(Asked newest) {
        if (newest.standing().contains(REVIEW)) {
            return done("The whole change does what the task asks.");
        }
        String checked = newest.text().substring(Math.max(0, newest.text().lastIndexOf(CHECK)));
        String failure = SampleProgram.failure(checked);
        if (!failure.isEmpty()) {
            return send("The check fails:\n" + failure + "\nFix " + SampleProgram.GREET + " so that this line is as"
                    + " expected. Leave " + SampleProgram.CHECK + " as it is.",
                    "The check fails, so the worker gets its words.");
        }
        if (newest.text().contains(NOT_CLEAN)) {
            return send("Your last run did not end well. Look at what is there, and write the program and its check again"
                    + " where something is missing.", "The round was not clean.");
        }
        if (checked.contains(SampleProgram.PASS)) {
            return newest.answered().equals("mark_done") ? verify("mark_done was refused, so the check runs again.")
                    : done("The check passes.");
        }
        if (!newest.offered().contains("verify_code")) {
            return done("Nothing is to be verified.");
        }
        if (newest.answered().equals("verify_code")) {
            return new Call("save_session", Map.of("reason", "the check could not be run"), "The check says nothing.");
        }
        return verify("Nothing has shown yet that the greetings are right.");
    }

    private static Call send(String instruction, String thought) {
        return new Call("send_to_claude", Map.of("instruction", instruction), thought);
    }

    private static Call verify(String thought) {
        return new Call("verify_code", Map.of("file_paths", List.of(SampleProgram.CHECK)), thought);
    }

    private static Call done(String thought) {
        return new Call("mark_done", Map.of("summary", SampleProgram.GREET + " greets as it should", "verified_items",
                List.of(SampleProgram.CHECK)), thought);
    }
}
