package display;

import agent.RunEvent;
import console.Format;
import contract.KnownSecrets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import journal.Entry;
import journal.EventCodec;
import journal.JournalReader;

/**
 * Events as they may be shown: without what a terminal would obey. The one place for it, so that no view can forget it; what a
 * worker, a model or a damaged journal says is only ever text.
 */
public final class Printable {
    /** What JSON leaves as it is: the controls above ASCII, one of which begins commands too, and marks that turn text around. */
    private static final Pattern LEFT = Pattern.compile("[\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private Printable() {}

    public static RunEvent of(RunEvent event) {
        return EventCodec.rewritten(event, Format::printable);
    }

    /** As {@link #of(RunEvent)}, without the known secrets either: a terminal is looked at, recorded and shared. */
    public static RunEvent of(RunEvent event, KnownSecrets secrets) {
        return of(EventCodec.redacted(event, secrets));
    }

    static JournalReader.Contents of(JournalReader.Contents contents) {
        return new JournalReader.Contents(contents.entries().stream()
                .map(entry -> new Entry(entry.sequence(), entry.at(), of(entry.event()))).collect(Collectors.toList()),
                contents.wholeBytes(), contents.lastSequence(), contents.unreadable());
    }

    /** JSON text with everything escaped that a terminal might obey. */
    static String json(String json) {
        return LEFT.matcher(json).replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }
}
