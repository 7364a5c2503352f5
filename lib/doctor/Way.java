package doctor;

import com.fasterxml.jackson.databind.JsonNode;
import contract.Variables;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import services.Catalogue;
import services.ConfigFiles;
import services.Dashboards;
import services.ServiceStatus;
import services.StackPort;

/** The hops from {@code pa} to the panel, for the local stack that runs. */
public final class Way {
    private static final String GRPC = "OTLP over gRPC";
    private static final String TRACE_IN = "trace accepted";
    private static final String METRIC_IN = "metric accepted";
    private static final String LOG_IN = "log record accepted";
    private static final String TEXT = "metric on " + StackPort.METRICS.known();
    private static final String TARGETS = "Prometheus targets";

    private final List<ServiceStatus> services;
    private final Map<String, String> environment;
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Web web = new Web();
    private final Canary canary = new Canary(System.currentTimeMillis());
    private final CanarySearch signals = new CanarySearch(web, canary, Credentials.NONE);
    private final List<Hop> hops = new ArrayList<>();

    private Way(List<ServiceStatus> services, Map<String, String> environment) {
        this.services = services;
        this.environment = environment;
        services.forEach(service -> service.urls().forEach(addresses::putIfAbsent));
        addresses.putIfAbsent(StackPort.OTLP_GRPC.title(), "http://127.0.0.1:" + StackPort.OTLP_GRPC.known());
        addresses.putIfAbsent(StackPort.OTLP_HTTP.title(), "http://127.0.0.1:" + StackPort.OTLP_HTTP.known());
    }

    /**
     * The hops in order.
     *
     * @param services as the engine's {@code status} reports them
     * @param environment of the shell that would start {@code pa}
     */
    public static List<Hop> of(List<ServiceStatus> services, Map<String, String> environment) {
        Way way = new Way(services, environment);
        services.forEach(way::runs);
        way.intake();
        if (way.has("tempo")) {
            way.containers();
        } else {
            way.embedded();
        }
        way.hop("this shell", List.of(), () -> Shell.look(environment, way.addresses));
        return List.copyOf(way.hops);
    }

    private void runs(ServiceStatus service) {
        String name = service.service();
        hop(name, List.of(), () -> switch (service.state()) {
            case READY -> new Finding.Ok("ready, " + service.version());
            case STARTING -> new Finding.Failed(service.words(), "wait; else stack logs " + name
                    + "; then stack restart " + name);
            case FAILED -> new Finding.Failed(service.words(), "stack logs " + name + "; stack up");
            case STOPPED, ABSENT -> new Finding.Failed(service.words(), "stack up");
        });
    }

    private void intake() {
        String receiver = services.get(0).service();
        hop(GRPC, List.of(receiver), () -> Http2Greeting.problem(URI.create(addresses.get(StackPort.OTLP_GRPC.title())))
                .<Finding>map(problem -> new Finding.Failed(problem, "stack logs " + receiver))
                .orElse(new Finding.Ok("answers on " + addresses.get(StackPort.OTLP_GRPC.title()))));
        sent(TRACE_IN, receiver, "/v1/traces", canary.trace());
        sent(METRIC_IN, receiver, "/v1/metrics", canary.metric());
        sent(LOG_IN, receiver, "/v1/logs", canary.log());
    }

    private void sent(String name, String receiver, String path, String body) {
        String address = addresses.get(StackPort.OTLP_HTTP.title()) + path;
        hop(name, List.of(receiver), () -> signals.accepted(address, body, Credentials.ofOtlp(environment)));
    }

