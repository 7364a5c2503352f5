package functions;

import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code create_task}, {@code update_task}, {@code complete_task}: PA's own task list. Not thread-safe. */
final class TodoList {
    private static final Set<String> STATUSES = Set.of("pending", "in_progress", "blocked", "completed");
    private static final int MOST = 200;
    private static final int LONGEST = 2000;
    private static final int DEFAULT_PRIORITY = 1;
    private static final String DEFAULT_ASSIGNEE = "claude";

    private final List<TodoItem> items;

    /** @param items the list at the end of the session's last run; empty for a new session */
    TodoList(List<TodoItem> items) {
        this.items = new ArrayList<>(items);
    }

    List<TodoItem> items() {
        return List.copyOf(items);
    }

    FunctionResult create(Decision.CreateTask decision) {
        if (decision.description().isBlank()) {
            return FunctionResult.refused("refused: the task has no description");
        }
        if (items.size() >= MOST) {
            return FunctionResult.refused("refused: there are " + MOST + " tasks already; complete some of them");
        }
        items.add(new TodoItem(nextId(), bounded(decision.description()),
                decision.assignee().filter(a -> !a.isBlank()).map(TodoList::bounded).orElse(DEFAULT_ASSIGNEE),
                Math.max(0, decision.priority().orElse(DEFAULT_PRIORITY)), "pending", ""));
        return FunctionResult.ok("Created.\n" + text());
    }

    FunctionResult update(Decision.UpdateTask decision) {
        String status = decision.status().strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        if (!STATUSES.contains(status)) {
            return FunctionResult.refused("refused: the status must be one of "
                    + STATUSES.stream().sorted().collect(Collectors.joining(", ")) + ", not " + decision.status());
        }
        return change(decision.taskId(), status, decision.notes().orElse(""));
    }

    FunctionResult complete(Decision.CompleteTask decision) {
        return change(decision.taskId(), "completed", decision.notes().orElse(""));
    }

    private FunctionResult change(String id, String status, String notes) {
        for (int i = 0; i < items.size(); i++) {
            TodoItem item = items.get(i);
            if (item.id().equals(id.strip())) {
                items.set(i, new TodoItem(item.id(), item.description(), item.assignee(), item.priority(), status,
                        notes.isBlank() ? item.notes() : bounded(notes)));
                return FunctionResult.ok("Changed.\n" + text());
            }
        }
        return FunctionResult.refused("refused: there is no task " + id + ". " + text());
    }

    private String nextId() {
        int highest = items.stream().map(TodoItem::id).filter(id -> id.matches("task-\\d{1,6}"))
                .mapToInt(id -> Integer.parseInt(id.substring("task-".length()))).max().orElse(0);
        return "task-" + (highest + 1);
    }

    private String text() {
        if (items.isEmpty()) {
            return "There are no tasks.";
        }
        return items.stream().map(item -> item.id() + " [" + item.status() + "] " + item.description()
                + (item.notes().isEmpty() ? "" : " (" + item.notes() + ")")).collect(Collectors.joining("\n"));
    }

    private static String bounded(String text) {
        String stripped = text.strip();
        return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST) + "…";
    }
}
