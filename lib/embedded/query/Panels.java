package embedded.query;

import contract.Attributes;
import contract.Metric;
import contract.Metrics;
import embedded.store.Distribution;
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
    private final Timeline timeline;

    private Panels(Connection connection, Timeline timeline) {
        this.series = new SeriesQueries(connection, timeline);
        this.timeline = timeline;
    }

    public static Map<String, Object> read(Connection connection, Timeline timeline) throws SQLException {
        Panels panels = new Panels(connection, timeline);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("stepSeconds", timeline.stepMillis() / 1000);
        answer.put("times", timeline.seconds());
        answer.put("started", total(panels.series.increase(Metrics.TASKS_STARTED.name(), "")));
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
        answer.put("cost", lines(panels.series.increase(Metrics.COST.name(), "model",
                attributes -> !attributes.getOrDefault(Attributes.REHEARSAL_LABEL, "").equals("true"))));
        answer.put("tools", panels.counter(Metrics.TOOL_EXECUTIONS, "tool_name"));
        answer.put("stalls", panels.counter(Metrics.STALLS, "pattern"));
        return answer;
    }

    private List<Map<String, Object>> counter(Metric metric, String attribute) throws SQLException {
        return lines(series.increase(metric.name(), attribute));
    }

    private static List<Map<String, Object>> lines(SortedMap<String, double[]> growth) {
        List<Map<String, Object>> lines = new ArrayList<>();
        growth.forEach((label, values) -> lines.add(line(label, values)));
        return lines;
    }

    /**
     * The mean over all series of a histogram, for each step and for the whole time: the contract's histograms have too few
     * boundaries for a quantile. The exact durations are those of the spans.
     */
    private List<Map<String, Object>> means(Metric metric) throws SQLException {
        Distribution[] steps = new Distribution[timeline.steps()];
        Distribution whole = null;
        for (Distribution[] part : series.counted(metric.name(), "").values()) {
            for (int i = 0; i < steps.length; i++) {
                if (part[i] != null) {
                    steps[i] = steps[i] == null ? part[i] : steps[i].plus(part[i]);
                    whole = whole == null ? part[i] : whole.plus(part[i]);
                }
            }
        }
        if (whole == null) {
            return List.of();
        }
        Map<String, Object> line = line("mean", Arrays.stream(steps).mapToDouble(Panels::mean).toArray());
        line.put("total", mean(whole));
        return List.of(line);
    }

    private static double mean(Distribution distribution) {
        return distribution == null || distribution.count() == 0 || distribution.sum().isEmpty() ? Double.NaN
                : distribution.sum().getAsDouble() / distribution.count();
    }

    private static Map<String, Object> line(String label, double[] values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("label", label);
        line.put("total", Arrays.stream(values).filter(value -> !Double.isNaN(value)).sum());
        line.put("values", values);
        return line;
    }

    private static double total(SortedMap<String, double[]> lines) {
        return lines.values().stream().mapToDouble(values -> Arrays.stream(values).sum()).sum();
    }
}
