package handover;

import contract.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import services.ConfigFiles;

/**
 * The configuration files of a team's stack: those of production, or the user's own of the same name, with the lines changed
 * that differ where several processes of a kind run.
 */
record TeamFiles(ConfigFiles config, boolean shared) {
    String collector() {
        String text = own("otel-collector/collector.yaml");
        if (!shared) {
            return text;
        }
        text = before(text, "\nexporters:\n", "\n" + Template.text("shared/processors.yaml").stripTrailing() + "\n");
        // A counter that nobody adds to for a night must not begin at 0 in the morning.
        text = replaced(text, "    metric_expiration: 1m\n", "    metric_expiration: 24h\n");
        text = before(text, "\nservice:\n", "\n" + Template.text("shared/exporter.yaml").stripTrailing() + "\n");
        return replaced(text, """
                    metrics:
                      receivers: [otlp]
                      processors: [memory_limiter]
                      exporters: [prometheus]
                """, Template.text("shared/pipelines.yaml"));
    }

    /** Finds the Collectors behind it by their common name. */
    String gateway() {
        String text = own("otel-collector/gateway.yaml");
        String from = "    resolver: &collectors\n";
        String to = "  # All series of a process";
        int start = text.indexOf(from);
        int end = text.indexOf(to, Math.max(start, 0));
        if (start < 0 || end < 0) {
            throw missing("otel-collector/gateway.yaml", from.strip());
        }
        return text.substring(0, start) + Template.text("kubernetes/resolver.yaml") + text.substring(end);
    }

    /** With these jobs in place of its own: where targets come and go, they are found by name. */
    String prometheus(String jobs) {
        String text = config.all().get("prometheus/prometheus.yml").text();
        int start = text.indexOf("scrape_configs:");
        if (start < 0) {
            throw missing("prometheus/prometheus.yml", "scrape_configs:");
        }
        return text.substring(0, start) + jobs;
    }

    /** One machine: the same jobs, and the port of what is not added up. */
    String prometheusOnOneMachine() {
        String text = config.all().get("prometheus/prometheus.yml").text();
        String target = "[\"otel-collector:8889\"]";
        return shared ? replaced(text, target, "[\"otel-collector:8889\", \"otel-collector:8890\"]") : text;
    }

    /** A rule or a dashboard. */
    String reading(String name) {
        String text = config.all().get(name).text();
        return shared ? SharedCounting.of(text) : text;
    }

    /** What a team counts on and the user's own files do not do. */
    List<String> unlikeProduction() {
        List<String> notes = new ArrayList<>();
        if (!own("otel-collector/collector.yaml").contains("OTLP_TOKEN")) {
            notes.add("your otel-collector/collector.yaml asks senders for no token; stack/production has one that does");
        }
        if (!own("tempo/tempo.yaml").contains("S3_BUCKET")) {
            notes.add("your tempo/tempo.yaml does not keep its blocks in the bucket; stack/production has one that does");
        }
        return notes;
    }

    /** The user's file of that name, else that of {@code stack/production}, else the one of a machine's own stack. */
    String own(String name) {
        ConfigFiles.StackText file = config.all().get(name);
        if (file != null && (file.own() || !Template.exists("production/" + name))) {
            return file.text();
        }
        return Template.text("production/" + name);
    }

    private static String before(String text, String place, String what) {
        return replaced(text, place, what + place);
    }

    private static String replaced(String text, String place, String by) {
        int at = text.indexOf(place);
        if (at < 0 || text.indexOf(place, at + 1) >= 0) {
            throw missing("a configuration file", place.strip());
        }
        return text.substring(0, at) + by + text.substring(at + place.length());
    }

    private static Failure missing(String file, String what) {
        return Failure.usage("cannot export: " + file + " does not have exactly once what has to be changed in it: "
                + what.replace('\n', ' '), "write these lines as stack/production has them, or export without --config-dir");
    }

    /** The user's files among those that an export changes or replaces, for a word about them. */
    static boolean hasOwn(ConfigFiles config, String name) {
        return Map.copyOf(config.all()).containsKey(name) && config.all().get(name).own();
    }
}
