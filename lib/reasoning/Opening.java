package reasoning;

import agent.Situation;
import agent.Situation.Round;
import agent.Situation.Step;
import agent.Task;
import agent.Task.ContextFile;
import agent.decision.FunctionName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The first message: the task with its context, the rules of judging, and the first round of the run. */
public final class Opening {
    private static final int FILE_CHARS = 40_000;
    private static final int FILES_CHARS = 200_000;

    private Opening() {}

    /**
     * @param leftOut the oldest steps, which are not shown, only counted
     * @param missing receives a warning about content that cannot be shown
     */
    public static List<Piece> of(Situation situation, List<Step> leftOut, Consumer<String> missing) {
        List<Piece> parts = new ArrayList<>();
        parts.add(new Piece.Text(task(situation)));
        parts.addAll(Pictures.of(situation.task(), missing));
        situation.opening().ifPresent(round -> parts.add(new Piece.Text(firstRound(situation.task(), round))));
        if (!leftOut.isEmpty()) {
            parts.add(new Piece.Text("The first " + leftOut.size() + " decisions of this session are left out here: "
                    + counted(leftOut)));
        }
        return parts;
    }

    private static String task(Situation situation) {
        Task task = situation.task();
        // The task is never shortened: everything is measured by it.
        StringBuilder text = new StringBuilder("# The task, as the human gave it\n\n").append(task.text().strip())
                .append("\n\n# How it is judged\n\n")
                .append(situation.verificationWanted()
                        ? "mark_done is refused while the worker's last round has not ended cleanly, while a check fails, and "
                                + "while nothing shows that the task is done. Where no test shows it, you are shown the whole "
                                + "change and judge it yourself."
                        : "The human wants no verification: mark_done is accepted when the worker's last round ended "
                                + "cleanly. Read what it did all the more carefully.");
        int left = FILES_CHARS;
        for (ContextFile file : task.context()) {
            int share = Math.min(FILE_CHARS, left);
            text.append("\n\n# Context file ").append(file.name()).append("\n\n")
                    .append(share > 0 ? Excerpt.of(file.text().strip(), share) : "(left out: the context is too large)");
            left -= Math.min(file.text().length(), share);
        }
        return text.toString();
    }

    private static String firstRound(Task task, Round round) {
        // The loop's first instruction quotes the task and its context, which are above.
        String told = round.instruction().replace(task.text().strip(), "[the task, as above]");
        for (ContextFile file : task.context()) {
            told = file.text().isBlank() ? told : told.replace(file.text().strip(), "[as above]");
        }
        return "# The first round\n\nThe worker was told:\n" + Excerpt.of(told, Detail.FULL.chars()) + "\n\n"
                + RoundText.of(round, Detail.FULL.chars());
    }

    private static String counted(List<Step> steps) {
        Map<FunctionName, Integer> counts = new EnumMap<>(FunctionName.class);
        steps.forEach(step -> counts.merge(step.reasoning().decision().function(), 1, Integer::sum));
        return counts.entrySet().stream().map(e -> e.getKey().value() + " ×" + e.getValue())
                .collect(Collectors.joining(", "));
    }
}
