package workers;

import contract.SecretShapes;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a tool failed, in one line for the user of this machine: the exit code and the last line of a command, or the first line of
 * any other error. It contains no secrets and is never exported.
 */
public final class ToolFailure {
    private static final int LIMIT = 300;
    /** Claude Code writes the exit code before the output of a failed command. */
    private static final Pattern EXIT = Pattern.compile("\\s*(?:Error: )?Exit code (\\d{1,9})\\b[.:]?(.*)", Pattern.DOTALL);
    private static final Pattern TAGS = Pattern.compile("</?(?:tool_use_error|error|system-reminder|stdout|stderr)>");

    private ToolFailure() {}

    /** From the tool's answer; empty when there was none. */
    public static String of(String answer) {
        String text = TAGS.matcher(answer).replaceAll("");
        Matcher exit = EXIT.matcher(text);
        if (exit.matches()) {
            return ofCommand(OptionalInt.of(Integer.parseInt(exit.group(1))), exit.group(2));
        }
        List<String> lines = lines(text);
        return lines.isEmpty() ? "" : line(lines.get(0));
    }

    /** For a command with a separate exit code. */
    public static String ofCommand(OptionalInt exitCode, String output) {
        List<String> lines = lines(output);
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        if (exitCode.isEmpty()) {
            return line(last);
        }
        return line("exit " + exitCode.getAsInt() + (last.isEmpty() ? "" : ": " + last));
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).map(String::strip).toList();
    }

    private static String line(String text) {
        return Texts.oneLine(SecretShapes.hide(text), LIMIT);
    }
}
