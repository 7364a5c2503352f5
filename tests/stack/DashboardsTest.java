package stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import contract.Keys;
import contract.Metric;
import contract.Metrics;
import contract.Prometheus;
import contract.Spans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import services.Catalogue;
import services.ConfigFiles;

/** Dashboards and rules ask only for what somebody sends, by names and labels that exist. */
class DashboardsTest {
    /** What Claude Code 2.1.330 sends, as Prometheus shows it; the last two by its documentation. */
    private static final Set<String> CLAUDE_CODE = Set.of("claude_code_session_count_total",
            "claude_code_lines_of_code_count_total", "claude_code_cost_usage_USD_total",
                    "claude_code_token_usage_tokens_total",
            "claude_code_code_edit_tool_decision_total", "claude_code_active_time_seconds_total",
            "claude_code_commit_count_total", "claude_code_pull_request_count_total");
    /** What Tempo makes from spans. */
    private static final Set<String> FROM_SPANS = Set.of("traces_spanmetrics_calls_total",
            "traces_spanmetrics_latency_bucket",
            "traces_service_graph_request_total");
    /**
     * What the parts say of themselves: read off the pinned versions, where they appear after the first fault also by name.
     */
    private static final Set<String> PARTS = Set.of("up", "ALERTS", "process_resident_memory_bytes",
            "otelcol_receiver_accepted_spans", "otelcol_receiver_accepted_metric_points",
                    "otelcol_receiver_accepted_log_records",
            "otelcol_receiver_refused_spans", "otelcol_receiver_refused_metric_points",
                    "otelcol_receiver_refused_log_records",
            "otelcol_receiver_failed_spans", "otelcol_exporter_sent_spans", "otelcol_exporter_send_failed_spans",
            "otelcol_exporter_send_failed_log_records",
                    "otelcol_exporter_queue_size",
            "otelcol_exporter_queue_capacity", "otelcol_process_memory_rss", "tempo_discarded_spans_total",
            "tempo_distributor_attributes_truncated_total", "tempo_distributor_spans_received_total",
            "tempo_metrics_generator_spans_discarded_total", "tempo_metrics_generator_registry_active_series",
            "tempo_live_store_live_traces", "prometheus_tsdb_storage_blocks_bytes", "prometheus_tsdb_wal_storage_size_bytes",
            "prometheus_tsdb_head_chunks_storage_size_bytes", "prometheus_tsdb_head_series",
            "prometheus_rule_evaluation_failures_total", "prometheus_tsdb_wal_writes_failed_total",
            "tempo_backend_scheduler_work_flushes_failed_total", "tempo_live_store_local_failed_flushes_total",
            "tempo_metrics_generator_registry_collections_failed_total", "otelcol_exporter_enqueue_failed_spans");
    private static final Set<String> WORDS = Set.of("sum", "count", "max", "min", "avg", "by", "or", "and", "unless", "rate",
            "increase", "offset", "max_over_time", "last_over_time", "histogram_quantile", "vector", "le", "on", "group_left", "bool",
            "service_instance_id");
    private static final Pattern STRINGS = Pattern.compile("\"[^\"]*\"");
    private static final Pattern SELECTORS = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGES = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern SPAN_NAME = Pattern.compile("name =~? \"([^\"]+)\"");

    private final Map<String, ConfigFiles.StackText> files = ConfigFiles.load(Optional.empty()).all();

    @ParameterizedTest
    @ValueSource(strings = {"agentproxy", "claude-code", "stack"})
    void everyNameInAQueryIsOneThatSomebodySends(String dashboard) throws IOException {
        List<String> expressions = expressions(dashboard);
        assertTrue(expressions.size() > 10, "a dashboard without queries proves nothing");
        Set<String> known = known();
        for (String expression : expressions) {
            Set<String> unknown = names(expression);
            unknown.removeAll(known);
            assertEquals(Set.of(), unknown, expression);
        }
    }

    @Test
    void everyNameInARuleIsOneThatSomebodySends() {
        Set<String> known = known();
        List<String> expressions = new ArrayList<>();
        for (String file : List.of("prometheus/rules/agentproxy.yml", "prometheus/rules/stack.yml")) {
            for (Map<String, Object> rule : rules(file)) {
                Optional.ofNullable(rule.get("record")).ifPresent(name -> known.add(name.toString()));
                expressions.add(rule.get("expr").toString());
            }
        }
        for (String expression : expressions) {
            Set<String> unknown = names(expression);
            unknown.removeAll(known);
            assertEquals(Set.of(), unknown, expression);
        }
    }

