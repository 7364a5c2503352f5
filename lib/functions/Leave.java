package functions;

import java.util.HashMap;
import java.util.Map;

/** Remembers the user's answers, so that no question is asked twice in a run. */
final class Leave {
    /** The explanation for the reasoner and the user when there was no permission. */
    static final String HOW = "PA runs only what the user named (--verify CMD) or what the project had as its check when the"
            + " session began; --run-new-checks allows more";

    private final Consent consent;
    private final Map<String, Boolean> answers = new HashMap<>();

    Leave(Consent consent) {
        this.consent = consent;
    }

    boolean given(String command, String why) throws InterruptedException {
        Boolean earlier = answers.get(command);
        if (earlier == null) {
            earlier = consent.given(command, why);
            answers.put(command, earlier);
        }
        return earlier;
    }
}
