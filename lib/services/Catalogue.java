package services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The services of the stack with containers: what {@code up} wants to be there. */
public final class Catalogue {
    static final String COLLECTOR = "otel-collector";
    static final String TEMPO = "tempo";
    static final String PROMETHEUS = "prometheus";
    /** The service that needs the longest from the start of its process to its first answer. */
    public static final String SLOWEST = PROMETHEUS;
    static final String GRAFANA = "grafana";
    /** The variable of Tempo's container that says how long traces are kept; its value is in Go's notation, {@code 336h}. */
    public static final String TEMPO_RETENTION = "TEMPO_RETENTION";

    /** Enough for Prometheus to write its head and for the Collector to put down what it holds. */
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** For a Tempo whose page of services cannot be asked; see {@link #TEMPO_ENDING}. */
    private static final Duration TEMPO_GRACE = Duration.ofSeconds(6);
    /**
     * Tempo 3.0.3 has everything on disk within a second of SIGTERM, but after a query of the last 30 s it then waits for
     * ever: its frontend wants its users' queues empty, whose clean-up has stopped already. Its server is what ends last, so
     * its page of services tells when all that hold or move data have ended. What sends to Prometheus has ended with its
     * generator of metrics, some hundredths of a second after SIGTERM.
     */
    private static final Service.Ending TEMPO_ENDING = new Service.Ending(StackPort.TEMPO, "/status/services",
            List.of(terminated("metrics-generator")), Stream.of("distributor", "live-store", "metrics-generator", "backend-scheduler",
                    "backend-worker").map(Catalogue::terminated).toList(),
            "everything it took is on disk, and its queue of queries could keep it for ever");
    /** The services that Grafana reads; each is the uid of its data source too. */
    public static final List<String> DATA_SOURCES = List.of(PROMETHEUS, TEMPO);
    /** The Collector stops its extensions after its pipelines, so nothing is sent any more when this one is gone. */
    private static final Service.Ending COLLECTOR_ENDING = Service.Ending.shownByAbsence(StackPort.COLLECTOR_HEALTH, "/");
    /** Nobody receives from it, and it ends by itself. */
    private static final Service.Stopping BY_ITSELF = new Service.Stopping(Set.of(), GRACE, Optional.empty());
    private static final int PERCENT_FOR_GO = 80;
    /**
     * The second makes {@code increase(x_total[1h])} of a process that lived for seconds count from nothing, instead of 0;
     * the third allows {@code increase(x_total[1h] anchored)}, which is exact. A Prometheus that does not know one of them
     * says so in its log and goes on.
     */
    public static final String PROMETHEUS_FEATURES =
            "exemplar-storage,created-timestamp-zero-ingestion,promql-extended-range-selectors";

    private final StackOptions options;
    private final ConfigFiles config;
    private final Settings settings;

    private Catalogue(StackOptions options, ConfigFiles config, Settings settings) {
        this.options = options;
        this.config = config;
        this.settings = settings;
    }

    /**
     * The services in the order to show them.
     *
     * @throws contract.Failure (usage) when a setting or a configuration file is wrong
     */
    public static List<Service> services(StackOptions options, Map<String, String> environment) {
        ConfigFiles config = ConfigFiles.load(options.lasting().configDir());
        ConfigCheck.own(config);
        Catalogue catalogue = new Catalogue(options, config, Settings.of(config, environment, options));
        return List.of(catalogue.collector(), catalogue.tempo(), catalogue.prometheus(), catalogue.grafana());
    }

    /** The settings that the user has given anywhere, by their keys in settings.properties. */
    public static Set<String> givenSettings(StackOptions options, Map<String, String> environment) {
        return Settings.of(ConfigFiles.load(options.lasting().configDir()), environment, options).given();
    }

    /** How long data is kept, as the settings say it; an hour at least. */
    public static Duration retention(StackOptions options, Map<String, String> environment) {
        return Settings.of(ConfigFiles.load(options.lasting().configDir()), environment, options).retention();
    }

    private Service collector() {
        Service.Volume volume = new Service.Volume("/var/lib/otelcol", 10_001, 10_001);
        return new Service(COLLECTOR, program(COLLECTOR, volume, Map.of("GOMEMLIMIT", goMemory(COLLECTOR)),
                        "--config=/etc/otelcol-contrib/collector.yaml"),
                ports(StackPort.OTLP_GRPC, StackPort.OTLP_HTTP, StackPort.METRICS, StackPort.COLLECTOR_HEALTH),
                files(COLLECTOR, "/etc/otelcol-contrib/"), Optional.of(volume),
                List.of(Service.Probe.of(StackPort.COLLECTOR_HEALTH, "/", "its health extension")),
                new Service.Stopping(Set.of(TEMPO), GRACE, Optional.of(COLLECTOR_ENDING)));
    }

    private Service tempo() {
        Service.Volume volume = new Service.Volume("/var/tempo", 10_001, 10_001);
        return new Service(TEMPO, program(TEMPO, volume,
                        Map.of("GOMEMLIMIT", goMemory(TEMPO), TEMPO_RETENTION, settings.retention().toHours() + "h"),
                        "-config.file=/etc/tempo/tempo.yaml", "-config.expand-env=true"),
                ports(StackPort.TEMPO), files(TEMPO, "/etc/tempo/"), Optional.of(volume),
                List.of(Service.Probe.of(StackPort.TEMPO, "/ready", "its /ready")),
                new Service.Stopping(Set.of(PROMETHEUS), TEMPO_GRACE, Optional.of(TEMPO_ENDING)));
    }

    private Service prometheus() {
        Service.Volume volume = new Service.Volume("/prometheus", 65_534, 65_534);
        // A command replaces the image's own, so its defaults are repeated. Retention stands here and not in the
        // file because Prometheus 2 reads it only from flags.
        return new Service(PROMETHEUS, program(PROMETHEUS, volume, Map.of("GOMEMLIMIT", goMemory(PROMETHEUS)),
                        "--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus",
                        "--storage.tsdb.retention.time=" + settings.retention().toHours() + "h",
                        "--storage.tsdb.retention.size=" + settings.prometheusBytes() + "B",
                        // For the links in alerts.
                        "--web.external-url=http://127.0.0.1:" + settings.port(StackPort.PROMETHEUS) + "/",
                        "--web.enable-remote-write-receiver", "--enable-feature=" + PROMETHEUS_FEATURES),
                ports(StackPort.PROMETHEUS), files(PROMETHEUS, "/etc/prometheus/"), Optional.of(volume),
                List.of(Service.Probe.of(StackPort.PROMETHEUS, "/-/ready", "its /-/ready")), BY_ITSELF);
    }

    private Service grafana() {
        Service.Volume volume = new Service.Volume("/var/lib/grafana", 472, 0);
        return new Service(GRAFANA, program(GRAFANA, volume, GrafanaEnvironment.VALUES), ports(StackPort.GRAFANA),
                files(GRAFANA, "/etc/grafana/"), Optional.of(volume), grafanaProbes(), BY_ITSELF);
    }

    /** It runs as the owner of its volume. */
    private Service.Program program(String name, Service.Volume volume, Map<String, String> environment, String... command) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(settings.environment(name));
        return new Service.Program(settings.image(name), List.of(command), variables, volume.uid() + ":" + volume.gid(),
                settings.memory(name));
    }

