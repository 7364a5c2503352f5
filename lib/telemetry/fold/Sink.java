package telemetry.fold;

/** Where a reading puts what it makes, in the order of the events. Metrics are states: they are asked for. */
public record Sink(Taker<FoldedSpan> spans, Taker<FoldedLog> logs) {
    /** Takes items of one kind. */
    @FunctionalInterface
    public interface Taker<T> {
        /** @param event the number of the event that ended the span, or that the record tells of */
        void take(long event, T item);
    }
}
