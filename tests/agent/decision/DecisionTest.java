package agent.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import agent.Samples;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTest {
    static Stream<Decision> decisions() {
        return Samples.ofEach(Decision.class).stream();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void itsNameAndItsArgumentsMakeTheSameDecision(Decision decision) {
        DecisionArguments arguments = DecisionCodec.arguments(decision);
        assertEquals(decision.getClass().getRecordComponents().length, arguments.values().size());
        assertEquals(decision, DecisionCodec.decision(decision.function(), arguments));
        assertEquals(Optional.of(decision.function()), FunctionName.of(decision.function().value()));
    }

    @Test
    void eachFunctionHasOneDecision() {
        Set<FunctionName> names = new HashSet<>();
        decisions().forEach(decision -> names.add(decision.function()));
        assertEquals(Set.of(FunctionName.values()), names);
        assertEquals("send_to_claude", FunctionName.SEND_TO_WORKER.value());
        assertEquals("mark_done", FunctionName.MARK_DONE.value());
        assertEquals(Optional.empty(), FunctionName.of("MARK_DONE"));
    }

    @Test
    void whatIsMissingIsReadAsNothing() {
        DecisionArguments none = new DecisionArguments();
        assertEquals(new Decision.RunTests(Optional.empty()), DecisionCodec.decision(FunctionName.RUN_TESTS, none));
        assertEquals(new Decision.VerifyCode(List.of()), DecisionCodec.decision(FunctionName.VERIFY_CODE, none));
        assertEquals(new Decision.CreateTask("", Optional.empty(), OptionalInt.empty()),
                DecisionCodec.decision(FunctionName.CREATE_TASK, none));
        assertEquals(Map.of(), DecisionCodec.arguments(new Decision.VerifyCode(List.of())).values());
        assertEquals(Map.of(), new DecisionArguments().put("a", Optional.empty()).put("b", OptionalInt.empty())
                .put("c", List.of()).values());
    }

    @Test
    void aValueOfAnotherTypeIsNone() {
        DecisionArguments given = new DecisionArguments().put("text", "x").put("number", 3).put("blank", "  ").put("list", List.of("a"));
        assertEquals("x", given.text("text"));
        assertEquals("", given.text("number"));
        assertEquals(OptionalInt.of(3), given.number("number"));
        assertEquals(OptionalInt.empty(), given.number("text"));
        assertEquals(List.of("a"), given.texts("list"));
        assertEquals(List.of(), given.texts("text"));
        assertEquals(Optional.empty(), given.optionalText("blank"), "models give a blank text where they mean none");
        assertEquals(Optional.of("x"), given.optionalText("text"));
        assertThrows(UnsupportedOperationException.class, () -> given.values().put("more", "y"));
    }

    @Test
    void theWorkerIsToldWhy() {
        assertEquals("do it", new Decision.SendToWorker("do it", Optional.empty()).told());
        assertEquals("do it\n\nWhy: it is red", new Decision.SendToWorker("do it", Optional.of("it is red")).told());
    }
}
