package embedded.query;

import embedded.model.MetricKind;
import embedded.model.Sample;
import embedded.model.SeriesKey;
import embedded.store.LiveSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Prometheus calls a family: series of one name and one type. No name is given twice and no line has the labels of
 * another, whatever senders call their metrics: sums that have the same labels are added up where that is right, everything
 * else is told apart.
 *
 * @param name without the suffixes of its samples; that of a counter is without {@code _total}
 * @param series by their labels
 */
record MetricFamily(String name, Type type, String help, SortedMap<String, Line> series) {

    /** Types in the words of the text format, and the suffixes that their samples take. */
    enum Type {
        COUNTER("_total", "_created"),
        GAUGE,
        HISTOGRAM("_bucket", "_sum", "_count", "_created"),
        SUMMARY("_sum", "_count", "_created");

        private final List<String> suffixes;

        Type(String... suffixes) {
            this.suffixes = List.of(suffixes);
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Type of(SeriesKey key) {
            return switch (key.kind()) {
                case GAUGE -> GAUGE;
                case SUM -> key.monotonic() ? COUNTER : GAUGE;
                case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> HISTOGRAM;
                case SUMMARY -> SUMMARY;
            };
        }

        /** Every name that a family of this type may use, in either format. */
        Set<String> names(String family) {
            Set<String> names = new HashSet<>(Set.of(family));
            suffixes.forEach(suffix -> names.add(family + suffix));
            return names;
        }
    }

    /** What is written for one set of labels. */
    record Line(SortedMap<String, String> labels, Sample sample) {}

    /**
     * Families of all that is live.
     *
     * @param silent sums that are not live any more, and still count where a live one has the same labels
     * @param taken names that are given already
     */
    static List<MetricFamily> of(List<LiveSeries.Reading> live, List<LiveSeries.Reading> silent, Set<String> taken) {
        // By age: who had a name first keeps it, also when another comes.
        Map<Named, List<LiveSeries.Reading>> byName = live.stream().sorted(Comparator.comparingLong(LiveSeries.Reading::id))
                .collect(Collectors.groupingBy(reading -> Named.of(reading.key()), LinkedHashMap::new, Collectors.toList()));
        Map<Named, List<LiveSeries.Reading>> silentByName =
                silent.stream().collect(Collectors.groupingBy(reading -> Named.of(reading.key())));
        Set<String> names = new HashSet<>(taken);
        List<MetricFamily> families = new ArrayList<>();
        byName.forEach((named, readings) -> {
            String name = free(named, names);
            names.addAll(named.type.names(name));
            String help = readings.stream().map(reading -> reading.key().description()).filter(text -> !text.isEmpty())
                    .findFirst().orElse("");
            families.add(new MetricFamily(name, named.type, help,
                    lines(readings, silentByName.getOrDefault(named, List.of()))));
        });
        families.sort(Comparator.comparing(MetricFamily::name));
        return families;
    }

    private record Named(String name, Type type) {
        static Named of(SeriesKey key) {
            String name = PrometheusNames.metric(key.name(), key.unit(), key.kind(), key.monotonic());
            Type type = Type.of(key);
            return new Named(type == Type.COUNTER ? withoutTotal(name) : name, type);
        }

        private static String withoutTotal(String name) {
            String stripped = name.substring(0, Math.max(0, name.length() - "_total".length()));
            return stripped.isEmpty() ? "_" : stripped;
        }
    }

    private static String free(Named named, Set<String> taken) {
        String name = named.name;
        for (int i = 1; named.type.names(name).stream().anyMatch(taken::contains); i++) {
            name = named.name + "_" + named.type.word() + (i == 1 ? "" : "_" + i);
        }
        return name;
    }

    private static SortedMap<String, Line> lines(List<LiveSeries.Reading> live, List<LiveSeries.Reading> silent) {
        Map<SortedMap<String, String>, List<LiveSeries.Reading>> byLabels = new LinkedHashMap<>();
        live.forEach(reading -> byLabels.computeIfAbsent(SampleLabels.of(reading.key()), labels -> new ArrayList<>())
                .add(reading));
        silent.forEach(reading -> byLabels.computeIfPresent(SampleLabels.of(reading.key()), (labels, same) -> {
            same.add(reading);
            return same;
        }));
        SortedMap<String, Line> lines = new TreeMap<>();
        byLabels.forEach((labels, same) -> {
            for (Line line : apart(labels, same)) {
                lines.put(line.labels.toString(), line);
            }
        });
        return lines;
    }

    /** Sums of one metric with one set of labels are one sum; what cannot be added gets a label of its own. */
    private static List<Line> apart(SortedMap<String, String> labels, List<LiveSeries.Reading> same) {
        Map<Object, LiveSeries.Reading> distinct = new LinkedHashMap<>();
        for (LiveSeries.Reading reading : same) {
            distinct.merge(identity(reading), reading, (one, other) -> new LiveSeries.Reading(one.id(), one.key(),
                    one.sample().plus(other.sample()), Math.max(one.arrivedMillis(), other.arrivedMillis())));
        }
        if (distinct.size() == 1) {
            return List.of(new Line(labels, distinct.values().iterator().next().sample()));
        }
        boolean byName = distinct.values().stream().map(reading -> reading.key().name()).distinct().count()
                == distinct.size();
        List<Line> lines = new ArrayList<>();
        for (LiveSeries.Reading reading : distinct.values()) {
            SortedMap<String, String> own = new TreeMap<>(labels);
            own.put(byName ? SampleLabels.METRIC_NAME : SampleLabels.SERIES,
                    byName ? reading.key().name() : reading.key().shortDigest());
            lines.add(new Line(own, reading.sample()));
        }
        return lines;
    }

    private record Added(String name, String unit, Object kind) {}

    private static Object identity(LiveSeries.Reading reading) {
        SeriesKey key = reading.key();
        boolean adds = key.accumulates() || key.kind() == MetricKind.SUM;
        return adds ? new Added(key.name(), key.unit(), key.kind()) : Long.valueOf(reading.id());
    }
}
