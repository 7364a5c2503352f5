package stackcli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Console;
import console.Format;
import console.Palette;
import console.Table;
import contract.ExitCode;
import java.util.List;
import services.Engine;
import services.ServiceStatus;

/** Shows services: as a table, or as JSON for a script. */
final class StatusView {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Console console;

    StatusView(Console console) {
        this.console = console;
    }

    /** One line per service if the terminal is wide enough; otherwise one per address, so that no address is cut. */
    void table(List<ServiceStatus> statuses) {
        Table table = table();
        for (ServiceStatus status : statuses) {
            table.row(status.service(), status.state().value(), status.version(), String.join(console.outPalette()
                    .separator(), where(status)));
        }
        List<String> lines = table.lines(new Palette(Palette.Colours.NONE, true));
        if (lines.stream().anyMatch(line -> line.length() > console.width())) {
            table = table();
            for (ServiceStatus status : statuses) {
                List<String> where = where(status);
                table.row(status.service(), status.state().value(), tag(status.version()), where.isEmpty() ? ""
                        : where.get(0));
                for (String further : where.subList(Math.min(1, where.size()), where.size())) {
                    table.row("", "", "", further);
                }
            }
        }
        table.lines(console.outPalette()).forEach(console::out);
    }

    private static Table table() {
        return new Table(Integer.MAX_VALUE, "SERVICE", "STATE", "VERSION", "WHERE");
    }

    /** The service's addresses; if it is not ready, the problem. */
    private static List<String> where(ServiceStatus status) {
        return status.state() == ServiceStatus.State.READY || status.detail().isEmpty()
                ? status.urls().entrySet().stream().map(address -> address.getKey() + " " + address.getValue()).toList()
                : List.of(Format.printable(status.detail()));
    }

    /** {@code 3.0.3} of {@code grafana/tempo:3.0.3@sha256:…}. */
    private static String tag(String image) {
        String name = image.replaceFirst("@.*", "");
        return name.substring(name.lastIndexOf(':') + 1);
    }

    void json(Engine engine, List<ServiceStatus> statuses) {
        json(engine, statuses, List.of());
    }

    void json(Engine engine, List<ServiceStatus> statuses, List<Alerts.Alert> alerts) {
        ObjectNode root = JSON.createObjectNode();
        root.put("engine", engine.name());
        root.put("description", engine.description());
        root.put("ready", ready(statuses));
        ArrayNode services = root.putArray("services");
        for (ServiceStatus status : statuses) {
            ObjectNode service = services.addObject();
            service.put("service", status.service());
            service.put("state", status.state().value());
            service.put("version", status.version());
            ObjectNode urls = service.putObject("urls");
            status.urls().forEach(urls::put);
            service.put("detail", status.detail());
        }
        ArrayNode firing = root.putArray("alerts");
        for (Alerts.Alert alert : alerts) {
            firing.addObject().put("alert", alert.name()).put("summary", alert.summary())
                    .put("description", alert.description()).put("critical", alert.critical());
        }
        console.out(text(root));
    }

    static boolean ready(List<ServiceStatus> statuses) {
        return statuses.stream().allMatch(status -> status.state() == ServiceStatus.State.READY);
    }

    static int exitCode(List<ServiceStatus> statuses) {
        return ready(statuses) ? ExitCode.OK : ExitCode.NOT_READY;
    }

    static String text(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
