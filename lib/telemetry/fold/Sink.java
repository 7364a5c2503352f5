package telemetry.fold;

/** Where a reading puts what it makes, in the order of the events. Metrics are states: they are asked for. */
public interface Sink {
    /** @param event the number of the event that ended the span */
    void span(long event, FoldedSpan span);

    /** @param event the number of the event that the record tells of */
    void log(long event, FoldedLog log);
}
