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

    public JsonDisplay(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public void on(RunEvent event) {
        console.out(EventCodec.encode(new Entry(++sequence, clock.instant(), event)));
    }
}
