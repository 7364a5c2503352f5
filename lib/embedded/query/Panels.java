package embedded.query;

import contract.Keys;
import contract.Metric;
import contract.Metrics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The panels of PA's dashboard as numbers; the names come from the contract, the drawing is the page's. */
public final class Panels {
    private final SeriesQueries series;
    private final Growth growth;
    private final Timeline timeline;

    private Panels(Connection connection, Timeline timeline) {
        this.series = new SeriesQueries(connection, timeline);
        this.growth = new Growth(connection, timeline);
        this.timeline = timeline;
    }

    public static Map<String, Object> read(Connection connection, Timeline timeline) throws SQLException {
        Panels panels = new Panels(connection, timeline);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("stepSeconds", timeline.stepMillis() / 1000);
        answer.put("times", timeline.seconds());
        answer.put("started", total(panels.growth.by(Metrics.TASKS_STARTED.name(), "", any -> true)));
        answer.put("tasks", panels.counter(Metrics.TASKS_COMPLETED, "status"));
        answer.put("taskDuration", panels.means(Metrics.TASK_DURATION));
        answer.put("decisions", panels.counter(Metrics.DECISIONS, "function"));
        answer.put("verifications", panels.counter(Metrics.VERIFICATIONS, "result"));
        answer.put("active", List.of(line("sessions", panels.series.level(Metrics.SESSIONS_ACTIVE.name()))));
        answer.put("modelLatency", panels.means(Metrics.GEMINI_DURATION));
        answer.put("workerLatency", panels.means(Metrics.CLAUDE_DURATION));
        answer.put("requests", panels.counter(Metrics.API_REQUESTS, "api"));
        answer.put("errors", panels.counter(Metrics.API_ERRORS, "error.type"));
        answer.put("tokens", panels.counter(Metrics.TOKENS, "type"));
        // What a rehearsal says it cost is no money.
        answer.put("cost", lines(panels.growth.by(Metrics.COST.name(), "model",
                attributes -> !attributes.getOrDefault(Keys.REHEARSAL_LABEL, "").equals("true"))));
        answer.put("tools", panels.counter(Metrics.TOOL_EXECUTIONS, "tool_name"));
        answer.put("stalls", panels.counter(Metrics.STALLS, "pattern"));
        return answer;
    }

    private List<Map<String, Object>> counter(Metric metric, String attribute) throws SQLException {
        return lines(growth.by(metric.name(), attribute, any -> true));
    }

    private static List<Map<String, Object>> lines(SortedMap<String, Growth.Steps> growth) {
        List<Map<String, Object>> lines = new ArrayList<>();
        growth.forEach((label, steps) -> lines.add(line(label, steps.values())));
        return lines;
    }

    /**
     * The mean over all series of a histogram, for each step and for the whole time: the contract's histograms have too few
     * boundaries for a quantile. The exact durations are those of the spans.
     */
    private List<Map<String, Object>> means(Metric metric) throws SQLException {
        Growth.Steps grown = growth.by(metric.name(), "", any -> true).get("");
        if (grown == null || Arrays.stream(grown.counts()).sum() == 0) {
            return List.of();
        }
        double[] means = new double[timeline.steps()];
        Arrays.setAll(means, i -> mean(grown.values()[i], grown.counts()[i]));
        Map<String, Object> line = line("mean", means);
        line.put("total", mean(Arrays.stream(grown.values()).sum(), Arrays.stream(grown.counts()).sum()));
        return List.of(line);
    }

    private static double mean(double sum, double count) {
        return count == 0 ? Double.NaN : sum / count;
    }

    private static Map<String, Object> line(String label, double[] values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("label", label);
        line.put("total", Arrays.stream(values).filter(value -> !Double.isNaN(value)).sum());
        line.put("values", values);
        return line;
    }

    private static double total(SortedMap<String, Growth.Steps> lines) {
        return lines.values().stream().mapToDouble(steps -> Arrays.stream(steps.values()).sum()).sum();
    }
}
