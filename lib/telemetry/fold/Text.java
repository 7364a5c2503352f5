package telemetry.fold;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Small things about strings. */
public final class Text {
    private Text() {}

    /** On one line and at most {@code limit} characters; cut text ends in an ellipsis. */
    public static String line(String text, int limit) {
        return bounded(text.strip().replaceAll("\\s+", " "), limit);
    }

    /** What was wrong, in one line: the first message in the chain of causes that is not about the chain. */
    public static String reason(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && (cause instanceof CompletionException || cause instanceof ExecutionException
                || cause.getMessage() == null)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : line(cause.getMessage(), 300);
    }

    /** At most {@code limit} characters; cut text ends in an ellipsis, and never inside a surrogate pair. */
    static String bounded(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + "…";
    }
}
