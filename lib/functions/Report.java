package functions;

import java.util.List;
import java.util.regex.Pattern;
import process.CommandWords;
import process.Completed;

/** The text about a command's end, for the reasoner, the journal and the user. */
final class Report {
    /** Terminal escape sequences, and control characters except line breaks and tabs. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]"
            + "|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|[\\p{Cntrl}&&[^\n\t]]");
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private Report() {}

    static String of(List<String> command, Completed run) {
        StringBuilder text = new StringBuilder();
        text.append("$ ").append(CommandWords.join(command)).append('\n');
        String output = plain(run.output()).strip();
        if (!output.isEmpty()) {
            text.append(output).append('\n');
        }
        // Without the duration: equal results must give equal texts, or a repetition is not noticed.
        text.append("→ ").append(run.ending());
        int code = run.exitCode().orElse(0);
        if (code == NOT_FOUND || code == NOT_EXECUTABLE) {
            text.append(code == NOT_FOUND ? " (127 usually means: a command was not found)"
                    : " (126 usually means: a command could not be executed)");
        }
        if (run.leftBehind() > 0) {
            text.append("; ").append(run.leftBehind()).append(" left processes were ended");
        }
        return text.toString();
    }

    /** Foreign text without control characters; a single carriage return begins a new line. */
    static String plain(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        return UNPRINTABLE.matcher(lines).replaceAll("");
    }
}
