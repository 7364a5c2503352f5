package cli;

import contract.ExitCode;
import contract.Status;
import contract.Variables;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the help says beside options, and docs/pa.md with it: exit codes and environment variables. */
final class HelpTexts {
    private HelpTexts() {}

    /** Exit codes in order, each with the outcome it belongs to and what that means. */
    static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            if (status.exitCode() == ExitCode.USAGE + 1) {
                codes.put(Integer.toString(ExitCode.USAGE), "usage: the command line was wrong, nothing ran");
            }
            String code = status == Status.INTERRUPTED ? ExitCode.ofSignal(2) + ", " + ExitCode.ofSignal(15)
                    : Integer.toString(status.exitCode());
            codes.put(code, status.value() + ": " + meaning(status));
        }
        return codes;
    }

    private static String meaning(Status status) {
        return switch (status) {
            case COMPLETED -> "done, and the evidence is enough";
            case ERROR -> "anything that has no code of its own";
            case MAX_ITERATIONS -> "the limit of decisions";
            case BUDGET_EXCEEDED -> "the money limit, or the worker's own budget";
            case STALLED -> "nothing moved any more";
            case VERIFICATION_FAILED -> "given up while a check fails";
            case FAILED_SELF_CHECK -> "known before the first round: no key, no worker, not logged in, no working directory";
            case TIMEOUT -> "the time limit";
            case STOPPED -> "saved, or a person must act or wait; to be resumed";
            case UNPROVEN -> "the work was done and nothing fails, but nothing shows that the task is done";
            case INTERRUPTED -> "Ctrl-C, SIGTERM";
        };
    }

    /** Variables that people set, in the order in which they matter. */
    static Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Variables.GEMINI_API_KEY, "the key of the reasoner gemini (or " + Variables.GOOGLE_API_KEY + ")");
        variables.put(Variables.GEMINI_MODEL, "its model, unless --model is given");
        variables.put(Variables.CLAUDE_BIN, "Claude Code's program");
        variables.put(Variables.ENABLE_TELEMETRY, "1 sends telemetry; --telemetry and --no-telemetry win");
        variables.put(Variables.OTLP_ENDPOINT, "where it goes (stack env prints it)");
        variables.put("AGENTPROXY_STATE_DIR", "where sessions are kept, unless --state-dir is given");
        variables.put("NO_COLOR, FORCE_COLOR", "no colour; colour also where there is no terminal");
        variables.put("PAGER", "for pa show on a terminal");
        return variables;
    }
}
