package rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plays the model behind Gemini, for the sample program: a failing check goes to the worker word by word, a passing one is
 * the end, and what nobody has checked is checked. Holds nothing: it decides by the newest message alone.
 */
final class SampleReasoner {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** In the words of PA's prompt, what a round says before its check; the worker's own words stand before it. */
    private static final String CHECK = "Automatic check:";
    /** The headline of a question that PA puts itself. */
    private static final String REVIEW = "# Review: is the task done?";
    private static final String NOT_CLEAN = "NOT CLEAN";

    private SampleReasoner() {}

    /** A decision. */
    record Call(String function, ObjectNode arguments, String thought) {}

    static Call decide(JsonNode request) {
        Newest newest = Newest.of(request);
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
            ObjectNode why = JSON.objectNode().put("reason", "the check could not be run");
            return new Call("save_session", why, "The check says nothing.");
        }
        return verify("Nothing has shown yet that the greetings are right.");
    }

    private static Call send(String instruction, String thought) {
        return new Call("send_to_claude", JSON.objectNode().put("instruction", instruction), thought);
    }

    private static Call verify(String thought) {
        ObjectNode arguments = JSON.objectNode();
        arguments.putArray("file_paths").add(SampleProgram.CHECK);
        return new Call("verify_code", arguments, thought);
    }

    private static Call done(String thought) {
        ObjectNode arguments = JSON.objectNode().put("summary", SampleProgram.GREET + " greets as it should");
        arguments.putArray("verified_items").add(SampleProgram.CHECK);
        return new Call("mark_done", arguments, thought);
    }

    /**
     * The newest message of a request.
     *
     * @param text all that it says, but for a summary of where the run stands, which repeats older verdicts
     * @param standing the summary of where the run stands
     * @param answered the function whose result it is; empty for the opening
     * @param offered the functions that may be called
     */
    private record Newest(String text, String standing, String answered, Set<String> offered) {
        static Newest of(JsonNode request) {
            JsonNode contents = request.path("contents");
            List<String> texts = new ArrayList<>();
            List<String> standing = new ArrayList<>();
            String answered = "";
            for (JsonNode part : contents.path(contents.size() - 1).path("parts")) {
                JsonNode response = part.path("functionResponse");
                answered = answered.isEmpty() ? response.path("name").asText("") : answered;
                standing.add(response.path("response").path("standing").asText(""));
                texts.add(part.path("text").asText(""));
                texts.add(response.path("response").path("output").asText(""));
                texts.add(response.path("response").path("round").asText(""));
            }
            Set<String> offered = new HashSet<>();
            request.path("tools").forEach(tool -> tool.path("functionDeclarations")
                    .forEach(function -> offered.add(function.path("name").asText())));
            return new Newest(String.join("\n", texts), String.join("\n", standing), answered, offered);
        }
    }
}
