package stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Metric;
import contract.Metrics;
import contract.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import runner.Repository;

/** Where each metric of the contract is shown. One that nobody can see is counted for nothing. */
class MetricPlacesTest {
    /** The panels have durations from the spans, which are exact, and count the tasks that ended. */
    private static final Set<Metric> NOT_IN_GRAFANA = Set.of(Metrics.TASK_DURATION, Metrics.TASKS_STARTED);
    /** The page has these figures from the spans, or shows a figure beside them. */
    private static final Set<Metric> NOT_ON_THE_PAGE = Set.of(Metrics.REASONING_DURATION, Metrics.CLAUDE_ITERATIONS,
            Metrics.TOOL_DURATION, Metrics.LINES_ADDED, Metrics.LINES_REMOVED, Metrics.FILES_MODIFIED, Metrics.EVIDENCE,
            Metrics.TASK_ROUNDS);

    /** The page draws these from the runs; they are for whoever asks {@code /api/panels} itself. */
    private static final Set<String> NOT_DRAWN = Set.of("started", "tasks", "cost");

    @Test
    void theReadmeNamesEveryMetric() throws IOException {
        String readme = read("README.md");
        assertEquals(List.of(), missing(Set.of(), metric -> readme.contains("`" + metric.name() + "`")
                || readme.contains("`" + metric.name().substring("agentproxy".length()) + "`")), "not in the README's table of metrics");
    }

    @Test
    void everyMetricHasAPanelInGrafana() throws IOException {
        String dashboard = read("stack/grafana/dashboards/agentproxy.json");
        assertEquals(List.of(), missing(NOT_IN_GRAFANA, metric -> Pattern.compile("\\b" + Prometheus.name(metric)
                + "(_sum|_count|_bucket)?[{\\[]").matcher(dashboard).find()), "in no panel of stack/grafana/dashboards/agentproxy.json");
    }

    @Test
    void everyMetricHasAPanelOnThePage() throws Exception {
        String panels = read("lib/embedded/query/Panels.java");
        Set<String> shown = new TreeSet<>();
        Matcher constant = Pattern.compile("\\bMetrics\\.([A-Z_]+)").matcher(panels);
        while (constant.find()) {
            shown.add(((Metric) Metrics.class.getField(constant.group(1)).get(null)).name());
        }
        assertEquals(List.of(), missing(NOT_ON_THE_PAGE, metric -> shown.contains(metric.name())),
                "not read by lib/embedded/query/Panels.java, and not among those that the page has from elsewhere");
    }

    @Test
    void whatThePanelsReadIsDrawn() throws IOException {
        String page = read("lib/embedded/page/overview.js");
        List<String> read = Pattern.compile("answer\\.put\\(\"(\\w+)\"").matcher(read("lib/embedded/query/Panels.java")).results()
                .map(found -> found.group(1)).filter(key -> !NOT_DRAWN.contains(key)).toList();
        assertTrue(read.size() > 10, read::toString);
        assertEquals(List.of(), read.stream().filter(key -> !page.contains("p." + key)).toList(),
                "lib/embedded/query/Panels.java answers with these, and lib/embedded/page/overview.js draws them nowhere");
    }

    private static List<String> missing(Set<Metric> without, Predicate<Metric> there) {
        return Metrics.all().stream().filter(metric -> !without.contains(metric)).filter(there.negate()).map(Metric::name)
                .collect(Collectors.toList());
    }

    private static String read(String file) throws IOException {
        return Files.readString(Repository.root().resolve(file));
    }
}
