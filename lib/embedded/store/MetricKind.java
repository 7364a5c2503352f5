package embedded.store;

/** What a metric's points are, in the words of the OTLP data model. */
public enum MetricKind {
    GAUGE, SUM, HISTOGRAM,
    /** Kept, and shown by count and sum: its buckets have no fixed boundaries. */
    EXPONENTIAL_HISTOGRAM,
    /** Of older libraries; shown by count and sum. */
    SUMMARY;

    public boolean hasDistribution() {
        return this != GAUGE && this != SUM;
    }
}
