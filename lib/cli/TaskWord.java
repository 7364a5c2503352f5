package cli;

import console.ProgramName;
import contract.Failure;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A single word in the place of the task is often meant as a command, and a run costs money. So a word that is equal or similar to a
 * command starts nothing; {@code --task} marks it as a task.
 */
final class TaskWord {
    /** Words for which pa has an option. */
    private static final Set<String> OPTIONS = Set.of("help", "version");
    /** The other program's commands. Only exactly these, because they are also usual words of tasks. */
    private static final Set<String> STACK = Set.of("up", "down", "status", "logs", "restart", "open", "env", "doctor",
            "config", "dashboards");
    /** Commands of other tools that users try first. */
    private static final Set<String> OTHERS = Set.of("list", "ls", "run", "start", "stop", "init", "login", "update", "upgrade");
    private static final int SHORT = 5;
    private static final int LONG = 9;

    private TaskWord() {}

    /**
     * Refuses a word that is no task.
     *
     * @param task as the user typed it, in the place of the task
     * @param verbs the subcommands of {@code pa}
     * @throws Failure (usage) with the command that the user may have meant, and the way to give the word as a task
     */
    static void check(String task, Set<String> verbs) {
        String word = task.strip().toLowerCase(Locale.ROOT);
        if (word.chars().anyMatch(Character::isWhitespace) || word.isEmpty()) {
            return;
        }
        if (word.startsWith("@") && word.length() > 1) {
            String file = task.strip().substring(1);
            throw refused(task, "JBang expands @FILE, and the file " + file + " could not be read",
                    "a task from a file: pa - < " + ProgramName.word(file));
        }
        if (STACK.contains(word)) {
            throw refused(task, "it is a command, not a task", "did you mean: stack " + word);
        }
        nearest(word, OPTIONS).ifPresent(option -> {
            throw refused(task, "it is a command, not a task", "did you mean: pa --" + option);
        });
        nearest(word, verbs).ifPresent(verb -> {
            throw refused(task, "it is a command, not a task", "did you mean: pa " + verb);
        });
        if (OTHERS.contains(word)) {
            throw refused(task, "pa has no such command", "all commands: pa --help");
        }
    }

    private static Failure refused(String task, String why, String meant) {
        return Failure.usage("'" + task.strip() + "' was not taken as a task: " + why,
                meant + "; to use it as a task: pa --task " + ProgramName.word(task.strip()));
    }

    private static Optional<String> nearest(String word, Set<String> verbs) {
        return verbs.stream().filter(verb -> distance(word, verb) <= bound(verb))
                .min(Comparator.<String>comparingInt(verb -> distance(word, verb)).thenComparing(Comparator.naturalOrder()));
    }

    /** A longer command may be typed with more mistakes. */
    private static int bound(String verb) {
        return verb.length() < SHORT ? 1 : verb.length() < LONG ? 2 : 3;
    }

    /** The number of letters to insert, remove, replace or swap with their neighbour to turn one word into the other. */
    static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(steps[i - 1][j - 1] + same, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
