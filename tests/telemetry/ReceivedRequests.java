package telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The OTLP requests that a receiver has taken in, decoded with OpenTelemetry's own classes, and what they say. */
public abstract class ReceivedRequests {
    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    private final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
    private volatile int rejectedSpans;

    ReceivedRequests() {}

    /** Says in every answer from now on that so many spans were not taken (OTLP's partial success). */
    final void reject(int spans) {
        rejectedSpans = spans;
    }

    /** The requests with spans as they came, in protobuf. */
    public List<byte[]> traceRequests() {
        return traces.stream().map(Message::toByteArray).collect(Collectors.toList());
    }

    public List<Received.Span> spans() {
        return traces.stream().flatMap(r -> Received.spans(r).stream()).collect(Collectors.toList());
    }

    /** All points of all requests; of a cumulative sum the later ones contain the earlier. */
    public List<Received.Point> points() {
        return metrics.stream().flatMap(r -> Received.points(r).stream()).collect(Collectors.toList());
    }

    /** The points of the last request of each process, which for cumulative metrics tell everything. */
    public List<Received.Point> lastPoints() {
        Map<String, List<Received.Point>> last = new TreeMap<>();
        for (ExportMetricsServiceRequest request : metrics) {
            List<Received.Point> points = Received.points(request);
            if (!points.isEmpty()) {
                last.put(points.get(0).resource().toString(), points);
            }
        }
        return last.values().stream().flatMap(List::stream).collect(Collectors.toList());
    }

    public List<Received.Log> logs() {
        return logs.stream().flatMap(r -> Received.logs(r).stream()).collect(Collectors.toList());
    }

    /** Everything as text, to look for what must not be in it; without the headers, where credentials belong. */
    public String everythingButHeaders() {
        List<Message> all = new ArrayList<>(traces);
        all.addAll(metrics);
        all.addAll(logs);
        return all.stream().map(Received::text).collect(Collectors.joining("\n"));
    }

    /** Keeps a request, and gives the answer for it. */
    final Message decode(String path, byte[] body) throws InvalidProtocolBufferException {
        switch (path) {
            case "/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export" -> {
                traces.add(ExportTraceServiceRequest.parseFrom(body));
                return rejectedSpans == 0 ? ExportTraceServiceResponse.getDefaultInstance()
                        : ExportTraceServiceResponse.newBuilder().setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                                .setRejectedSpans(rejectedSpans).setErrorMessage("too old")).build();
            }
            case "/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" -> {
                metrics.add(ExportMetricsServiceRequest.parseFrom(body));
                return ExportMetricsServiceResponse.getDefaultInstance();
            }
            case "/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export" -> {
                logs.add(ExportLogsServiceRequest.parseFrom(body));
                return ExportLogsServiceResponse.getDefaultInstance();
            }
            default -> throw new IllegalArgumentException("nothing is served at " + path);
        }
    }
}
