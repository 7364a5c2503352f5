package claudejudge;

import agent.Hold;
import claude.ClaudeLogin;
import com.fasterxml.jackson.databind.JsonNode;
import contract.ErrorType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.NetworkFaults;
import workers.Texts;
import workers.WorkerJson;

/** Finds the fault from the fields of an error result, never from its text. */
final class JudgeFaults {
    private static final int MESSAGE_CHARS = 300;
    /** Claude Code's name for a missing or refused login. */
    private static final String NO_LOGIN = "authentication_failed";

    private JudgeFaults() {}

    static Fault of(JudgeAnswer answer) {
        JsonNode line = answer.line();
        String words = Texts.oneLine(line.path("result").asText(""), MESSAGE_CHARS);
        OptionalInt status = WorkerJson.status(line.path("api_error_status"));
        String type = line.path("api_error_type").asText("");
        String message = "Claude Code as the reasoner: " + (words.isEmpty() ? line.path("subtype").asText("error") : words);
        if (line.path("subtype").asText("").equals("error_max_structured_output_retries")) {
            return Fault.of(ErrorType.MALFORMED, "Claude Code's model did not answer in the required JSON form, although Claude Code "
                    + "asked it again", "use another model (--model), or another --reasoner", Remedy.NONE);
        }
        Optional<Instant> resets = WorkerJson.time(line.path(JudgeProcess.RESETS));
        if (line.has(JudgeProcess.RESETS)) {
            return fault(status.orElse(429), message, "wait until the account's limit resets, or use another --reasoner")
                    .held(resets.map(Hold::until).orElseGet(() -> Hold.action("wait until the account's limit resets")));
        }
        if (type.equals("billing_error") || status.orElse(0) == 402) {
            return held(status.orElse(402), message, "add credit to the account that Claude Code uses");
        }
        if (line.path("stop_reason").asText("").equals("refusal")) {
            return Fault.of(ErrorType.BLOCKED, message, "reword the task or its context, or use another --model", Remedy.NONE);
        }
        switch (line.path("api_error").asText("")) {
            case "connection_failed" -> {
                return Fault.of(ErrorType.IO, message, "check the network and HTTPS_PROXY", Remedy.LATER);
            }
            case "max_output_tokens" -> {
                return Fault.of(ErrorType.MALFORMED, message, "use another model (--model), or another --reasoner", Remedy.OTHER_REQUEST);
            }
            default -> { }
        }
        // Without a status, no request was made, because the user is not logged in.
        if (status.orElse(401) == 401 && line.path("terminal_reason").asText("").equals("api_error")
                && line.path(JudgeProcess.ERROR).asText(NO_LOGIN).equals(NO_LOGIN)) {
            return held(401, message, ClaudeLogin.REMEDY);
        }
        if (status.isPresent() && (status.getAsInt() == 403 || status.getAsInt() == 404)) {
            return held(status.getAsInt(), message, "use a model that this account may use (--model)");
        }
        if (status.isPresent()) {
            return NetworkFaults.passing(status.getAsInt())
                    ? Fault.http(ErrorType.HTTP, status.getAsInt(), message, "the API is overloaded or down; wait and try again",
                            Remedy.LATER)
                    : fault(status.getAsInt(), message, "the API does not accept the request; its message says why");
        }
        return Fault.of(ErrorType.NO_RESULT, message, "try Claude Code by hand: claude -p hello", Remedy.LATER);
    }

    private static Fault fault(int status, String message, String hint) {
        return Fault.http(ErrorType.HTTP, status, message, hint, Remedy.NONE);
    }

    private static Fault held(int status, String message, String hint) {
        return fault(status, message, hint).held(Hold.action(hint));
    }
}
