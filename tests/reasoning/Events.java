package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.ModelCall;
import agent.RunEvent;
import agent.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Remembers what was told. */
public final class Events implements RunListener {
    private final List<RunEvent> all = new CopyOnWriteArrayList<>();

    @Override
    public void on(RunEvent event) {
        all.add(event);
    }

    public List<RunEvent> all() {
        return all;
    }

    public <T extends RunEvent> List<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toList());
    }

    public List<String> notices() {
        return of(RunEvent.Notice.class).stream().map(RunEvent.Notice::text).collect(Collectors.toList());
    }

    /** The end of the only logical call, after looking that it has exactly one start, before everything else. */
    public ModelCall.Answer answer() {
        List<RunEvent> calls = all.stream().filter(e -> !(e instanceof RunEvent.Notice)).collect(Collectors.toList());
        assertTrue(calls.get(0) instanceof RunEvent.ModelCallStarted, "starts with its start: " + calls);
        assertEquals(1, of(RunEvent.ModelCallStarted.class).size());
        assertEquals(1, of(RunEvent.ModelCallEnded.class).size());
        RunEvent.ModelCallEnded end = (RunEvent.ModelCallEnded) calls.get(calls.size() - 1);
        of(RunEvent.AttemptFailed.class).forEach(failed -> assertEquals(end.call(), failed.call()));
        return end.answer();
    }

    public List<String> attempts() {
        return of(RunEvent.AttemptFailed.class).stream()
                .map(e -> e.attempt().number() + " " + e.attempt().errorValue()).collect(Collectors.toList());
    }
}
