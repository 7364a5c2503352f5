package stackcli;

import contract.ExitCode;
import contract.Failure;
import handover.SharedCounting;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
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
import services.ConfigFiles;

/** {@code stack provision}. */
@Command(name = "provision", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Put the dashboards and rules into a Grafana that you have already. No data source is made or changed"
                + " there; the links between signals that its sources lack are printed.", ""},
        footerHeading = "%nExamples:%n",
        footer = {"  stack provision --grafana https://grafana.example --dry-run",
            "  stack provision --grafana https://grafana.example --prometheus-uid mimir --tempo-uid tempo-eu", "",
            "The token of a service account (Editor; with rules: Alerting) is read from AGENTPROXY_STACK_GRAFANA_TOKEN."})
final class ProvisionCommand implements Callable<Integer> {
    /** The stack's own health concerns only the stack. */
    private static final String NOT_ELSEWHERE = "grafana/dashboards/stack.json";
    private static final String RULES = "prometheus/rules/agentproxy.yml";

    @Option(names = "--grafana", required = true, paramLabel = "URL", description = "Its address.")
    URI address;

    @Option(names = "--prometheus-uid", paramLabel = "UID", description = "The data source with the metrics (default: the only"
            + " one of its type).")
    Optional<String> prometheus = Optional.empty();

    @Option(names = "--tempo-uid", paramLabel = "UID", description = "The data source with the traces (likewise).")
    Optional<String> tempo = Optional.empty();

    @Option(names = "--config-dir", paramLabel = "DIR", description = "Your own dashboards and rules over the built-in ones.")
    Optional<Path> configDir = Optional.empty();

    @Option(names = "--shared", description = "The metrics come from Collectors that add processes up (stack export --shared).")
    boolean shared;

    @Option(names = "--no-rules", description = "Dashboards only.")
    boolean noRules;

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing there.")
    boolean dryRun;

    @ParentCommand StackCommand stack;

    @Override
    public Integer call() throws InterruptedException {
        if (!List.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
            throw Failure.usage("--grafana " + address + " is no address of a web page", "for instance https://grafana.example");
        }
        Provisioner provisioner = new Provisioner(new Grafana(address.toString().replaceAll("(?<!/)/++$", ""),
                stack.environment.getOrDefault(Grafana.TOKEN_VARIABLE, ""), "look at the address and the network"));
        stack.console.note("Grafana " + provisioner.version() + " at " + address);
        stack.console.note("data source for metrics: " + provisioner.source("prometheus", prometheus));
        stack.console.note("data source for traces: " + provisioner.source("tempo", tempo));
        ConfigFiles config = ConfigFiles.load(configDir);
        int refused = 0;
        if (!dryRun) {
            provisioner.folder();
        }
        for (Map.Entry<String, String> dashboard : dashboards(config).entrySet()) {
            stack.console.out((dryRun ? "would put in " : "") + dashboard.getKey()
                    + (dryRun ? "" : " → " + provisioner.dashboard(dashboard.getValue())));
        }
        for (Map.Entry<String, String> group : noRules ? Map.<String, String>of().entrySet() : groups(config).entrySet()) {
            Optional<String> problem = dryRun ? Optional.empty() : provisioner.rules(group.getValue());
            stack.console.out((dryRun ? "would put in " : problem.isPresent() ? "refused: " : "") + "rules " + group.getKey()
                    + problem.map(why -> " (" + why + ")").orElse(""));
            refused += problem.isPresent() ? 1 : 0;
        }
        if (refused > 0) {
            stack.console.steps("  hint: ", "give the file to the ruler that the metrics are in: stack config --show " + RULES)
                    .forEach(stack.console::note);
        }
        for (String type : List.of("prometheus", "tempo")) {
            provisioner.missingLinks(type).ifPresent(json -> stack.console.note("the data source for " + type
                    + " has no links to the other signal; add to its jsonData: " + json));
        }
        return refused > 0 ? ExitCode.ERROR : ExitCode.OK;
    }

    private Map<String, String> dashboards(ConfigFiles config) {
        Map<String, String> dashboards = new TreeMap<>();
        config.all().forEach((name, file) -> {
            if (name.startsWith("grafana/dashboards/") && !name.equals(NOT_ELSEWHERE)) {
                dashboards.put(name.substring(name.lastIndexOf('/') + 1), reading(file.text()));
            }
        });
        return dashboards;
    }

    /** Each group by itself, as Grafana takes them. */
    private Map<String, String> groups(ConfigFiles config) {
        Map<String, Object> file = new Yaml().load(reading(config.all().get(RULES).text()));
        Map<String, String> groups = new LinkedHashMap<>();
        List<?> all = file.get("groups") instanceof List<?> list ? list : new ArrayList<>();
        for (Object group : all) {
            groups.put(((Map<?, ?>) group).get("name").toString(), new Yaml().dump(group));
        }
        return groups;
    }

    private String reading(String text) {
        return shared ? SharedCounting.of(text) : text;
    }
}
