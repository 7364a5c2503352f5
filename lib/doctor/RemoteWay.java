package doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import services.ConfigFiles;
import services.Dashboards;

/**
 * The hops from {@code pa} to the panel on a team's backend: an OTLP endpoint, and a Grafana. Tempo and Prometheus are asked
 * through Grafana, so that the user needs no access to them. Not visible from here: their queues, drops and retention.
 */
public final class RemoteWay {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TRACE = Duration.ofSeconds(30);
    /** Enough for one scrape a minute. */
    private static final Duration SCRAPED = Duration.ofSeconds(90);
    private static final Duration SOON_EXPIRED = Duration.ofDays(14);
    private static final int GRPC_PORT = 4317;
    private static final int HTTP_PORT = 4318;
    private static final String CONNECTION = "connection";
    private static final String EMPTY = "OTLP over HTTP";
    private static final String TRACE_IN = "trace accepted";
    private static final String METRIC_IN = "metric accepted";
    private static final String GRAFANA = "Grafana";
    private static final String RULES = "agentproxy-recording";

    private final Map<String, String> environment;
    private final Trust trust;
    private final Web sender;
    private final Web web = new Web();
    private final Canary canary = new Canary(System.currentTimeMillis());
    private final CanarySearch sent;
    private final CanarySearch found;
    private final List<Hop> hops = new ArrayList<>();

