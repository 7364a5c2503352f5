package handover;

import contract.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import services.Catalogue;
import services.ConfigFiles;
import services.GrafanaEnvironment;
import services.Service;
import services.StackOptions;

/**
 * The files of a team's stack.
 *
 * @param files text by path below the folder
 * @param notes what a person should know about them
 */
public record Export(Map<String, String> files, List<String> notes) {
    /** What a team keeps, where the user says nothing else. */
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final String DASHBOARDS = "grafana/dashboards/";
    private static final String RULES = "prometheus/rules/";
    /** What is put into an export in a way of its own; files of other services go as they are. */
    private static final List<String> CHANGED_ON_THE_WAY = List.of("otel-collector/", "prometheus/", "grafana/");
    private static final List<String> PROVISIONING = List.of("grafana/provisioning/datasources/datasources.yaml",
            "grafana/provisioning/dashboards/dashboards.yaml");
    private static final String JOBS_OF_WHAT_IS_OWN =
            "      - {names: [otel-collector-headless], type: A, port: 8890, refresh_interval: 10s}\n";

    /** Where they are to run. */
    public enum Target { kubernetes, compose }

    public Export {
        files = new TreeMap<>(files);
        notes = List.copyOf(notes);
    }

    /**
     * @param shared whether the Collectors add the processes of all developers up
     * @throws Failure (usage) when a setting or a configuration file is wrong
     */
    public static Export of(Target target, boolean shared, StackOptions options, Map<String, String> environment) {
        ConfigFiles config = ConfigFiles.load(options.lasting().configDir());
        Map<String, String> values = values(options, environment, shared);
        TeamFiles team = new TeamFiles(config, shared);
        List<String> notes = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        Set<String> taken = new TreeSet<>(PROVISIONING);
        files.put("otel-collector/collector.yaml", team.collector());
        ConfigFiles.load(Optional.empty()).all().keySet().stream()
                .filter(name -> name.contains("/") && CHANGED_ON_THE_WAY.stream().noneMatch(name::startsWith))
                .forEach(name -> files.put(name, team.own(name)));
        config.all().keySet().stream().filter(name -> name.startsWith(RULES) || name.startsWith(DASHBOARDS)).sorted()
                .forEach(name -> {
                    String place = target == Target.kubernetes ? ConfigMaps.place(name) : name;
                    if (files.put(place, team.reading(name)) != null) {
                        throw Failure.usage("two files would have the name " + place + " in a ConfigMap, one of them "
                                + config.all().get(name).origin(), "give one of the two another name");
                    }
                    taken.add(name);
                });
        values.put("rules", names(files, RULES, "  - "));
        values.put("dashboards", names(files, DASHBOARDS, "  - "));
        switch (target) {
            case kubernetes -> kubernetes(files, config, team, values, shared, notes);
            case compose -> compose(files, config, team, values, shared);
        }
        taken.addAll(files.keySet());
        notes.addAll(team.unlikeProduction());
        notes.addAll(LeftOut.of(config, taken, Catalogue.givenSettings(options, environment)));
        return new Export(files, notes);
    }

    private static void kubernetes(Map<String, String> files, ConfigFiles config, TeamFiles team,
            Map<String, String> values, boolean shared, List<String> notes) {
        values.put("grafana.environment", GrafanaEnvironment.withLogin().entrySet().stream()
                .map(one -> "        - name: " + one.getKey() + "\n          value: '" + one.getValue() + "'")
                .collect(Collectors.joining("\n")));
        values.put("scrape.own", shared ? JOBS_OF_WHAT_IS_OWN : "");
        files.put("otel-gateway/gateway.yaml", team.gateway());
        files.put("prometheus/prometheus.yml",
                team.prometheus(Template.filled("kubernetes/scrape-configs.yml", values)));
        if (TeamFiles.hasOwn(config, "prometheus/prometheus.yml")) {
            notes.add("the jobs of your prometheus.yml are replaced by those of a cluster: add your own to"
                    + " prometheus/prometheus.yml of the export");
        }
        PROVISIONING.forEach(name -> files.put("grafana/" + name.substring(name.lastIndexOf('/') + 1),
                config.all().get(name).text()));
        notes.addAll(ConfigMaps.sizes(files, List.of(RULES, DASHBOARDS)));
        String kustomization = Template.filled("kubernetes/kustomization.yaml", values);
        files.put("kustomization.yaml", kustomization + (shared ? Template.text("kubernetes/shared-patches.yaml") : ""));
        List<String> templates = new ArrayList<>(List.of("README.md", "secrets.example.yaml"));
        templates.addAll(resources(kustomization));
        templates.forEach(name -> files.put(name, Template.filled("kubernetes/" + name, values)));
    }

    /** The files of objects that are named there. */
    private static List<String> resources(String kustomization) {
        Map<String, List<String>> tree = new Yaml().load(kustomization);
        return tree.get("resources");
    }

    private static void compose(Map<String, String> files, ConfigFiles config, TeamFiles team, Map<String, String> values,
            boolean shared) {
        values.put("grafana.environment", GrafanaEnvironment.withLogin().entrySet().stream()
                .map(one -> "      " + one.getKey() + ": '" + one.getValue() + "'").collect(Collectors.joining("\n")));
        values.put("collector.own", shared ? "      POD_NAME: otel-collector\n" : "");
        files.put("prometheus/prometheus.yml", team.prometheusOnOneMachine());
        config.all().forEach((name, text) -> {
            if (name.startsWith("grafana/provisioning/")) {
                files.put(name, text.text());
            }
        });
        files.put("README.md", Template.filled("compose/README.md", values));
        files.put("compose.yaml", Template.filled("compose/compose.yaml", values));
        files.put("env.example", Template.text("compose/env.example"));
    }

    private static Map<String, String> values(StackOptions options, Map<String, String> environment, boolean shared) {
        Map<String, String> values = new HashMap<>();
        for (Service service : Catalogue.services(options, environment)) {
            values.put("image." + service.name(), service.image());
        }
        Duration retention = Catalogue.givenSettings(options, environment).contains("retention")
                ? Catalogue.retention(options, environment) : RETENTION;
        values.put("retention", retention.toHours() + "h");
        values.put("prometheus.features", Catalogue.PROMETHEUS_FEATURES);
        values.put("shared", shared ? "with `--shared`" : "without `--shared`");
        return values;
    }

    private static String names(Map<String, String> files, String folder, String before) {
        return files.keySet().stream().filter(name -> name.startsWith(folder)).sorted().map(name -> before + name)
                .collect(Collectors.joining("\n"));
    }
}
