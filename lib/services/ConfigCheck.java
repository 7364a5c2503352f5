package services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import contract.Failure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Looks at configuration before a container is made with it: whether it can be read at all, and whether it says what would
 * stop the service and has another name today. The service itself remains the judge of the rest.
 */
public final class ConfigCheck {
    /** What Tempo 3 refuses to start with, and what to write instead (its upgrade notes and the keys that 3.0.3 accepts). */
    private static final Map<String, String> TEMPO_REMOVED = new LinkedHashMap<>();

    static {
        TEMPO_REMOVED.put("compactor", "backend_worker (compactor.compaction.block_retention is"
                + " backend_worker.compaction.block_retention)");
        TEMPO_REMOVED.put("ingester", "live_store (ingester.trace_idle_period is live_store.max_trace_idle,"
                + " ingester.max_block_duration is live_store.max_block_duration)");
        TEMPO_REMOVED.put("ingester_client", "live_store_client");
        TEMPO_REMOVED.put("metrics_generator.traces_storage", "nothing: TraceQL metrics need no storage of their own");
        TEMPO_REMOVED.put("metrics_generator.processor.local_blocks", "nothing: TraceQL metrics need no local blocks");
        TEMPO_REMOVED.put("querier.query_live_store", "nothing: live traces are always asked");
        TEMPO_REMOVED.put("distributor.receivers.opencensus", "distributor.receivers.otlp");
        TEMPO_REMOVED.put("overrides.metrics_generator_processors", "overrides.defaults.metrics_generator.processors");
    }

    private ConfigCheck() {}

    /**
     * Looks at the user's files; those that came with the program are looked at by its tests.
     *
     * @throws Failure (usage) for the first file that would stop its service
     */
    public static void own(ConfigFiles config) {
        if (config.all().values().stream().anyMatch(ConfigFiles.StackText::own)) {
            all(config);
        }
    }

    /** @throws Failure (usage) for the first file that would stop its service */
    public static void all(ConfigFiles config) {
        for (String service : ConfigFiles.SERVICES) {
            Map<String, String> dashboards = new HashMap<>();
            config.of(service).forEach((name, file) -> {
                if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                    Object tree = yaml(file);
                    if (service.equals(Catalogue.TEMPO) && name.equals("tempo.yaml")) {
                        tempo(file, tree);
                    }
                } else if (name.endsWith(".json")) {
                    json(file);
                    dashboard(name, file, dashboards);
                }
            });
        }
    }

    private static Object yaml(ConfigFiles.StackText file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object last = null;
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(file.text())) {
                last = document;
            }
            return last;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw broken(file, mark.getLine() + 1, mark.getColumn() + 1, "YAML", e.getProblem());
        } catch (YAMLException e) {
            throw Failure.usage(file.origin() + " is no YAML: " + e.getMessage(), "correct it there");
        }
    }

    private static void json(ConfigFiles.StackText file) {
        try {
            new ObjectMapper().readTree(file.text());
        } catch (JsonProcessingException e) {
            throw broken(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), "JSON", e.getOriginalMessage());
        }
    }

    private static Failure broken(ConfigFiles.StackText file, int line, int column, String format, String problem) {
        return Failure.usage(file.origin() + ":" + line + ":" + column + " is no " + format + ": " + problem,
                "correct line " + line);
    }

    private static void tempo(ConfigFiles.StackText file, Object tree) {
        TEMPO_REMOVED.forEach((key, replacement) -> {
            if (has(tree, key)) {
                throw Failure.usage(file.origin() + ": Tempo 3 does not start with '" + key + "'",
                        "use " + replacement);
            }
        });
    }

    /** Two dashboards with one uid, or one without a title, make Grafana stop loading all of them. */
    private static void dashboard(String name, ConfigFiles.StackText file, Map<String, String> seen) {
        if (!name.startsWith("dashboards/")) {
            return;
        }
        if (Dashboards.title(file.text()).isEmpty()) {
            throw Failure.usage(file.origin() + ": a dashboard needs a title",
                    "export it from Grafana again, as JSON, or: stack dashboards pull UID");
        }
        Dashboards.uid(file.text()).ifPresent(uid -> {
            String other = seen.putIfAbsent(uid, file.origin());
            if (other != null) {
                throw Failure.usage(file.origin() + ": the uid '" + uid + "' is also in " + other,
                        "give one of the two another uid");
            }
        });
    }

    private static boolean has(Object tree, String path) {
        Object node = tree;
        for (String key : path.split("\\.")) {
            if (!(node instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return false;
            }
            node = map.get(key);
        }
        return true;
    }
}
