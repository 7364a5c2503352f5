package agent.loop;

import agent.Task;
import agent.decision.Decision;
import java.util.stream.Collectors;

/** The words that the worker is given by the loop itself. */
final class Briefing {
    private static final String AGAIN = "You were interrupted. Look at what is there already, then go on with this:\n\n";

    private Briefing() {}

    /** The first instruction: the task as it was given, what belongs to it, and how the work will be judged. */
    static String opening(Task task, Decision check, boolean verificationWanted) {
        StringBuilder text = new StringBuilder(task.text().strip());
        for (Task.ContextFile file : task.context()) {
            text.append("\n\n--- Context: ").append(file.name()).append(" ---\n").append(file.text().strip());
        }
        if (!task.screenshots().isEmpty()) {
            text.append("\n\nReference pictures, to be looked at with your file tool:\n").append(task.screenshots().stream()
                    .map(s -> "- " + s.path() + (s.description().isEmpty() ? "" : ": " + s.description()))
                    .collect(Collectors.joining("\n")));
        }
        if (verificationWanted && check instanceof Decision.RunTests tests && tests.testCommand().isPresent()) {
            text.append("\n\nThe work counts as done when this passes: ").append(tests.testCommand().get())
                    .append("\nIt is run for you after your work, so you need not run it; if you do, run exactly this command.");
        }
        return text.toString();
    }

    /** For a round that was cut off and is begun again. */
    static String again(String instruction) {
        return AGAIN + instruction;
    }

    /** The instruction without what {@link #again} put before it. */
    static String original(String instruction) {
        return instruction.startsWith(AGAIN) ? instruction.substring(AGAIN.length()) : instruction;
    }
}
