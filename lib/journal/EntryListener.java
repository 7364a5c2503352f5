package journal;

/**
 * Is told of every entry after its line was written, in order, on the thread that wrote it: it sees live exactly the records
 * that a later reading sees. One that throws is not told again; the run goes on.
 */
@FunctionalInterface
public interface EntryListener {
    void on(Entry entry);
}
