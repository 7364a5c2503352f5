package embedded.query;

import embedded.model.MetricKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * OpenTelemetry's names in Prometheus' form, by the strategy {@code UnderscoreEscapingWithSuffixes} of the Collector's
 * exporter: what is neither letter nor digit becomes one underscore, units are spelled out at the end, counters end in
 * {@code _total}. Source: "Prometheus and OpenMetrics Compatibility" in the OpenTelemetry specification. A name with letters
 * beyond ASCII keeps them by Prometheus' own "values" escaping ({@code U__} and the code points in hex): underscores in their
 * places would make one name of many.
 */
final class PrometheusNames {
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("d", "days"), Map.entry("h", "hours"), Map.entry("min", "minutes"), Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"), Map.entry("us", "microseconds"), Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"), Map.entry("KiBy", "kibibytes"), Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"), Map.entry("TiBy", "tibibytes"), Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"), Map.entry("GBy", "gigabytes"), Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"), Map.entry("V", "volts"), Map.entry("A", "amperes"), Map.entry("J", "joules"),
            Map.entry("W", "watts"), Map.entry("g", "grams"), Map.entry("Cel", "celsius"), Map.entry("Hz", "hertz"),
            Map.entry("1", ""), Map.entry("%", "percent"));
    private static final Map<String, String> PER_UNITS = Map.of("s", "second", "m", "minute", "h", "hour", "d", "day",
            "w", "week", "mo", "month", "y", "year");

    /** What is neither letter nor digit, of ASCII and of all other scripts. */
    private static final Pattern NO_PART = Pattern.compile("[^\\p{L}\\p{Nd}]+");
    private static final Pattern NO_PART_OR_COLON = Pattern.compile("[^\\p{L}\\p{Nd}:]+");

    private PrometheusNames() {}

    /** The name of the family; a histogram's series add {@code _bucket}, {@code _sum} and {@code _count}. */
    static String metric(String name, String unit, MetricKind kind, boolean monotonic) {
        List<String> tokens = new ArrayList<>(tokens(name));
        String[] parts = unit.split("/", 2);
        String main = unit(parts[0], UNITS);
        if (!main.isEmpty() && !tokens.contains(main)) {
            tokens.add(main);
        }
        String per = parts.length > 1 ? unit(parts[1], PER_UNITS) : "";
        if (!per.isEmpty() && !tokens.contains(per)) {
            tokens.add("per");
            tokens.add(per);
        }
        if (kind == MetricKind.SUM && monotonic) {
            tokens.removeIf("total"::equals);
            tokens.add("total");
        } else if (kind == MetricKind.GAUGE && unit.equals("1")) {
            tokens.removeIf("ratio"::equals);
            tokens.add("ratio");
        }
        return ascii(startingWithLetter(String.join("_", tokens)));
    }

    /** The name of a label: what Prometheus does not allow becomes an underscore, several become one. */
    static String label(String key) {
        String text = NO_PART.matcher(key).replaceAll("_");
        if (text.isEmpty()) {
            return "_";
        }
        return ascii(text.charAt(0) >= '0' && text.charAt(0) <= '9' ? "key_" + text : text);
    }

    private static String ascii(String name) {
        if (name.chars().allMatch(c -> c < 128)) {
            return name;
        }
        StringBuilder escaped = new StringBuilder("U__");
        name.codePoints().forEach(c -> {
            if (c == '_') {
                escaped.append("__");
            } else if (c < 128) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('_').append(Integer.toHexString(c)).append('_');
            }
        });
        return escaped.toString();
    }

    private static String unit(String unit, Map<String, String> names) {
        String plain = unit.strip();
        // An annotation such as {token} says what is counted and is no unit.
        if (plain.isEmpty() || plain.contains("{") || plain.contains("}")) {
            return "";
        }
        return String.join("_", tokens(names.getOrDefault(plain, plain)));
    }

    private static List<String> tokens(String name) {
        return NO_PART_OR_COLON.splitAsStream(name).filter(token -> !token.isEmpty()).toList();
    }

    private static String startingWithLetter(String name) {
        return name.isEmpty() || name.charAt(0) >= '0' && name.charAt(0) <= '9' ? "_" + name : name;
    }
}
