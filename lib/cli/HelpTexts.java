package cli;

import contract.ExitCode;
import contract.Status;
import contract.Variables;
import java.util.LinkedHashMap;
import java.util.Map;

/** Further texts of the help and of docs/pa.md: exit codes and environment variables. */
final class HelpTexts {
    private HelpTexts() {}

    /** Exit codes in order, each with its outcome and its meaning. */
    static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            if (status.exitCode() == ExitCode.USAGE + 1) {
                codes.put(Integer.toString(ExitCode.USAGE), "usage: the command line was wrong, and nothing ran");
            }
            String code = status == Status.INTERRUPTED ? ExitCode.ofSignal(2) + ", " + ExitCode.ofSignal(15)
                    : Integer.toString(status.exitCode());
            codes.put(code, status.value() + ": " + meaning(status));
        }
        return codes;
    }

    private static String meaning(Status status) {
        return switch (status) {
            case COMPLETED -> "done, with enough evidence";
            case ERROR -> "every error without a code of its own";
            case MAX_ITERATIONS -> "the limit of decisions";
            case BUDGET_EXCEEDED -> "the cost limit, or the worker's own budget";
            case STALLED -> "no progress any more";
            case VERIFICATION_FAILED -> "PA gave up while a check fails";
            case FAILED_SELF_CHECK -> "a problem found before the first round: no key, no worker, not logged in, no working directory";
            case TIMEOUT -> "the time limit";
            case STOPPED -> "saved: you must act, or wait, and then resume the session";
            case UNPROVEN -> "the work ended and no check fails, but the evidence is not enough";
            case INTERRUPTED -> "Ctrl-C, SIGTERM";
        };
    }

    /** The environment variables for users, the most important ones first. */
    static Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Variables.GEMINI_API_KEY, "the key of the reasoner gemini (or " + Variables.GOOGLE_API_KEY + ")");
        variables.put(Variables.GEMINI_MODEL, "Gemini's model, unless --model is given");
        variables.put(Variables.CLAUDE_BIN, "Claude Code's program");
        variables.put(Variables.ENABLE_TELEMETRY, "1 sends telemetry; --telemetry and --no-telemetry win");
        variables.put(Variables.OTLP_ENDPOINT, "the receiver of telemetry (stack env prints it)");
        variables.put("AGENTPROXY_STATE_DIR", "the folder for sessions, unless --state-dir is given");
        variables.put("NO_COLOR, FORCE_COLOR", "no colour; colour even without a terminal");
        variables.put("PAGER", "for pa show on a terminal");
        return variables;
    }
}
