package stackcli;

import contract.ExitCode;
import contract.Failure;
import handover.SharedCounting;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import services.ConfigCheck;
import services.ConfigFiles;

/** {@code stack provision}. */
@Command(name = "provision", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Put the dashboards and rules into a Grafana that you already have. Data sources there are neither made nor"
                + " changed; links between signals that they lack are printed.", ""},
        footerHeading = "%nExamples:%n",
        footer = {"  stack provision --grafana https://grafana.example --dry-run",
            "  stack provision --grafana https://grafana.example --prometheus-uid mimir --tempo-uid tempo-eu", "",
            "AGENTPROXY_STACK_GRAFANA_TOKEN is the token of a service account (Editor; with rules: Alerting)."})
final class ProvisionCommand implements Callable<Integer> {
    /** The dashboard of the stack's own health is useful only for the stack. */
    private static final String NOT_ELSEWHERE = "grafana/dashboards/stack.json";
    private static final String DASHBOARDS = "grafana/dashboards/";
    private static final String RULE_FILES = "prometheus/rules/";
    private static final String RULES = RULE_FILES + "agentproxy.yml";

    @Option(names = "--grafana", required = true, paramLabel = "URL", description = "Grafana's address.")
    URI address;

    @Option(names = "--prometheus-uid", paramLabel = "UID", description = "The data source for the metrics (default: the only"
            + " one of its type).")
    Optional<String> prometheus = Optional.empty();

    @Option(names = "--tempo-uid", paramLabel = "UID", description = "The data source for the traces (default: the only one).")
    Optional<String> tempo = Optional.empty();

    @Option(names = "--config-dir", paramLabel = "DIR", description = "Your own dashboards and rules, which replace the built-in ones.")
    Optional<Path> configDir = Optional.empty();

    @Option(names = "--shared", description = "The metrics come from Collectors that sum processes (stack export --shared).")
    boolean shared;

    @Option(names = "--no-rules", description = "Only dashboards, no rules.")
    boolean noRules;

    @Option(names = "--dry-run", description = "Show what would be done, and change nothing.")
    boolean dryRun;

    @ParentCommand StackCommand stack;

    @Override
    public Integer call() throws InterruptedException {
        URI grafana = RemoteArguments.address("--grafana", address, "https://grafana.example");
        ConfigFiles config = ConfigFiles.load(ContentsMixin.folder(configDir, stack.environment));
        ConfigCheck.own(config);
        try (ConsoleProgress progress = stack.progress()) {
            Provisioner provisioner = new Provisioner(Grafana.elsewhere(grafana.toString(),
                    stack.environment.getOrDefault(Grafana.TOKEN_VARIABLE, "")));
            progress.waiting("asking " + grafana);
            progress.note("Grafana " + provisioner.version() + " at " + grafana);
            progress.note("data source for metrics: " + source(provisioner, "prometheus", prometheus));
            progress.note("data source for traces: " + source(provisioner, "tempo", tempo));
            return put(provisioner, config, progress);
        }
    }

    private static String source(Provisioner provisioner, String type, Optional<String> named) throws InterruptedException {
        return provisioner.source(type, named.map(uid -> RemoteArguments.uid("--" + type + "-uid", uid)));
    }

    private int put(Provisioner provisioner, ConfigFiles config, ConsoleProgress progress) throws InterruptedException {
        Map<String, String> rules = noRules ? Map.of() : groups(config);
        if (!dryRun) {
            provisioner.folder();
        }
        for (Map.Entry<String, String> dashboard : dashboards(config).entrySet()) {
            progress.waiting("dashboard " + dashboard.getKey());
            progress.result((dryRun ? "would put in " : "") + dashboard.getKey()
                    + (dryRun ? "" : " → " + provisioner.dashboard(dashboard.getValue())));
        }
        int refused = 0;
        for (Map.Entry<String, String> group : rules.entrySet()) {
            progress.waiting("rules " + group.getKey());
            Optional<String> problem = dryRun ? Optional.empty() : provisioner.rules(group.getValue());
            progress.result((dryRun ? "would put in " : problem.isPresent() ? "refused: " : "") + "rules " + group.getKey()
                    + problem.map(why -> " (" + why + ")").orElse(""));
            refused += problem.isPresent() ? 1 : 0;
        }
        if (refused > 0) {
            stack.console.steps("  hint: ", "give the file to the ruler of these metrics: stack config --show " + RULES)
                    .forEach(progress::note);
        }
        for (String type : List.of("prometheus", "tempo")) {
            provisioner.missingLinks(type).ifPresent(json -> progress.note("the data source for " + type
                    + " has no links to the other signal; add to its jsonData: " + json));
        }
        return refused > 0 ? ExitCode.ERROR : ExitCode.OK;
    }

    private Map<String, String> dashboards(ConfigFiles config) {
        Map<String, String> dashboards = new TreeMap<>();
        config.all().forEach((name, file) -> {
            if (name.startsWith(DASHBOARDS) && name.endsWith(".json") && !name.equals(NOT_ELSEWHERE)) {
                dashboards.put(name.substring(DASHBOARDS.length()), reading(file.text()));
            }
        });
        return dashboards;
    }

    /** Each group separately, because Grafana takes them so: the built-in groups, and those in the user's own files. */
    private Map<String, String> groups(ConfigFiles config) {
        Map<String, String> groups = new LinkedHashMap<>();
        new TreeMap<>(config.all()).forEach((name, file) -> {
            if (name.equals(RULES) || file.own() && name.startsWith(RULE_FILES) && name.matches(".*\\.ya?ml")) {
                for (Object group : groups(file)) {
                    Object called = group instanceof Map<?, ?> one ? one.get("name") : null;
                    if (called == null) {
                        throw Failure.usage(file.origin() + ": a group of rules has no name", "give it one: - name: …");
                    }
                    groups.put(called.toString(), new Yaml().dump(group));
                }
            }
        });
        return groups;
    }

    /** Reads the file as Prometheus does: an empty file is ignored. */
    private List<?> groups(ConfigFiles.StackText file) {
        Object tree = new Yaml().load(reading(file.text()));
        Object groups = tree instanceof Map<?, ?> map ? map.get("groups") : tree;
        if (groups instanceof List<?> list && list != tree) {
            return list;
        }
        if (groups == null && (tree == null || ((Map<?, ?>) tree).containsKey("groups"))) {
            return List.of();
        }
        throw Failure.usage(file.origin() + " has no groups of rules", "write them below groups:, as in " + RULES);
    }

    private String reading(String text) {
        return shared ? SharedCounting.of(text) : text;
    }
}
