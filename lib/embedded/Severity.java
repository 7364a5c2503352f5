package embedded;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Locale;
import java.util.Map;

/**
 * How severe a log record is, by OTLP's numbers: 1 TRACE, 5 DEBUG, 9 INFO, 13 WARN, 17 ERROR, 21 FATAL. Some senders give
 * only the word of their own logging library; the words are those of the data model's "Mapping of SeverityNumber", syslog's
 * among them.
 */
public final class Severity {
    private static final Map<String, Integer> BY_WORD = Map.ofEntries(Map.entry("trace", 1), Map.entry("verbose", 1),
            Map.entry("finest", 1), Map.entry("finer", 1), Map.entry("debug", 5), Map.entry("fine", 5), Map.entry("config", 5),
            Map.entry("info", 9), Map.entry("information", 9), Map.entry("informational", 9), Map.entry("notice", 10),
            Map.entry("warn", 13), Map.entry("warning", 13), Map.entry("error", 17), Map.entry("err", 17),
            Map.entry("severe", 17), Map.entry("critical", 18), Map.entry("crit", 18), Map.entry("dpanic", 18),
            Map.entry("alert", 19), Map.entry("emergency", 21), Map.entry("emerg", 21), Map.entry("panic", 21),
            Map.entry("fatal", 21));

    private Severity() {}

    /** The sender's number, or the one that its word stands for; 0 when there is neither. */
    public static int of(LogRecord log) {
        if (log.getSeverityNumberValue() != 0) {
            return log.getSeverityNumberValue();
        }
        String word = log.getSeverityText().strip().toLowerCase(Locale.ROOT);
        // ERROR2 is an error too, one step above.
        char last = word.isEmpty() ? ' ' : word.charAt(word.length() - 1);
        int step = last >= '2' && last <= '4' ? last - '1' : 0;
        Integer number = BY_WORD.get(step == 0 ? word : word.substring(0, word.length() - 1));
        return number == null ? 0 : number + step;
    }
}
