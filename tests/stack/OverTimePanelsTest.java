package stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import services.ConfigFiles;

/** Bars over time: each says what was counted within it, whatever lives how long, and together they say all of it. */
class OverTimePanelsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static JsonNode panels(String dashboard) throws IOException {
        return JSON.readTree(ConfigFiles.load(Optional.empty()).all().get("grafana/dashboards/" + dashboard + ".json").text())
                .path("panels");
    }

    private static JsonNode panel(String title) throws IOException {
        for (JsonNode panel : panels("agentproxy")) {
            if (panel.path("title").asText().equals(title)) {
                return panel;
            }
        }
        throw new AssertionError("no panel " + title);
    }

    /** Samples every five seconds; Prometheus says itself when a series has ended. */
    private String file(String metric, String label, String expression) {
        StringBuilder text = new StringBuilder("evaluation_interval: 1m\ntests:\n  - interval: 5s\n    input_series:\n");
        String[][] processes = {
            {"of two minutes", "_x120 1x12 2x12 stale"},
            {"that ends with the first hour", "_x710 2x9 stale"},
            {"that begins right after it", "_x721 4x30 stale"},
            // It adds a quarter every five minutes, for an hour and three quarters.
            {"of hours", "0x59 0.25x59 0.5x59 0.75x59 1x59 1.25x59 1.5x59 1.75x59 2x59 2.25x59 2.5x59 2.75x59 3x59 3.25x59 3.5x59"
                + " 3.75x59 4x59 4.25x59 4.5x59 4.75x59 5x59 stale"}};
        for (String[] process : processes) {
            text.append("      - series: ").append(metric).append("{agentproxy_project_id=\"demo\",service_instance_id=\"")
                    .append(process[0]).append("\",").append(label).append("=\"x\"}\n        values: '").append(process[1])
                    .append("'\n");
        }
        text.append("    promql_expr_test:\n");
        // At the full hour the long one has just come to 3.
        double[] counted = {2 + 2 + 3, 4 + 2, 0};
        for (int hour = 1; hour <= 3; hour++) {
            text.append("      - expr: '").append(expression.replace("$__interval", "1h").replaceAll("\\$\\w+", ".*").replace("'", "''"))
                    .append("'\n        eval_time: ").append(hour).append("h\n");
            if (counted[hour - 1] == 0) {
                text.append("        exp_samples: []\n");
            } else {
                text.append("        exp_samples:\n          - labels: '{").append(label).append("=\"x\"}'\n            value: ")
                        .append(counted[hour - 1]).append('\n');
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"Tasks by outcome, agentproxy_tasks_completed_total, status", "Cost over time, agentproxy_cost_USD_total, model",
        "Stalls over time, agentproxy_stall_detections_total, pattern"})
    void eachBarSaysWhatWasCountedWithinIt(String title, String metric, String label) throws Exception {
        Path file = Files.writeString(folder.resolve("test.yml"), file(metric, label, panel(title).path("targets").get(0)
                .path("expr").asText()));
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "test", "rules", file.toString()).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("promtool is not installed (Debian: prometheus)");
            return;
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, promtool.waitFor(), said);
    }

    /** A month of ten thousand runs costs a query as much as it has points. */
    @Test
    void panelsOverTimeHaveAtMostSixtyBars() throws IOException {
        int panels = 0;
        for (String dashboard : List.of("agentproxy", "claude-code")) {
            for (JsonNode panel : panels(dashboard)) {
                for (JsonNode target : panel.path("targets")) {
                    // Those that read the series of each run, and not at one moment only.
                    if (target.path("expr").asText().contains("max_over_time") && !target.path("instant").asBoolean()) {
                        panels++;
                        assertEquals(60, panel.path("maxDataPoints").asInt(), panel.path("title").asText());
                    }
                }
            }
        }
        assertTrue(panels >= 9, "panels over time: " + panels);
    }
}
