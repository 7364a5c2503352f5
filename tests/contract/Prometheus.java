package contract;

import java.util.Locale;

/**
 * The name under which Prometheus shows a metric of the contract, by the translation strategy
 * {@code UnderscoreEscapingWithSuffixes} of the Collector's exporter: units spelled out, {@code _total} on counters. A
 * histogram's series add {@code _bucket}, {@code _sum} and {@code _count}.
 */
public final class Prometheus {
    private Prometheus() {}

    public static String name(Metric metric) {
        String base = metric.name().replace('.', '_');
        String suffix = switch (metric.unit()) {
            case "s" -> "_seconds";
            case "USD" -> "_USD";
            default -> "";
        };
        if (!suffix.isEmpty() && !base.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT))) {
            base += suffix;
        }
        return metric.kind() == Metric.Kind.COUNTER ? base + "_total" : base;
    }
}
