package embedded.daemon;

import contract.FallenEngine;
import contract.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import services.StackOptions;
import services.StackPort;

/**
 * What the background JVM was started with. Handed to it as a properties file and kept in its state file, so that a later
 * {@code up} can tell whether what runs is what is wanted.
 *
 * @param bind address that every port is bound to
 * @param ports by the names in {@link PortName}; 0 takes any free one
 * @param retention how long signals are kept, counted from their arrival
 * @param maxBytes how large the store may become before the oldest signals go
 * @param senders who may send beside programs that call this machine by its own names
 */
public record DaemonSettings(String bind, Map<PortName, Integer> ports, Path data, Duration retention, long maxBytes,
        StackOptions.Senders senders) {
    static final Duration DEFAULT_RETENTION = Duration.ofDays(14);
    static final long DEFAULT_MAX_BYTES = 2L << 30;
    /** Overrides the size bound, in MiB. */
    static final String MAX_MIB_VARIABLE = "AGENTPROXY_STORE_MAX_MIB";

    /** Names beside this machine's own by which senders may call it, with commas between. */
    static final String ALLOWED_HOSTS_VARIABLE = "AGENTPROXY_STACK_ALLOWED_HOSTS";
    /** Origins of web pages that may send, as {@code https://app.example}, with commas between. */
    static final String ALLOWED_ORIGINS_VARIABLE = "AGENTPROXY_STACK_ALLOWED_ORIGINS";

    private static final int LARGEST_PORT = 65_535;

    /** The ports of this engine and the names under which {@code --port NAME=NUMBER} knows them. */
    public enum PortName {
        OTLP_GRPC("otlp-grpc", Ports.OTLP_GRPC, "OTLP gRPC"),
        OTLP_HTTP("otlp-http", Ports.OTLP_HTTP, "OTLP/HTTP"),
        METRICS("metrics", Ports.METRICS, "Prometheus text"),
        PAGE("grafana", Ports.GRAFANA, "page");

        public final String key;
        public final int known;
        public final String title;

        PortName(String key, int known, String title) {
            this.key = key;
            this.known = known;
            this.title = title;
        }
    }

    public DaemonSettings {
        ports = Map.copyOf(ports);
    }

    /** The wishes of a user, and for the rest what everybody knows. */
    static DaemonSettings of(StackOptions options, Path data, Map<String, String> environment) {
        Map<PortName, Integer> known = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            known.put(name, name.known);
        }
        return again(options, new DaemonSettings(StackOptions.LOOPBACK, known, data, DEFAULT_RETENTION, DEFAULT_MAX_BYTES,
                StackOptions.Senders.NONE), environment);
    }

    /** The wishes of a user, and for the rest what the last start had. */
    static DaemonSettings again(StackOptions options, DaemonSettings last, Map<String, String> environment) {
        Map<PortName, Integer> ports = new EnumMap<>(last.ports);
        for (PortName name : PortName.values()) {
            fromEnvironment(name, environment).ifPresent(port -> ports.put(name, port));
            Optional.ofNullable(options.lasting().ports().get(name.key)).ifPresent(port -> ports.put(name, port));
        }
        // Another name of it: Grafana is not what answers here.
        Optional.ofNullable(options.lasting().ports().get("page")).ifPresent(port -> ports.put(PortName.PAGE, port));
        String bind = options.lasting().bind();
        return new DaemonSettings(bind.equals(StackOptions.LOOPBACK) ? last.bind : bind, ports, last.data,
                options.lasting().retention().orElse(last.retention), maxBytes(environment),
                senders(options.senders(), last.senders, environment));
    }

    /** What was typed; else what the environment says; else what the last start had. */
    private static StackOptions.Senders senders(StackOptions.Senders typed, StackOptions.Senders last,
            Map<String, String> environment) {
        return new StackOptions.Senders(
                first(typed.hosts(), list(environment.getOrDefault(ALLOWED_HOSTS_VARIABLE, "")), last.hosts()),
                first(typed.origins(), list(environment.getOrDefault(ALLOWED_ORIGINS_VARIABLE, "")), last.origins()));
    }

    @SafeVarargs
    private static List<String> first(List<String>... lists) {
        return Stream.of(lists).filter(list -> !list.isEmpty()).findFirst().orElse(List.of());
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** The same variables as for containers. */
    private static Optional<Integer> fromEnvironment(PortName name, Map<String, String> environment) {
        String variable = StackPort.of(name.key).orElseThrow().variable();
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > LARGEST_PORT) {
            throw contract.Failure.usage(variable + " is '" + value + "': not a port", "Use 1 to " + LARGEST_PORT + ".");
        }
        return Optional.of(Integer.valueOf(value));
    }

    private static long maxBytes(Map<String, String> environment) {
        String mebibytes = environment.get(MAX_MIB_VARIABLE);
        if (mebibytes == null || mebibytes.isBlank()) {
            return DEFAULT_MAX_BYTES;
        }
        try {
            return Math.max(1, Long.parseLong(mebibytes.strip())) << 20;
        } catch (NumberFormatException e) {
            throw contract.Failure.usage(MAX_MIB_VARIABLE + " is not a number of MiB: " + mebibytes,
                    "Set it to, say, 2048.");
        }
    }

    int port(PortName name) {
        return ports.get(name);
    }

    /** Where a program on this machine finds it: {@code http://127.0.0.1:3000}. */
    String address(PortName name) {
        String host = bind.equals("0.0.0.0") || bind.equals("::") ? StackOptions.LOOPBACK : bind;
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port(name);
    }

    DaemonSettings withPorts(Map<PortName, Integer> actual) {
        return new DaemonSettings(bind, actual, data, retention, maxBytes, senders);
    }

    /** Whether every port and the address are as in {@code wanted}; what {@code up} leaves alone. */
    boolean servesLike(DaemonSettings wanted) {
        return bind.equals(wanted.bind) && retention.equals(wanted.retention) && maxBytes == wanted.maxBytes
                && data.equals(wanted.data) && senders.equals(wanted.senders)
                && wanted.ports.entrySet().stream().allMatch(e -> e.getValue() == 0 || e.getValue()
                .equals(ports.get(e.getKey())));
    }

    void writeTo(Properties properties) {
        properties.setProperty("bind", bind);
        ports.forEach((name, port) -> properties.setProperty(FallenEngine.PORT_PREFIX + name.key, Integer.toString(port)));
        properties.setProperty("data", data.toString());
        properties.setProperty("retention", retention.toString());
        properties.setProperty("max.bytes", Long.toString(maxBytes));
        properties.setProperty("allowed.hosts", String.join(",", senders.hosts()));
        properties.setProperty("allowed.origins", String.join(",", senders.origins()));
    }

    static DaemonSettings readFrom(Properties properties) {
        Map<PortName, Integer> ports = new LinkedHashMap<>();
        for (PortName name : PortName.values()) {
            ports.put(name, Integer.parseInt(properties.getProperty(FallenEngine.PORT_PREFIX + name.key)));
        }
        return new DaemonSettings(properties.getProperty("bind"), ports, Path.of(properties.getProperty("data")),
                Duration.parse(properties.getProperty("retention")), Long.parseLong(properties.getProperty("max.bytes")),
                new StackOptions.Senders(list(properties.getProperty("allowed.hosts", "")),
                list(properties.getProperty("allowed.origins", ""))));
    }
}