    private void containers() {
        String prometheus = address("prometheus", StackPort.PROMETHEUS);
        String grafana = address("grafana", StackPort.GRAFANA);
        hop("trace in Tempo", List.of("tempo", TRACE_IN), () -> signals.trace(address("tempo", StackPort.TEMPO),
                CanarySearch.SOON, "stack logs otel-collector; stack logs tempo"));
        hop(TEXT, List.of("otel-collector", METRIC_IN), () -> signals.text(addresses.get(StackPort.METRICS.title()),
                "stack logs otel-collector"));
        hop(TARGETS, List.of("prometheus"), () -> signals.targets(prometheus));
        hop("metric in Prometheus", List.of("prometheus", TEXT), () -> signals.sample(prometheus,
                CanarySearch.SCRAPED, "; its target otel-collector is scraped every 5 s",
                "open /targets on Prometheus; the Collector's target must be up"));
        hop("alerts", List.of("prometheus"), () -> alerts(prometheus));
        hop("clock of the engine", List.of("prometheus"), () -> CanarySearch.clock(
                web.get(prometheus + "/api/v1/query?query=time()"), "stack logs prometheus",
                ": what is sent now does not show as recent", "set the clock (restart the engine's virtual machine)"));
        for (String source : Catalogue.DATA_SOURCES) {
            hop("Grafana reads " + source, List.of("grafana", source), () -> asked(
                    web.get(grafana + "/api/datasources/uid/" + source + "/health", Credentials.ofGrafana(environment)),
                    "stack restart grafana"));
        }
        hop("Grafana's dashboards", List.of("grafana"), () -> dashboards(grafana));
    }

    private void embedded() {
        String page = addresses.getOrDefault(StackPort.GRAFANA.title(), "");
        String service = services.get(0).service();
        hop("trace stored", List.of(service, TRACE_IN), () -> signals.trace(page, CanarySearch.SOON, "stack logs"));
        hop(TEXT, List.of(service, METRIC_IN), () -> signals.text(addresses.get(StackPort.METRICS.title()), "stack logs"));
        hop("log record stored", List.of(service, LOG_IN), () -> {
            Web.Answer answer = web.get(page + "/api/traces/" + canary.traceId() + "/logs");
            return answer.ok() && answer.body().contains("stack doctor") ? new Finding.Ok("found by its trace")
                    : new Finding.Failed("not there (" + answer.reason() + ")", "stack logs");
        });
        hop("page", List.of(service), () -> asked(web.get(page + "/"), "stack logs"));
    }

    private Finding asked(Web.Answer answer, String fix) {
        return answer.ok() ? new Finding.Ok("answers") : new Finding.Failed(answer.reason(), fix(answer, fix));
    }

    private static String fix(Web.Answer answer, String usual) {
        return answer.status() == 401 || answer.status() == 403
                ? "this Grafana asks for a login: put the token of a service account in " + Variables.GRAFANA_TOKEN : usual;
    }

    private Finding dashboards(String grafana) throws InterruptedException {
        Web.Answer answer = web.get(grafana + "/api/search?type=dash-db&limit=1000", Credentials.ofGrafana(environment));
        if (!answer.ok()) {
            return new Finding.Failed(answer.reason(), fix(answer, "stack restart grafana"));
        }
        List<String> missing = Dashboards.uids(ConfigFiles.load(Optional.empty())).stream()
                .filter(uid -> !answer.body().replace(" ", "").contains("\"uid\":\"" + uid + "\"")).toList();
        return missing.isEmpty() ? new Finding.Ok("all there")
                : new Finding.Failed("missing: " + String.join(", ", missing), "stack restart grafana");
    }

    /** With a full disk, Tempo is ready, accepts all and finds a trace by its id: only its counter of failed writes shows it. */
    private Finding alerts(String prometheus) throws InterruptedException {
        Web.Answer answer = web.get(prometheus + "/api/v1/alerts");
        if (!answer.ok()) {
            return new Finding.Failed(answer.reason(), "stack logs prometheus");
        }
        for (JsonNode alert : answer.json().path("data").path("alerts")) {
            if (alert.path("state").asText().equals("firing") && alert.path("labels").path("severity").asText()
                    .equals("critical")) {
                return new Finding.Failed(alert.path("annotations").path("summary").asText() + " ("
                        + alert.path("labels").path("alertname").asText() + ")",
                        alert.path("annotations").path("description").asText());
            }
        }
        return new Finding.Ok("nothing critical");
    }

    private String address(String service, StackPort port) {
        return services.stream().filter(s -> s.service().equals(service)).findFirst()
                .map(s -> s.urls().get(port.title())).orElse("");
    }

    private boolean has(String service) {
        return services.stream().anyMatch(s -> s.service().equals(service));
    }

    private void hop(String name, List<String> needs, Hop.Probe probe) {
        hops.add(new Hop(name, needs, probe));
    }
}
