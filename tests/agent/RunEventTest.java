package agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunEventTest {
    static Stream<RunEvent> events() {
        return Samples.ofEach(RunEvent.class).stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventReachesTheAnswerForItsOwnKindAndNoOther(RunEvent event) {
        List<Object> told = new ArrayList<>();
        RunEventHandler handler = (RunEventHandler) Proxy.newProxyInstance(RunEventHandler.class.getClassLoader(),
                new Class<?>[] {RunEventHandler.class}, (proxy, method, arguments) -> {
                    assertEquals(event.getClass(), method.getParameterTypes()[0]);
                    told.add(arguments[0]);
                    return null;
                });
        event.tell(handler);
        assertEquals(1, told.size());
        assertSame(event, told.get(0));
    }

    @ParameterizedTest
    @MethodSource("events")
    void codeThatLooksAtSomeKindsOnlyTakesAllOfThem(RunEvent event) {
        event.tell(new SomeEvents() {});
    }

    /** Journals of earlier versions have fewer fields. */
    @Test
    void whatAnOlderJournalDoesNotHaveIsReadAsNothing() {
        RunEvent.RunStarted old = new RunEvent.RunStarted(Fakes.task(), Limits.defaults(), "r", "w", false, true, null, null, null, null);
        assertEquals(new RunEvent.RunStarted(Fakes.task(), Limits.defaults(), "r", "w", false, true), old);
        TelemetryPlan plan = new TelemetryPlan(false, true, Optional.empty(), Optional.empty(), null, null, false, null, null);
        assertEquals(TelemetryPlan.off(true), plan);
        assertEquals(false, TelemetryPlan.off(false).refused());
    }
}