    @Test
    void panelsOfPaAskOnlyForLabelsThatItsMetricsCarry() throws IOException {
        for (String expression : expressions("agentproxy")) {
            Set<String> names = names(expression);
            Set<String> labels = labels(expression);
            labels.removeAll(Set.of("le", prometheus(Keys.PROJECT_ID), Keys.REHEARSAL_LABEL,
                    prometheus(Keys.SERVICE_INSTANCE_ID)));
            for (Metric metric : Metrics.all()) {
                if (names.stream().anyMatch(name -> name.startsWith(Prometheus.name(metric)))) {
                    metric.attributes().forEach(attribute -> labels.remove(prometheus(attribute)));
                }
            }
            assertEquals(Set.of(), labels, expression);
        }
    }

    @Test
    void everyPanelOfMoneyLeavesRehearsalsOutOrShowsThemAlone() throws IOException {
        List<String> money = expressions("agentproxy").stream().filter(expression -> expression.contains(
                Prometheus.name(Metrics.COST))).toList();
        assertTrue(money.size() > 4);
        for (String expression : money) {
            Matcher selector = Pattern.compile(Prometheus.name(Metrics.COST) + "(\\{[^}]*})").matcher(expression);
            while (selector.find()) {
                assertTrue(selector.group(1).contains("rehearsal!=\"true\"") || selector.group(1).contains("rehearsal=\"true\""),
                        expression);
            }
        }
        for (Map<String, Object> rule : rules("prometheus/rules/agentproxy.yml")) {
            String expression = rule.get("expr").toString();
            if (rule.containsKey("record")) {
                assertTrue(expression.contains("rehearsal!=\"true\""), expression);
            }
        }
    }

    @Test
    void everyPanelOfPaIsDescribedAndSaysWhatItMeansWhenThereIsNothing() throws IOException {
        for (JsonNode panel : dashboard("agentproxy").path("panels")) {
            if (!panel.path("type").asText().equals("row")) {
                String title = panel.path("title").asText();
                assertFalse(panel.path("description").asText().isBlank(), title);
                assertFalse(panel.path("fieldConfig").path("defaults").path("noValue").asText().isBlank(), title);
            }
        }
    }

    @Test
    void everyOutcomeAndLevelHasItsColourAndItsWord() throws IOException {
        String text = files.get("grafana/dashboards/agentproxy.json").text();
        for (contract.Status status : contract.Status.values()) {
            assertTrue(text.contains("\"options\": \"" + status.value() + "\""), status + " has no colour");
            assertTrue(Pattern.compile("\"" + status.value() + "\": \\{\\s*\"color\"").matcher(text).find(), status
                    + " has no mapping");
        }
        for (contract.EvidenceLevel level : contract.EvidenceLevel.values()) {
            assertTrue(text.contains("\"options\": \"" + level.value() + "\""), level + " has no colour");
        }
    }

    @Test
    void panelsThatFollowTheVariablesFollowAllOfThem() throws IOException {
        for (JsonNode target : targets("agentproxy")) {
            String asked = target.path("expr").asText() + target.path("query").asText();
            assertTrue(asked.contains("$project") || asked.contains("${project:regex}"), asked);
            assertTrue(asked.contains("rehearsal") || target.has("query"), asked);
        }
    }

    @Test
    void countersOfShortRunsAreNeverAskedWithRateOrIncrease() throws IOException {
        for (String dashboard : List.of("agentproxy", "claude-code")) {
            for (String expression : expressions(dashboard)) {
                assertFalse(expression.matches(".*(rate|increase)\\((agentproxy|claude_code)_.*"), expression);
            }
        }
    }

    @Test
    void traceSearchesNameSpansOfTheContract() throws IOException {
        Set<String> found = new TreeSet<>();
        for (JsonNode target : targets("agentproxy")) {
            Matcher name = SPAN_NAME.matcher(target.path("query").asText());
            while (name.find()) {
                found.add(name.group(1));
            }
        }
        assertEquals(Set.of(Spans.RUN_TASK, Spans.VERIFY, ".+[.]api[.]call", ".+[.]subprocess"), found);
    }

    @Test
    void howFullAWorkersConversationIsAndWhatVerifySaidHavePanels() throws IOException {
        String all = String.join("\n", targets("agentproxy").stream().map(target -> target.path("query").asText()).toList());
        for (String asked : List.of(Keys.CONTEXT_TOKENS, Keys.CONTEXT_WINDOW, Spans.VERIFY)) {
            assertTrue(all.contains(asked), asked);
        }
    }

