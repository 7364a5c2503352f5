package handover;

import embedded.page.PaRuns;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;

/**
 * A run of {@code pa} that is under way: its series grow from export to export, cumulative, and reach their last values with the
 * last one. The process, the developer and the project are of this run's number.
 */
final class LiveRun {
    private static final int DEVELOPERS = 100;
    private static final int PROJECTS = 10;

    private final PaRuns pa;
    private final int number;
    private final int exports;
    private final long begin;
    private int done;

    /** @param exports how many it makes until it ends */
    LiveRun(int number, int exports, long beginNanos) {
        this.number = number;
        this.exports = exports;
        begin = beginNanos;
        pa = PaRuns.run(number, beginNanos, number % 9 == 0 ? "stalled" : "completed", 1 + number % 4, false);
    }

    String traceId() {
        return pa.traceId;
    }

    ExportTraceServiceRequest traces() {
        return pa.paTraces();
    }

    boolean ended() {
        return done == exports;
    }

    /** Goes to its end with the next export. */
    void finish() {
        done = exports - 1;
    }

    /** The next export, as of now. */
    ExportMetricsServiceRequest next(long nowNanos) {
        done++;
        ExportMetricsServiceRequest.Builder request = pa.metrics().toBuilder();
        request.getResourceMetricsBuilderList().forEach(resource -> {
            resource.setResource(resource(resource.getResource()));
            resource.getScopeMetricsBuilderList().forEach(scope -> scope.getMetricsBuilderList().forEach(metric ->
                    scale(metric, nowNanos)));
        });
        return request.build();
    }

    private Resource resource(Resource resource) {
        Resource.Builder own = resource.toBuilder();
        for (KeyValue.Builder attribute : own.getAttributesBuilderList()) {
            String value = Map.of("service.instance.id", "run-" + number, "agentproxy.owner", "dev" + number % DEVELOPERS,
                    "agentproxy.project_id", "project" + number % PROJECTS).get(attribute.getKey());
            if (value != null) {
                attribute.setValue(AnyValue.newBuilder().setStringValue(value));
            }
        }
        return own.build();
    }

    private void scale(Metric.Builder metric, long nowNanos) {
        if (metric.hasHistogram()) {
            for (HistogramDataPoint.Builder point : metric.getHistogramBuilder().getDataPointsBuilderList()) {
                long count = 0;
                for (int i = 0; i < point.getBucketCountsCount(); i++) {
                    point.setBucketCounts(i, point.getBucketCounts(i) * done / exports);
                    count += point.getBucketCounts(i);
                }
                point.setCount(count).setSum(point.getSum() * done / exports).setStartTimeUnixNano(begin)
                        .setTimeUnixNano(nowNanos).clearExemplars();
            }
            return;
        }
        // The active session has two points, of which the first is its beginning.
        if (!metric.getSum().getIsMonotonic()) {
            NumberDataPoint point = metric.getSum().getDataPoints(0).toBuilder().setAsInt(ended() ? 0 : 1)
                    .setStartTimeUnixNano(begin).setTimeUnixNano(nowNanos).build();
            metric.getSumBuilder().clearDataPoints().addDataPoints(point);
            return;
        }
        for (NumberDataPoint.Builder point : metric.getSumBuilder().getDataPointsBuilderList()) {
            if (point.hasAsDouble()) {
                point.setAsDouble(point.getAsDouble() * done / exports);
            } else {
                point.setAsInt(point.getAsInt() * done / exports);
            }
            point.setStartTimeUnixNano(begin).setTimeUnixNano(nowNanos);
        }
    }
}