    /** Grafana answers /api/health long before its data sources work and its dashboards are loaded. */
    private List<Service.Probe> grafanaProbes() {
        Service.Probe health = Service.Probe.of(StackPort.GRAFANA, "/api/health", "its /api/health");
        if (GrafanaEnvironment.asksForLogin(settings.environment(GRAFANA))) {
            // We have none.
            return List.of(health);
        }
        List<String> dashboards = Dashboards.uids(config).stream().map(uid -> "\"uid\":\"" + uid + "\"").toList();
        List<Service.Probe> probes = new ArrayList<>(List.of(health));
        DATA_SOURCES.forEach(uid -> probes.add(new Service.Probe(StackPort.GRAFANA,
                "/api/datasources/uid/" + uid + "/health", List.of(), "its data source " + uid, true)));
        probes.add(new Service.Probe(StackPort.GRAFANA, "/api/search?type=dash-db&limit=1000", dashboards, "its dashboards",
                true));
        return probes;
    }

    private List<Service.Port> ports(StackPort... ports) {
        List<Service.Port> published = new ArrayList<>();
        for (StackPort port : ports) {
            published.add(new Service.Port(port, settings.bind(port).orElse(options.lasting().bind()), settings.port(port)));
        }
        return published;
    }

    private List<StackFile> files(String service, String folder) {
        List<StackFile> files = new ArrayList<>();
        config.of(service).forEach((name, text) -> files.add(new StackFile(folder + name, text.origin(), text.text())));
        return files;
    }

    private static String terminated(String module) {
        return "\\b" + module + "\\s*\\|\\s*Terminated\\b";
    }

    /** Go programs collect garbage before the container's limit would end them. */
    private String goMemory(String service) {
        return settings.memory(service) / 100 * PERCENT_FOR_GO + "B";
    }
}
