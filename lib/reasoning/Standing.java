package reasoning;

import agent.Bounds;
import agent.Situation;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** The present state of the run. It is only in the newest message, so that all earlier messages stay unchanged. */
public final class Standing {
    private static final int NOTES = 200;

    private Standing() {}

    public static String text(Situation situation, Bounds bounds) {
        StringBuilder text = new StringBuilder("This is decision ").append(situation.iteration())
                .append("; a run takes at most ").append(situation.limits().maxIterations()).append('.');
        if (!bounds.deadline().equals(Instant.MAX)) {
            long minutes = Duration.between(Instant.now(), bounds.deadline()).toMinutes();
            text.append(" The run's time ends in ").append(minutes < 1 ? "less than a minute" : minutes + " min")
                    .append('.');
        }
        situation.limits().maxCost().ifPresent(max -> text.append(" All models together may cost ").append(max).append('.'));
        Optional<Verification> last = situation.lastVerification().flatMap(FunctionResult::verification);
        text.append("\nThe last check: ")
                .append(last.map(v -> v.verdict().value() + " (" + v.subject() + ")").orElse("none yet")).append('.');
        if (!situation.todo().isEmpty()) {
            text.append("\nYour task list:\n").append(situation.todo().stream().map(Standing::item)
                    .collect(Collectors.joining("\n")));
        }
        if (!situation.advice().isBlank()) {
            text.append("\nTHE RUN STALLS: ").append(situation.advice().strip())
                    .append(". Decide something that is different from before in kind.");
        }
        if (!situation.review().isEmpty()) {
            text.append("\n\n").append(situation.review());
        }
        return text.toString();
    }

    private static String item(TodoItem item) {
        return "- " + item.id() + " [" + item.status() + "] " + Excerpt.line(item.description(), NOTES)
                + (item.assignee().isBlank() ? "" : " (" + item.assignee() + ")")
                + (item.notes().isBlank() ? "" : " – " + Excerpt.line(item.notes(), NOTES));
    }
}
