package reasoning;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongBiFunction;

/**
 * Decides which steps are shown in full, which are shortened and which are left out, oldest first, so that the price of a decision
 * does not grow with the run.
 *
 * <p>When the history exceeds the budget, it is cut down to half of it, always by the same walk through the steps from the oldest on.
 * So the beginning of the conversation stays the same for many decisions in a row. Gemini's implicit cache bills a known beginning
 * at a tenth of the price, and this keeps the cache working.
 */
public final class HistoryBudget {
    /** About 60,000 tokens: far below the 200,000 above which some models cost twice. */
    public static final long CHARS = 240_000;
    /** The newest steps stay whole: the next decision depends on them. */
    public static final int WHOLE = 2;

    /** How long a step is when shown in full and when shortened. */
    record Size(long full, long brief) {}

    private HistoryBudget() {}

    /** The plan for steps that take so many characters, within the usual budget. */
    public static <S> List<Detail> plan(List<S> steps, ToLongBiFunction<S, Detail> size) {
        return plan(steps.stream().map(step -> new Size(size.applyAsLong(step, Detail.FULL), size.applyAsLong(step,
                Detail.BRIEF))).toList(), CHARS);
    }

    /** How many of the oldest steps it leaves out. */
    public static int leftOut(List<Detail> plan) {
        return (int) plan.stream().takeWhile(Detail.LEFT_OUT::equals).count();
    }

    static List<Detail> plan(List<Size> steps, long budget) {
        Detail[] plan = new Detail[steps.size()];
        Arrays.fill(plan, Detail.FULL);
        long total = 0;
        for (int newest = 0; newest < plan.length; newest++) {
            total += steps.get(newest).full();
            if (total > budget) {
                total -= reduce(plan, newest, Detail.BRIEF, total - budget / 2, steps);
                // A shortened step is worth its room as long as enough room is left for the others.
                if (total > budget - budget / 4) {
                    total -= reduce(plan, newest, Detail.LEFT_OUT, total - budget / 2, steps);
                }
            }
        }
        return List.of(plan);
    }

    /** Shortens steps to {@code to}, oldest first, until {@code excess} characters are saved; returns the number of shortened steps. */
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
