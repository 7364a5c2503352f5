package display;

import agent.RunEvent;
import console.Format;
import contract.KnownSecrets;
import java.util.regex.Pattern;
import journal.Entry;
import journal.EventCodec;
import journal.JournalReader;

/**
 * Makes events safe to show by removing what could control the terminal. All views get their events from here, so none can forget it:
 * texts of a worker, a model or a damaged journal are only ever text.
 */
public final class Printable {
    /** Characters that JSON does not escape: the controls above ASCII, one of which starts commands too, and direction marks. */
    private static final Pattern LEFT = Pattern.compile("[\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private Printable() {}

    public static RunEvent of(RunEvent event) {
        return EventCodec.rewritten(event, Format::printable);
    }

    /** As {@link #of(RunEvent)}, also without the known secrets: other people see terminals, recordings and screenshots. */
    public static RunEvent of(RunEvent event, KnownSecrets secrets) {
        return of(EventCodec.redacted(event, secrets));
    }

    static JournalReader.Contents of(JournalReader.Contents contents) {
        return new JournalReader.Contents(contents.entries().stream()
                .map(entry -> new Entry(entry.sequence(), entry.at(), of(entry.event()))).toList(),
                contents.wholeBytes(), contents.lastSequence(), contents.unreadable());
    }

    /** JSON text in which everything is escaped that could control a terminal. */
    static String json(String json) {
        return LEFT.matcher(json).replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }
}
