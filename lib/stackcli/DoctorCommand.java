package stackcli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Format;
import console.Palette;
import contract.ExitCode;
import contract.Failure;
import doctor.Doctor;
import doctor.Finding;
import doctor.Hop;
import doctor.RemoteWay;
import doctor.Way;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import services.Engine;
import services.ServiceStatus;

/** {@code stack doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Find what is broken on the way from pa to the panel: send a canary trace, metric and log record, and"
                + " ask each hop for them. Exit code 0 means that all hops are ok.", ""},
        footerHeading = "%nExamples:%n", footer = {"  stack doctor", "  stack doctor --fix", "  stack doctor --json",
            "  stack doctor --endpoint https://otlp.example:4318 --grafana https://grafana.example"})
final class DoctorCommand extends StackVerb {
    private static final String ENGINE = "engine";
    private static final String EXAMPLE = "https://otlp.example:4318";
    private static final Set<ServiceStatus.State> RUNS = EnumSet.of(ServiceStatus.State.READY, ServiceStatus.State.STARTING);

    @Option(names = "--fix", description = "First start the services that do not run, with the options given here and, as long as"
            + " the containers exist, those of the last up.")
    boolean fix;

    @Mixin StackOptionsMixin chosen;

    @Option(names = "--json", description = "Print JSON, for a script.")
    boolean json;

    @Option(names = "--endpoint", paramLabel = "URL", description = "Check a team's endpoint instead of the stack here: the value"
            + " of OTEL_EXPORTER_OTLP_ENDPOINT.")
    Optional<URI> endpoint = Optional.empty();

    @Option(names = "--grafana", paramLabel = "URL", description = "With --endpoint: the Grafana for queries to Tempo and"
            + " Prometheus.")
    Optional<URI> grafana = Optional.empty();

    @Option(names = "--prometheus-uid", paramLabel = "UID", defaultValue = "prometheus",
            description = "Grafana's data source for the metrics (default: prometheus).")
    String prometheus;

    @Option(names = "--tempo-uid", paramLabel = "UID", defaultValue = "tempo",
            description = "Grafana's data source for the traces (default: tempo).")
    String tempo;

    private int widest;

    @Override
    int run(ConsoleProgress progress) throws InterruptedException {
        if (endpoint.isPresent() || grafana.isPresent()) {
            return elsewhere(progress);
        }
        Map<String, Finding> findings = new LinkedHashMap<>();
        try {
            Engine engine = stack.engines(progress).choose();
            String description = engine.name() + ", " + engine.description();
            List<ServiceStatus> services = fix ? fixed(engine, progress) : engine.status();
            List<Hop> hops = Way.of(services, stack.environment);
            widest = hops.stream().mapToInt(hop -> hop.name().length()).max().orElse(0);
            found(ENGINE, new Finding.Ok(description), progress);
            findings.put(ENGINE, new Finding.Ok(description));
            findings.putAll(Doctor.examine(hops, hop -> progress.waiting("asking: " + hop),
                    (hop, finding) -> found(hop, finding, progress)));
        } catch (Failure noEngine) {
            if (noEngine.exitCode() != ExitCode.NO_ENGINE) {
                throw noEngine;
            }
            Finding failed = new Finding.Failed(noEngine.getMessage(), noEngine.hint());
            found(ENGINE, failed, progress);
            findings.put(ENGINE, failed);
        }
        return end(findings, progress);
    }

    private int end(Map<String, Finding> findings, ConsoleProgress progress) {
        progress.close();
        boolean healthy = Doctor.healthy(findings);
        if (json) {
            stack.console.out(StatusView.text(json(findings, healthy)));
        } else {
            summary(findings, healthy);
        }
        return healthy ? ExitCode.OK : ExitCode.ERROR;
    }

    private int elsewhere(ConsoleProgress progress) throws InterruptedException {
        URI address = RemoteArguments.address("--endpoint", endpoint.orElseThrow(() -> Failure.usage(
                "--grafana needs --endpoint, the receiver of the canary", "for instance --endpoint " + EXAMPLE)), EXAMPLE);
        Optional<String> page = grafana.map(one -> RemoteArguments.address("--grafana", one, "https://grafana.example")
                .toString());
        if (fix) {
            throw Failure.usage("--fix starts the stack on this machine; it changes nothing elsewhere", "leave it out");
        }
        List<Hop> hops = RemoteWay.of(address, page, RemoteArguments.uid("--prometheus-uid", prometheus),
                RemoteArguments.uid("--tempo-uid", tempo), stack.environment);
        widest = hops.stream().mapToInt(hop -> hop.name().length()).max().orElse(0);
        return end(Doctor.examine(hops, hop -> progress.waiting("asking: " + hop),
                (hop, finding) -> found(hop, finding, progress)), progress);
    }

    /**
     * Starts the services that do not run; if that fails, the hops are checked all the same. A running service that does not answer yet
     * is not restarted: it may only wait for another one.
     */
    private List<ServiceStatus> fixed(Engine engine, ConsoleProgress progress) throws InterruptedException {
        List<String> broken = engine.status().stream().filter(service -> !RUNS.contains(service.state()))
                .map(ServiceStatus::service).toList();
        if (!broken.isEmpty()) {
            try {
                engine.restart(broken, chosen.options(stack.environment, false), progress);
            } catch (Failure e) {
                progress.warn("--fix failed: " + e.getMessage());
            }
        }
        return engine.status();
    }

    private void found(String hop, Finding finding, ConsoleProgress progress) {
        if (json) {
            return;
        }
        Palette palette = stack.console.outPalette();
        String name = hop + " ".repeat(Math.max(0, widest - hop.length()));
        String text = Format.printable(finding.text());
        if (finding instanceof Finding.Ok) {
            progress.result(palette.ok() + " " + name + "  " + palette.dim(text));
        } else if (finding instanceof Finding.Failed failed) {
            progress.result(palette.failed() + " " + name + "  " + text);
            if (!failed.fix().isEmpty()) {
                stack.console.steps("    fix: ", failed.fix()).forEach(progress::result);
            }
        } else {
            progress.result(palette.skipped() + " " + name + "  " + palette.dim("skipped, " + text));
        }
    }

    private void summary(Map<String, Finding> findings, boolean healthy) {
        long failed = findings.values().stream().filter(Finding.Failed.class::isInstance).count();
        long skipped = findings.values().stream().filter(Finding.Skipped.class::isInstance).count();
        stack.console.note(healthy ? "all " + findings.size() + " are ok" : failed + " failed, " + skipped + " skipped, "
                + (findings.size() - failed - skipped) + " ok");
    }

    private ObjectNode json(Map<String, Finding> findings, boolean healthy) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("healthy", healthy);
        ArrayNode hops = root.putArray("hops");
        findings.forEach((name, finding) -> {
            ObjectNode hop = hops.addObject();
            hop.put("hop", name);
            hop.put("state", finding instanceof Finding.Ok ? "ok"
                    : finding instanceof Finding.Failed ? "failed" : "skipped");
            hop.put("text", finding.text());
            hop.put("fix", finding instanceof Finding.Failed failed ? stack.console.pasteable(failed.fix()) : "");
        });
        return root;
    }
}
