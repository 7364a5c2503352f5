package display;

import console.Console;
import journal.Entry;
import journal.EntryListener;
import journal.EventCodec;

/** Prints every entry of the journal as a line of JSON on stdout, unchanged, with the number of the format. */
public record JsonDisplay(Console console) implements EntryListener {
    /** The number of the format that docs/json.md describes. */
    static final int FORMAT = 1;

    @Override
    public void on(Entry entry) {
        console.out(Printable.json(EventCodec.encode(entry).replaceFirst("^\\{", "{\"format\":" + FORMAT + ",")));
    }
}
