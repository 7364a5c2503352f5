package display;

import agent.RunEvent;
import agent.RunListener;
import console.Console;
import java.time.Clock;
import journal.Entry;
import journal.EventCodec;

/** Every event as a line of JSON on stdout, in the form of the journal. */
public final class JsonDisplay implements RunListener {
    private final Console console;
    private final Clock clock;
    private long sequence;

    /** @param sequence of the newest entry that the journal has; the first line's is the next */
    public JsonDisplay(Console console, Clock clock, long sequence) {
        this.console = console;
        this.clock = clock;
        this.sequence = sequence;
    }

    @Override
    public void on(RunEvent event) {
        console.out(EventCodec.encode(new Entry(++sequence, clock.instant(), event)));
    }
}
