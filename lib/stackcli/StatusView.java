package stackcli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Console;
import console.Table;
import contract.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import services.Engine;
import services.ServiceStatus;

/** Shows services: as a table, or as JSON for a script. */
final class StatusView {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Console console;

    StatusView(Console console) {
        this.console = console;
    }

    void table(List<ServiceStatus> statuses) {
        Table table = new Table(console.width(), "SERVICE", "STATE", "VERSION", "WHERE");
        for (ServiceStatus status : statuses) {
            String where = status.state() == ServiceStatus.State.READY || status.detail().isEmpty()
                    ? status.urls().entrySet().stream().map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(console.outPalette().separator()))
                    : status.detail();
            table.row(status.service(), status.state().value(), status.version(), where);
        }
        table.lines(console.outPalette()).forEach(console::out);
    }

    void json(Engine engine, List<ServiceStatus> statuses) {
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
