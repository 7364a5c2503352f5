package containers;

import contract.TraceLink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import services.Actual;
import services.StackPort;

/** Addresses of Grafana's pages. */
final class GrafanaLinks {
    /** Explore's state in an address, as Grafana's schema version 1 has it. */
    private static final String PANES = "{\"a\":{\"datasource\":\"tempo\",\"queries\":[{\"refId\":\"A\",\"queryType\":\"traceql\","
            + "\"query\":\"%s\",\"datasource\":{\"type\":\"tempo\",\"uid\":\"tempo\"}}],"
            + "\"range\":{\"from\":\"now-24h\",\"to\":\"now\"}}}";

    private static final String GRAFANA = "grafana";

    private GrafanaLinks() {}

    /** A trace in the Explore of the stack's Grafana, with a place for its id; empty when no Grafana is there. */
    static Optional<String> trace(Connection engine, List<Actual.Container> containers) {
        return containers.stream().filter(container -> container.service().equals(GRAFANA)).findFirst()
                .map(Actual.Container::published)
                .flatMap(published -> Optional.ofNullable(published.ports().get(StackPort.GRAFANA.known()))
                        .map(address -> trace("http://" + engine.host(address.bind()) + ":" + address.port())));
    }

    private static String trace(String grafana) {
        String mark = "TRACEID";
        String panes = URLEncoder.encode(String.format(PANES, mark), StandardCharsets.UTF_8).replace("+", "%20");
        return grafana + "/explore?schemaVersion=1&orgId=1&panes=" + panes.replace(mark, TraceLink.PLACE);
    }
}
