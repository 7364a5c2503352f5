package runner;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Tables of figures, each beside its goal, as {@code make bench} prints them. */
public final class Figures {
    private final PrintStream out;
    private final StringBuilder markdown;

    public Figures(PrintStream out) {
        this(out, new StringBuilder());
    }

    private Figures(PrintStream out, StringBuilder markdown) {
        this.out = out;
        this.markdown = markdown;
    }

    /** Prints as before, and writes the same as Markdown, for a page of the docs. */
    public Figures alsoInto(StringBuilder page) {
        return new Figures(out, page);
    }

    /** Begins a table. */
    public void table(String title) {
        out.println(title);
        markdown.append("\n### ").append(title).append("\n\n| what | figure | goal |\n|---|---|---|\n");
        out.flush();
    }

    /** One line in words. */
    public void note(String text) {
        out.println("  " + text);
        markdown.append("| ").append(text.replace("|", "\\|")).append(" | | |\n");
        out.flush();
    }

    /** @param goal empty when there is none */
    public void row(String what, String figure, String goal) {
        markdown.append("| ").append(what.strip()).append(" | ").append(figure).append(" | ").append(goal).append(" |\n");
        out.printf(Locale.ROOT, "  %-56s %24s  %14s%n", what, figure, goal.isEmpty() ? "" : "goal " + goal);
        out.flush();
    }

    /** The median of milliseconds, with the least and the most. */
    public void row(String what, List<Long> millis, String goal) {
        row(what, String.format(Locale.ROOT, "%d ms (%d–%d)", median(millis), Collections.min(millis),
                Collections.max(millis)), goal);
    }

    /** The ratio of two medians. */
    public void ratio(String what, List<Long> millis, List<Long> to, String goal) {
        row(what, String.format(Locale.ROOT, "%.2f", (double) median(millis) / median(to)), goal);
    }

    public static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
