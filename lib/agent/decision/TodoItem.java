package agent.decision;

/** An entry of PA's own task list; {@code status} is one of pending, in_progress, blocked, completed. */
public record TodoItem(String id, String description, String assignee, int priority, String status, String notes) {}
