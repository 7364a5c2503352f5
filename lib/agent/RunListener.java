package agent;

/**
 * Is told of everything that happens in a run, synchronously, on the thread that does it. Every start has its end, also
 * when something fails, and they nest: what starts inside ends inside. The shape is that of OkHttp's EventListener.
 *
 * <p>A listener that throws ends the run: only one whose failure must stop it (the journal) may do so. What was open then has
 * no end but that of the run itself.
 */
@FunctionalInterface
public interface RunListener {
    /** For code that reports to nobody. */
    RunListener NONE = event -> {};

    void on(RunEvent event);

    /** One listener that tells several in their order. */
    static RunListener all(Iterable<? extends RunListener> listeners) {
        return event -> {
            for (RunListener listener : listeners) {
                listener.on(event);
            }
        };
    }
}
