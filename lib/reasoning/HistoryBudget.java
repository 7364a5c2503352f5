package reasoning;

import java.util.Arrays;
import java.util.List;

/**
 * Decides which steps are shown in full, which shortened, and which not at all, oldest first, so that the
 * price of a decision does not grow with the run.
 *
 * <p>Once the budget is exceeded it is cut down to half, and that is found by going through the steps as they came: so the
 * beginning of the conversation stays the same for many decisions in a row, and Gemini's implicit cache, which bills a
 * known beginning at a tenth, goes on working.
 */
public final class HistoryBudget {
    /** About 60,000 tokens: far below the 200,000 above which some models cost twice. */
    public static final long CHARS = 240_000;
    /** The newest steps stay whole: what is decided next depends on them. */
    public static final int WHOLE = 2;

    /** How long a step is when shown in full and when shortened. */
    public record Size(long full, long brief) {}

    private HistoryBudget() {}

    public static List<Detail> plan(List<Size> steps, long budget) {
        Detail[] plan = new Detail[steps.size()];
        Arrays.fill(plan, Detail.FULL);
        long total = 0;
        for (int newest = 0; newest < plan.length; newest++) {
            total += steps.get(newest).full();
            if (total > budget) {
                total -= reduce(plan, newest, Detail.BRIEF, total - budget / 2, steps);
                // A step in brief is worth its room as long as that did not leave too little of it.
                if (total > budget - budget / 4) {
                    total -= reduce(plan, newest, Detail.LEFT_OUT, total - budget / 2, steps);
                }
            }
        }
        return List.of(plan);
    }

    /** Takes steps down to {@code to}, oldest first, until {@code excess} characters are saved; returns how many were. */
    private static long reduce(Detail[] plan, int newest, Detail to, long excess, List<Size> steps) {
        long saved = 0;
        for (int i = 0; i <= newest - WHOLE && saved < excess; i++) {
            if (plan[i].ordinal() < to.ordinal()) {
                saved += size(steps.get(i), plan[i]) - size(steps.get(i), to);
                plan[i] = to;
            }
        }
        return saved;
    }

    private static long size(Size step, Detail detail) {
        return detail == Detail.FULL ? step.full() : detail == Detail.BRIEF ? step.brief() : 0;
    }
}
