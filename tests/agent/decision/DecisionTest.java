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
        Map<String, Object> arguments = DecisionCodec.arguments(decision);
        assertEquals(decision.getClass().getRecordComponents().length, arguments.size());
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
        assertEquals(new Decision.RunTests(Optional.empty()), DecisionCodec.decision(FunctionName.RUN_TESTS, Map.of()));
        assertEquals(new Decision.VerifyCode(List.of()), DecisionCodec.decision(FunctionName.VERIFY_CODE, Map.of()));
        assertEquals(new Decision.CreateTask("", Optional.empty(), OptionalInt.empty()),
                DecisionCodec.decision(FunctionName.CREATE_TASK, Map.of()));
        assertEquals(Map.of(), DecisionCodec.arguments(new Decision.VerifyCode(List.of())));
        assertEquals(Map.of("reason", "r"), DecisionCodec.arguments(new Decision.SaveSession("r", Optional.empty(),
                OptionalInt.empty())));
    }

    @Test
    void aValueOfAnotherTypeIsNone() {
        assertEquals(new Decision.CreateTask("", Optional.empty(), OptionalInt.empty()),
                DecisionCodec.decision(FunctionName.CREATE_TASK, Map.of("description", 3, "assignee", List.of("a"), "priority", "3")));
        assertEquals(new Decision.VerifyCode(List.of()), DecisionCodec.decision(FunctionName.VERIFY_CODE, Map.of("file_paths",
                "a.sh")));
        assertEquals(new Decision.RunTests(Optional.empty()), DecisionCodec.decision(FunctionName.RUN_TESTS,
                Map.of("test_command", "  ")), "models give a blank text where they mean none");
        assertThrows(UnsupportedOperationException.class,
                () -> DecisionCodec.arguments(new Decision.ReadFile("a")).put("more", "y"));
    }

    @Test
    void argumentsHaveTheOriginalsNamesInTheirOrder() {
        assertEquals("{product_type=api_server, start_command=./run, port=80, endpoints_to_test=[/a], ui_actions=[Go]}",
                DecisionCodec.arguments(new Decision.VerifyProduct(Optional.of("api_server"), Optional.of("./run"),
                        OptionalInt.of(80), List.of("/a"), List.of("Go"))).toString());
    }

    @Test
    void theWorkerIsToldWhy() {
        assertEquals("do it", new Decision.SendToWorker("do it", Optional.empty()).told());
        assertEquals("do it\n\nWhy: it is red", new Decision.SendToWorker("do it", Optional.of("it is red")).told());
    }
}
