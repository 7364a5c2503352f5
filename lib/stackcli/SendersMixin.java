package stackcli;

import contract.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import services.StackOptions;

/** Other senders that the embedded engine accepts, in addition to this machine's own programs; none by default. */
final class SendersMixin {
    private static final String EMBEDDED = "embedded";
    /** A name or an address as in a Host header, without its port. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]+|\\[[0-9a-fA-F:.]+]");
    /** The value of a browser's {@code Origin} header (RFC 6454). */
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s*]+");

    @Option(names = "--allowed-hosts", paramLabel = "NAME", split = ",", description = "Embedded engine: other host names for it"
            + " that senders may use, for instance host.docker.internal.")
    List<String> hosts = new ArrayList<>();

    @Option(names = "--allowed-origins", paramLabel = "ORIGIN", split = ",", description = "Embedded engine: web pages that may"
            + " send to OTLP/HTTP, for instance https://app.example.")
    List<String> origins = new ArrayList<>();

    /** @throws Failure (usage) for an invalid name or origin, and on any other engine */
    StackOptions addTo(StackOptions options, String engine) {
        if (hosts.isEmpty() && origins.isEmpty()) {
            return options;
        }
        if (!engine.equals(EMBEDDED)) {
            throw Failure.usage("--allowed-hosts and --allowed-origins are for the embedded engine; here it is " + engine,
                    "the Collector accepts every host name; for web pages edit cors in otel-collector/collector.yaml (stack config --eject"
                            + " DIR)");
        }
        hosts.stream().filter(host -> !HOST.matcher(host).matches()).findFirst().ifPresent(host -> {
            throw Failure.usage("--allowed-hosts " + host + ": not a name",
                    "write it without scheme, port and *, for instance otel.internal");
        });
        origins.stream().filter(origin -> !ORIGIN.matcher(origin).matches()).findFirst().ifPresent(origin -> {
            throw Failure.usage("--allowed-origins " + origin + ": not an origin",
                    "write scheme, name and port without a path, for instance https://app.example");
        });
        return options.withSenders(new StackOptions.Senders(hosts, origins));
    }
}
