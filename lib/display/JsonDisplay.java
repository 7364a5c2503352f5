package display;

import console.Console;
import journal.Entry;
import journal.EntryListener;
import journal.EventCodec;

/** Every entry of the journal as a line of JSON on stdout, as it stands there. */
public final class JsonDisplay implements EntryListener {
    private final Console console;

    public JsonDisplay(Console console) {
        this.console = console;
    }

    @Override
    public void on(Entry entry) {
        console.out(Printable.json(EventCodec.encode(entry)));
    }
}