    private RemoteWay(Map<String, String> environment) {
        this.environment = environment;
        try {
            trust = Trust.ofOtlp(environment);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
        sender = new Web(trust.context());
        sent = new CanarySearch(sender, canary, Credentials.NONE);
        found = new CanarySearch(web, canary, Credentials.ofGrafana(environment));
    }

    /**
     * The hops in order.
     *
     * @param endpoint the address that {@code pa} sends to, as in {@code OTEL_EXPORTER_OTLP_ENDPOINT}
     * @param grafana the address of Grafana; if empty, its hops are left out
     * @param prometheus uid of Grafana's data source for the metrics
     * @param tempo uid of Grafana's data source for the traces
     */
    public static List<Hop> of(URI endpoint, Optional<String> grafana, String prometheus, String tempo,
            Map<String, String> environment) {
        RemoteWay way = new RemoteWay(environment);
        way.endpoint(endpoint);
        grafana.ifPresent(address -> way.grafana(address.replaceAll("(?<!/)/++$", ""), prometheus, tempo));
        return List.copyOf(way.hops);
    }

    private void endpoint(URI endpoint) {
        hop(CONNECTION, List.of(), () -> connection(endpoint));
        boolean grpc = port(endpoint) == GRPC_PORT;
        if (endpoint.getScheme().equals("https")) {
            hop("certificate", List.of(CONNECTION), () -> certificate(endpoint));
        } else if (grpc) {
            hop("OTLP over gRPC", List.of(CONNECTION), () -> Http2Greeting.problem(endpoint)
                    .<Finding>map(problem -> new Finding.Failed(problem, "is this the port for OTLP over gRPC?"))
                    .orElse(new Finding.Ok("answers")));
        }
        // The canaries go over HTTP: if the endpoint has the usual port of gRPC, they go to the usual HTTP port on the same host.
        String base = (grpc ? endpoint.getScheme() + "://" + endpoint.getHost() + ":" + HTTP_PORT
                : endpoint.toString()).replaceAll("(?<!/)/++$", "");
        Credentials credentials = Credentials.ofOtlp(environment);
        hop(EMPTY, List.of(CONNECTION), () -> empty(sender.post(base + "/v1/traces", "{}", credentials), base));
        hop(TRACE_IN, List.of(EMPTY), () -> sent.accepted(base + "/v1/traces", canary.trace(), credentials));
        hop(METRIC_IN, List.of(EMPTY), () -> sent.accepted(base + "/v1/metrics", canary.metric(), credentials));
        hop("log record accepted", List.of(EMPTY), () -> sent.accepted(base + "/v1/logs", canary.log(), credentials));
    }

    private static Finding connection(URI endpoint) {
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), port(endpoint));
            if (address.isUnresolved()) {
                throw new UnknownHostException(endpoint.getHost());
            }
            socket.connect(address, (int) CONNECT.toMillis());
            return new Finding.Ok(address.getAddress().getHostAddress() + ", port " + port(endpoint));
        } catch (UnknownHostException e) {
            return new Finding.Failed("no such host: " + endpoint.getHost(), "check the name, and this network's DNS");
        } catch (ConnectException e) {
            return new Finding.Failed("nothing listens on " + endpoint.getHost() + ", port " + port(endpoint),
                    "check the port (4317 is gRPC, 4318 is HTTP), or the gateway");
        } catch (SocketTimeoutException e) {
            return new Finding.Failed("no answer from " + endpoint.getHost() + " within " + CONNECT.toSeconds() + " s",
                    "a firewall blocks it, or there is no route (VPN)");
        } catch (IOException e) {
            return new Finding.Failed(String.valueOf(e.getMessage()), "");
        }
    }

    private Finding certificate(URI endpoint) {
        if (trust.problem().isPresent()) {
            return new Finding.Failed(trust.problem().get(), "pa cannot read it either: name a file of PEM certificates");
        }
        try (SSLSocket socket = (SSLSocket) trust.context().getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), port(endpoint)), (int) CONNECT.toMillis());
            socket.setSoTimeout((int) CONNECT.toMillis());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            Instant until = certificate.getNotAfter().toInstant();
            return Instant.now().plus(SOON_EXPIRED).isBefore(until) ? new Finding.Ok("good until " + until)
                    : new Finding.Failed("expires at " + until, "renew the certificate");
        } catch (SSLException e) {
            return new Finding.Failed("not trusted: " + e.getMessage(), "for your own certificate authority, export"
                    + " OTEL_EXPORTER_OTLP_CERTIFICATE=ca.crt, for this command and for pa");
        } catch (IOException e) {
            return new Finding.Failed(String.valueOf(e.getMessage()), "");
        }
    }

    private static Finding empty(Web.Answer answer, String base) {
        return switch (answer.status()) {
            case 200 -> new Finding.Ok("answers at " + base);
            case 401, 403 -> new Finding.Failed(answer.reason(), "check the token: export"
                    + " OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer …\"");
            case 404 -> new Finding.Failed(answer.reason(), "check the path: the endpoint is the part before /v1/traces");
            case 415 -> new Finding.Failed(answer.reason(), "this is not an OTLP/HTTP receiver that accepts JSON");
            case 429, 503 -> new Finding.Failed(answer.reason(), "it is overloaded, or its queue is full: ask its operator");
            default -> new Finding.Failed(answer.reason(), "is this an OTLP endpoint?");
        };
    }

    private void grafana(String grafana, String prometheus, String tempo) {
        String metrics = "data source " + prometheus;
        String traces = "data source " + tempo;
        String throughMetrics = grafana + "/api/datasources/proxy/uid/" + prometheus;
        hop(GRAFANA, List.of(), () -> version(grafana));
        hop("its token", List.of(GRAFANA), () -> token(grafana));
        for (String uid : List.of(prometheus, tempo)) {
            hop("data source " + uid, List.of(GRAFANA, "its token"), () -> source(grafana, uid));
        }
        hop("trace in Tempo", List.of(TRACE_IN, traces), () -> found.trace(grafana + "/api/datasources/proxy/uid/" + tempo,
                TRACE, "check the way from the endpoint to this Tempo: the Collector's exporter and queue"));
        hop("metric in Prometheus", List.of(METRIC_IN, metrics), () -> found.sample(throughMetrics, SCRAPED, "",
                "check the way from the endpoint to this Prometheus: it must scrape the Collector's 8889 or get remote writes"));
        hop("clock", List.of(metrics), () -> CanarySearch.clock(query(throughMetrics, "time()"), "set this machine's clock",
                " of this machine's", "set this machine's clock"));
        hop("label agentproxy_project_id", List.of(metrics), () -> label(get(throughMetrics
                + "/api/v1/label/agentproxy_project_id/values")));
        hop("names of metrics", List.of(metrics), () -> names(query(throughMetrics,
                "count by (__name__) ({__name__=~\"agentproxy_tasks_.+\"})")));
        hop("dashboards", List.of("its token"), () -> dashboards(grafana));
        hop("rules", List.of("its token"), () -> rules(grafana, prometheus));
    }

    private Finding version(String grafana) throws InterruptedException {
        Web.Answer answer = web.get(grafana + "/api/health");
        String version = answer.json().path("version").asText();
        if (answer.ok() && !version.isEmpty()) {
            return new Finding.Ok(version + " at " + grafana);
        }
        String fix = answer.status() == 401 || answer.status() == 403 ? "a proxy in front of it asks for a login: it must let /api through"
                : answer.status() / 100 == 5 ? "ask who runs it" : "check the address";
        return new Finding.Failed(answer.ok() ? "the server there is not a Grafana" : answer.reason(), fix);
    }

    private Finding token(String grafana) throws InterruptedException {
        Web.Answer answer = get(grafana + "/api/access-control/user/permissions");
        return switch (answer.status()) {
            case 200 -> new Finding.Ok(answer.json().size() + " permissions");
            case 401 -> new Finding.Failed("it asks for a login", "a service account's token in "
                    + contract.Variables.GRAFANA_TOKEN);
            // An older Grafana has no such page; the next hops show whether the token works.
            case 403, 404 -> new Finding.Ok("this Grafana does not list its permissions");
            default -> new Finding.Failed(answer.reason(), "");
        };
    }

    private Finding source(String grafana, String uid) throws InterruptedException {
        Web.Answer answer = get(grafana + "/api/datasources/uid/" + uid + "/health");
        if (!answer.ok()) {
            return new Finding.Failed(answer.reason(), answer.status() == 404
                    ? "name the right one: --prometheus-uid UID, --tempo-uid UID" : "check the data source in Grafana");
        }
        return new Finding.Ok("answers");
    }

    /** Where OTLP is written to Prometheus directly, resource attributes are no labels, and every panel is empty. */
    private static Finding label(Web.Answer answer) {
        return !answer.json().path("data").isEmpty() ? new Finding.Ok(answer.json().path("data").size() + " projects")
                : new Finding.Failed(answer.ok() ? "no series has it: the variable $project is empty, and so is every panel"
                        : answer.reason(), "if runs were sent, the Collector must turn it into a label (prometheus exporter with"
                                + " resource_to_telemetry_conversion, or a transform processor: docs/stack.md)");
    }

    private static Finding names(Web.Answer answer) {
        List<String> names = new ArrayList<>();
        answer.json().path("data").path("result").forEach(one -> names.add(one.path("metric").path("__name__").asText()));
        if (names.isEmpty()) {
            return new Finding.Failed(answer.ok() ? "no run has sent metrics there yet" : answer.reason(),
                    "pa --rehearse --telemetry \"say hello\" sends some");
        }
        return names.stream().allMatch(name -> name.endsWith("_total")) ? new Finding.Ok("as the panels ask for them")
                : new Finding.Failed("they have other names: " + String.join(", ", names), "set"
                        + " translation_strategy: UnderscoreEscapingWithSuffixes");
    }

    private Finding dashboards(String grafana) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String uid : Dashboards.uids(ConfigFiles.load(Optional.empty()))) {
            // The dashboard of the local stack's own health is not needed there.
            if (!uid.equals("stack") && !get(grafana + "/api/dashboards/uid/" + uid).ok()) {
                missing.add(uid);
            }
        }
        return missing.isEmpty() ? new Finding.Ok("all there")
                : new Finding.Failed("missing: " + String.join(", ", missing), "stack provision --grafana " + grafana);
    }

    private Finding rules(String grafana, String prometheus) throws InterruptedException {
        for (String place : List.of(prometheus, "grafana")) {
            Web.Answer answer = get(grafana + "/api/prometheus/" + place + "/api/v1/rules");
            if (answer.ok() && answer.body().contains("\"" + RULES + "\"")) {
                return new Finding.Ok("loaded (" + place + ")");
            }
        }
        return new Finding.Failed("the group " + RULES + " is not loaded", "stack provision --grafana " + grafana
                + ", or give stack config --show prometheus/rules/agentproxy.yml to the ruler");
    }

    private Web.Answer get(String address) throws InterruptedException {
        return web.get(address, Credentials.ofGrafana(environment));
    }

    private Web.Answer query(String prometheus, String promql) throws InterruptedException {
        return get(prometheus + "/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8));
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() >= 0 ? endpoint.getPort() : endpoint.getScheme().equals("https") ? 443 : 80;
    }

    private void hop(String name, List<String> needs, Hop.Probe probe) {
        hops.add(new Hop(name, needs, probe));
    }
}
