package agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import agent.loop.Fakes;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
                    if (method.getParameterTypes()[0] == RunEvent.class) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    assertEquals(event.getClass(), method.getParameterTypes()[0]);
                    told.add(arguments[0]);
                    return null;
                });
        handler.on(event);
        assertEquals(1, told.size());
        assertSame(event, told.get(0));
    }

    @Test
    void whatIsSaidIsKept() {
        ModelCall call = new ModelCall("api", "m", 0.5, 7, "", 0);
        assertEquals(OptionalDouble.of(0.5), call.temperature());
        assertEquals(OptionalInt.of(7), call.maxTokens());
        assertEquals(Optional.of("be brief"), new RunEvent.ModelCallStarted(call, Optional.of("be brief")).instructions());
        assertEquals("denied", new RunEvent.ToolEnded("t", "Read", false, false, Duration.ZERO, "denied").reason());
        RunEvent.ToolStarted tool = Events.toolStarted("t", "Read", "a", "input", Optional.of("parent"));
        assertEquals("input", tool.input());
        assertEquals(Optional.of("parent"), tool.parent());
        RunEvent.RunStarted started = Events.runStarted(Fakes.task(), Limits.defaults(), "r", "w", false, true);
        assertEquals(Fakes.task().session(), started.session());
        assertEquals(Fakes.task().directory(), started.directory());
    }
}
