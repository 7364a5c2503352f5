package functions;

import java.util.List;
import java.util.regex.Pattern;
import process.CommandWords;
import process.Completed;

/** How the end of a command reads, for the reasoner, the journal and people. */
final class Report {
    /** Escape sequences of terminals, and control characters but for line breaks and tabs. */
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
        // Without the duration: the same result must read the same, or nobody notices that a run turns in circles.
        text.append("→ ").append(run.ending());
        int code = run.exitCode().orElse(0);
        if (code == NOT_FOUND || code == NOT_EXECUTABLE) {
            text.append(code == NOT_FOUND ? " (127 usually means: some command was not found)"
                    : " (126 usually means: some command could not be executed)");
        }
        if (run.leftBehind() > 0) {
            text.append("; ").append(run.leftBehind()).append(" left behind and ended");
        }
        return text.toString();
    }

    /** Text from elsewhere without what a terminal would obey; a carriage return alone begins a line. */
    static String plain(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        return UNPRINTABLE.matcher(lines).replaceAll("");
    }
}
