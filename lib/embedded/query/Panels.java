package embedded.query;

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
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;

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
        answer.put("taskDuration", panels.quantiles(Metrics.TASK_DURATION));
        answer.put("decisions", panels.counter(Metrics.DECISIONS, "function"));
        answer.put("verifications", panels.counter(Metrics.VERIFICATIONS, "result"));
        answer.put("active", List.of(line("sessions", panels.series.level(Metrics.SESSIONS_ACTIVE.name()))));
        answer.put("modelLatency", panels.quantiles(Metrics.GEMINI_DURATION));
        answer.put("workerLatency", panels.quantiles(Metrics.CLAUDE_DURATION));
        answer.put("requests", panels.counter(Metrics.API_REQUESTS, "api"));
        answer.put("errors", panels.counter(Metrics.API_ERRORS, "error.type"));
        answer.put("tokens", panels.counter(Metrics.TOKENS, "type"));
        answer.put("cost", panels.counter(Metrics.COST, "model"));
        answer.put("tools", panels.counter(Metrics.TOOL_EXECUTIONS, "tool_name"));
        answer.put("stalls", panels.counter(Metrics.STALLS, "pattern"));
        return answer;
    }

    private List<Map<String, Object>> counter(Metric metric, String attribute) throws SQLException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Map.Entry<String, double[]> entry : series.increase(metric.name(), attribute).entrySet()) {
            lines.add(line(entry.getKey(), entry.getValue()));
        }
        return lines;
    }

    /** Median and 95th percentile over all series of a histogram, for each step and for the whole time. */
    private List<Map<String, Object>> quantiles(Metric metric) throws SQLException {
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
        return List.of(quantile("median", MEDIAN, steps, whole), quantile("p95", P95, steps, whole));
    }

    private static Map<String, Object> quantile(String label, double share, Distribution[] steps, Distribution whole) {
        Map<String, Object> line = line(label, Arrays.stream(steps)
                .mapToDouble(step -> step == null ? Double.NaN : step.quantile(share)).toArray());
        line.put("total", whole.quantile(share));
        return line;
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
