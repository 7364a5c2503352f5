package containers;

import contract.TraceLink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of Grafana's pages. */
final class GrafanaLinks {
    /** Explore's state in an address, as Grafana's schema version 1 has it. */
    private static final String PANES = "{\"a\":{\"datasource\":\"tempo\",\"queries\":[{\"refId\":\"A\",\"queryType\":\"traceql\","
            + "\"query\":\"%s\",\"datasource\":{\"type\":\"tempo\",\"uid\":\"tempo\"}}],"
            + "\"range\":{\"from\":\"now-24h\",\"to\":\"now\"}}}";

    private GrafanaLinks() {}

    /** A trace in Explore, with a place for its id. */
    static String trace(String grafana) {
        String mark = "TRACEID";
        String panes = URLEncoder.encode(String.format(PANES, mark), StandardCharsets.UTF_8).replace("+", "%20");
        return grafana + "/explore?schemaVersion=1&orgId=1&panes=" + panes.replace(mark, TraceLink.PLACE);
    }
}
