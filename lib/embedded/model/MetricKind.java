package embedded.model;

import java.util.Locale;

/** What a metric's points are, in the words of the OTLP data model. */
public enum MetricKind {
    GAUGE, SUM, HISTOGRAM,
    /** Its buckets are powers of a base, and have no fixed boundaries. */
    EXPONENTIAL_HISTOGRAM,
    /** Of older libraries: quantiles that the sender computed. */
    SUMMARY;

    /** As the page's API has it: {@code exponential histogram}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public boolean hasDistribution() {
        return this != GAUGE && this != SUM;
    }
}
