package services;

import contract.Metric;
import contract.Metrics;
import contract.Prometheus;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The last values of a run's series as Prometheus would have scraped them from the Collector's 8889: every five seconds from
 * the run's begin until a minute after its end. In OpenMetrics, which {@code promtool} makes blocks of.
 */
final class RunsAsOpenMetrics {
    private static final long SCRAPE_MILLIS = 5_000;
    private static final long KEPT_MILLIS = 60_000;

    /** One series, with everything but its times. */
    private record Series(String text, String value) {}

    private RunsAsOpenMetrics() {}

    /** How many series a request has. */
    static int series(ExportMetricsServiceRequest request) {
        return all(request).size();
    }

    /** Adds the lines. @param beginMillis of the run, @param endMillis of the run */
    static void write(ExportMetricsServiceRequest request, long beginMillis, long endMillis, StringBuilder text) {
        for (Series series : all(request)) {
            for (long at = beginMillis + SCRAPE_MILLIS; at <= endMillis + KEPT_MILLIS; at += SCRAPE_MILLIS) {
                text.append(series.text).append(' ').append(series.value).append(' ').append(at / 1000).append('.')
                        .append(String.format(Locale.ROOT, "%03d", at % 1000)).append('\n');
            }
        }
    }

    private static List<Series> all(ExportMetricsServiceRequest request) {
        List<Series> all = new ArrayList<>();
        request.getResourceMetricsList().forEach(resource -> resource.getScopeMetricsList().forEach(scope ->
                scope.getMetricsList().forEach(metric -> add(resource.getResource(), metric, all))));
        return all;
    }

    private static void add(Resource resource, io.opentelemetry.proto.metrics.v1.Metric sent, List<Series> all) {
        Metric metric = Metrics.all().stream().filter(one -> one.name().equals(sent.getName())).findFirst().orElseThrow();
        String name = Prometheus.name(metric);
        if (sent.hasSum()) {
            NumberDataPoint point = sent.getSum().getDataPoints(sent.getSum().getDataPointsCount() - 1);
            String value = point.hasAsDouble() ? Double.toString(point.getAsDouble()) : Long.toString(point.getAsInt());
            all.add(new Series(name + labels(resource, point.getAttributesList(), ""), value));
            return;
        }
        HistogramDataPoint point = sent.getHistogram().getDataPoints(0);
        long below = 0;
        for (int i = 0; i < point.getBucketCountsCount(); i++) {
            below += point.getBucketCounts(i);
            String bound = i < point.getExplicitBoundsCount() ? Double.toString(point.getExplicitBounds(i)) : "+Inf";
            all.add(new Series(name + "_bucket" + labels(resource, point.getAttributesList(), bound), Long.toString(below)));
        }
        all.add(new Series(name + "_sum" + labels(resource, point.getAttributesList(), ""), Double.toString(point.getSum())));
        all.add(new Series(name + "_count" + labels(resource, point.getAttributesList(), ""), Long.toString(point.getCount())));
    }

    /** The labels that the stack's Collector leaves on a series. */
    private static String labels(Resource resource, List<KeyValue> attributes, String bound) {
        StringBuilder text = new StringBuilder("{job=\"agentproxy\"");
        resource.getAttributesList().stream().filter(one -> List.of("service.instance.id", "agentproxy.project_id",
                "agentproxy.owner").contains(one.getKey())).forEach(one -> add(one, text));
        attributes.forEach(one -> add(one, text));
        if (!bound.isEmpty()) {
            text.append(",le=\"").append(bound).append('"');
        }
        return text.append('}').toString();
    }

    private static void add(KeyValue attribute, StringBuilder text) {
        text.append(',').append(attribute.getKey().replace('.', '_')).append("=\"")
                .append(attribute.getValue().getStringValue()).append('"');
    }
}
