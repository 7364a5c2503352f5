package telemetry;

import java.util.Locale;

/** The three kinds of telemetry, each with an OTLP service of its own. */
public enum Signal {
    TRACES("span"), METRICS("metric"), LOGS("log record");

    private final String item;

    Signal(String item) {
        this.item = item;
    }

    /** As in the names of OTLP paths and variables: {@code traces}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code 1 span}, {@code 2 log records}. */
    String count(long items) {
        return items + " " + item + (items == 1 ? "" : "s");
    }
}
