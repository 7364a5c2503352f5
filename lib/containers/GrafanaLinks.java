package containers;

import containers.engine.Connection;
import contract.TraceLink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import services.Actual;
import services.Catalogue;
import services.Service;
import services.StackPort;

/** Addresses of Grafana's pages. */
final class GrafanaLinks {
    /**
     * Explore's state in an address, as Grafana's schema version 1 has it. Its range is how long traces are kept: a data
     * source with time shifts of the user's own asks for a trace only within it.
     */
    private static final String PANES = "{\"a\":{\"datasource\":\"tempo\",\"queries\":[{\"refId\":\"A\",\"queryType\":\"traceql\","
            + "\"query\":\"%s\",\"datasource\":{\"type\":\"tempo\",\"uid\":\"tempo\"}}],"
            + "\"range\":{\"from\":\"now-%s\",\"to\":\"now\"}}}";

    private static final String GRAFANA = "grafana";
    /** What a Tempo keeps that was not told: its own default. */
    private static final String USUAL_RETENTION = "336h";

    private GrafanaLinks() {}

    /** A trace in the Explore of the stack's Grafana, with a place for its id; empty when no Grafana is there. */
    static Optional<String> trace(Connection engine, List<Actual.Container> containers) {
        return containers.stream().filter(container -> container.service().equals(GRAFANA)).findFirst()
                .map(Actual.Container::published)
                .flatMap(published -> Optional.ofNullable(published.ports().get(StackPort.GRAFANA.known()))
                        .map(address -> trace("http://" + engine.host(address.bind()) + ":" + address.port(),
                                retention(containers.stream().map(container -> container.published().retention())))));
    }

    /** The same, from services that run as they are described here. */
    static Optional<String> traceOf(Connection engine, List<Service> services) {
        return services.stream().flatMap(service -> service.port(StackPort.GRAFANA).stream()).findFirst()
                .map(port -> trace("http://" + engine.host(port.bind()) + ":" + port.host(), retention(services.stream()
                        .map(service -> Optional.ofNullable(service.program().environment().get(Catalogue.TEMPO_RETENTION))))));
    }

    private static String retention(Stream<Optional<String>> told) {
        return told.flatMap(Optional::stream).findFirst().filter(retention -> retention.matches("[0-9]+h"))
                .orElse(USUAL_RETENTION);
    }

    /** @param retention how far back the page looks, in hours: {@code 336h} */
    static String trace(String grafana, String retention) {
        String mark = "TRACEID";
        String panes = URLEncoder.encode(String.format(PANES, mark, retention), StandardCharsets.UTF_8).replace("+", "%20");
        return grafana + "/explore?schemaVersion=1&orgId=1&panes=" + panes.replace(mark, TraceLink.PLACE);
    }
}
