package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TodoListTest {
    @TempDir
    Path folder;

    private Project project;
    private DefaultFunctions functions;

    @BeforeEach
    void functions() throws Exception {
        project = new Project(folder);
        functions = project.functions();
    }

    @Test
    void tasksAreCreatedUpdatedAndCompleted() throws Exception {
        assertTrue(create("write tests", Optional.empty(), OptionalInt.empty()).success());
        assertTrue(create("review", Optional.of("pa"), OptionalInt.of(0)).success());
        assertTrue(run(new Decision.UpdateTask("task-1", "In Progress", Optional.of("half"))).success());
        FunctionResult result = run(new Decision.CompleteTask("task-2", Optional.empty()));
        assertEquals("Changed.\ntask-1 [in_progress] write tests (half)\ntask-2 [completed] review", result.output());
        assertEquals(List.of(new TodoItem("task-1", "write tests", "claude", 1, "in_progress", "half"),
                new TodoItem("task-2", "review", "pa", 0, "completed", "")), functions.todo());
    }

    @Test
    void theListIsRestoredForASessionThatIsResumed() throws Exception {
        List<TodoItem> before = List.of(new TodoItem("task-7", "a", "claude", 1, "pending", ""));
        functions = new DefaultFunctions(project.workspace(), project.tree(), project.options, before);
        assertEquals(before, functions.todo());
        create("b", Optional.empty(), OptionalInt.empty());
        assertEquals("task-8", functions.todo().get(1).id());
    }

    @ParameterizedTest
    @CsvSource({"task-1, finished", "task-2, pending", "'', pending", "task-1, ''"})
    void whatIsWrongIsRefusedWithAReasonAndChangesNothing(String id, String status) throws Exception {
        create("a", Optional.empty(), OptionalInt.empty());
        List<TodoItem> before = functions.todo();
        FunctionResult result = run(new Decision.UpdateTask(id, status, Optional.empty()));
        assertFalse(result.success());
        assertTrue(result.output().contains("status must be one of") || result.output().contains("there is no task"));
        assertEquals(before, functions.todo());
    }

    @Test
    void theListIsBounded() throws Exception {
        assertFalse(create(" ", Optional.empty(), OptionalInt.empty()).success());
        create("x".repeat(10_000), Optional.of(""), OptionalInt.of(-3));
        assertTrue(functions.todo().get(0).description().length() < 2100);
        assertEquals(0, functions.todo().get(0).priority());
        for (int i = 0; i < 300; i++) {
            create("t", Optional.empty(), OptionalInt.empty());
        }
        assertEquals(200, functions.todo().size());
    }

    private FunctionResult create(String text, Optional<String> assignee, OptionalInt priority) throws InterruptedException {
        return run(new Decision.CreateTask(text, assignee, priority));
    }

    private FunctionResult run(Decision decision) throws InterruptedException {
        return functions.execute(decision, Bounds.none());
    }
}