    @Test
    void theVariablesFilterWhatComesFromTracesToo() throws IOException {
        int own = 0;
        for (JsonNode target : targets("agentproxy")) {
            String query = target.path("query").asText();
            if (query.startsWith("{")) {
                own++;
                assertTrue(query.contains("${project:regex}") && query.contains("${rehearsal:raw}"), query);
                // Tempo 3.0.3 does not find all spans of a block by "= nil".
                assertFalse(query.contains("nil"), query);
            }
        }
        assertTrue(own > 3, "queries of traces: " + own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agentproxy", "claude-code", "stack"})
    void panelsDoNotOverlapAndHaveIdsAndSources(String dashboard) throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard(dashboard).path("panels")) {
            assertTrue(ids.add(panel.path("id").asInt()), "id twice: " + panel.path("id"));
            JsonNode at = panel.path("gridPos");
            assertTrue(at.path("x").asInt() + at.path("w").asInt() <= 24, panel.path("title").asText());
            for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
                for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
                    assertTrue(cells.add(x + "," + y), "overlap at " + panel.path("title").asText());
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertTrue(Catalogue.DATA_SOURCES.contains(panel.path("datasource").path("uid").asText()), panel.path("title").asText());
                assertFalse(panel.path("title").asText().isEmpty());
            }
        }
        assertEquals(dashboard, dashboard(dashboard).path("uid").asText());
    }

    @Test
    void dataSourcesHaveTheUidsThatDashboardsAskFor() {
        String text = files.get("grafana/provisioning/datasources/datasources.yaml").text();
        for (String uid : Catalogue.DATA_SOURCES) {
            assertTrue(text.contains("    uid: " + uid + "\n"), uid + " is in Catalogue.DATA_SOURCES and not in datasources.yaml");
        }
        assertTrue(text.contains("timeInterval: 5s"), "$__rate_interval needs the scrape interval");
        assertTrue(files.get("prometheus/prometheus.yml").text().contains("scrape_interval: 5s"));
        assertFalse(Pattern.compile("[^$]\\$__").matcher(text).find(), "a $ is written $$ in provisioning");
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(CLAUDE_CODE);
        known.addAll(FROM_SPANS);
        known.addAll(PARTS);
        for (Metric metric : Metrics.all()) {
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                List.of("_bucket", "_sum", "_count").forEach(suffix -> known.add(Prometheus.name(metric) + suffix));
            } else {
                known.add(Prometheus.name(metric));
            }
        }
        return known;
    }

    /** The names of series in a PromQL expression. */
    private static Set<String> names(String expression) {
        String bare = STRINGS.matcher(expression).replaceAll("");
        bare = SELECTORS.matcher(bare).replaceAll(" ");
        bare = RANGES.matcher(bare).replaceAll(" ");
        bare = GROUPING.matcher(bare).replaceAll(" ").replaceAll("offset (\\d+\\w|\\$__interval)", " ");
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(bare);
        while (matcher.find()) {
            if (!WORDS.contains(matcher.group())) {
                names.add(matcher.group());
            }
        }
        return names;
    }

    private static Set<String> labels(String expression) {
        Set<String> labels = new TreeSet<>();
        Matcher selector = SELECTORS.matcher(expression);
        while (selector.find()) {
            Matcher label = LABEL.matcher(STRINGS.matcher(selector.group()).replaceAll("\"\""));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",")) {
                labels.add(label.strip());
            }
        }
        return labels;
    }

    private static String prometheus(String attribute) {
        return attribute.replace('.', '_');
    }

    private List<String> expressions(String dashboard) throws IOException {
        List<String> found = new ArrayList<>();
        targets(dashboard).forEach(target -> {
            if (target.has("expr")) {
                found.add(target.path("expr").asText());
            }
        });
        return found;
    }

    private List<JsonNode> targets(String dashboard) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        dashboard(dashboard).path("panels").forEach(panel -> panel.path("targets").forEach(found::add));
        return found;
    }

    private JsonNode dashboard(String name) throws IOException {
        return new ObjectMapper().readTree(files.get("grafana/dashboards/" + name + ".json").text());
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> rules(String file) {
        Map<String, Object> root = new Yaml().load(files.get(file).text());
        List<Map<String, Object>> rules = new ArrayList<>();
        ((List<Map<String, Object>>) root.get("groups")).forEach(group ->
                rules.addAll((List<Map<String, Object>>) group.get("rules")));
        return rules;
    }
}
