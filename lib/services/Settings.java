package services;

import console.Format;
import contract.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code stack/settings.properties} says, the one place where images are pinned; over it the user's own file of that
 * name, then {@code AGENTPROXY_STACK_*} of the environment, then options. Unknown keys are an error: a slip must not go
 * unnoticed.
 */
final class Settings {
    static final String VARIABLE_PREFIX = "AGENTPROXY_STACK_";

    private static final Pattern BYTES = Pattern.compile("(\\d{1,6})([kmg])", Pattern.CASE_INSENSITIVE);
    /** A variable for a container: {@code env.grafana.GF_AUTH_ANONYMOUS_ENABLED}. */
    private static final Pattern ENVIRONMENT =
            Pattern.compile("env\\.(" + String.join("|", ConfigFiles.SERVICES) + ")\\.([A-Za-z_][A-Za-z0-9_]*)");
    private static final String BUILT_IN = "built in";
    private static final int LARGEST_PORT = 65_535;
    /** A number, or an address of this machine and a number. */
    private static final Pattern PORT = Pattern.compile("(?:(\\[[0-9a-fA-F:.]+]|[0-9.]+):)?(\\d{1,5})");

    private final Map<String, String> values;
    private final Map<String, String> origins;

    private Settings(Map<String, String> values, Map<String, String> origins) {
        this.values = values;
        this.origins = origins;
    }

    static Settings of(ConfigFiles config, Map<String, String> environment, StackOptions options) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> origins = new TreeMap<>();
        ConfigFiles builtIn = ConfigFiles.load(Optional.empty());
        parse(builtIn.text(ConfigFiles.SETTINGS)).forEach((key, value) -> put(values, origins, key, value, BUILT_IN));
        ConfigFiles.StackText own = config.text(ConfigFiles.SETTINGS);
        parse(own).forEach((key, value) -> {
            if (!values.containsKey(key) && !ENVIRONMENT.matcher(key).matches()) {
                throw Failure.usage("unknown setting in " + own.origin() + ": " + key, "known: "
                        + String.join(", ", values.keySet()));
            }
            // A copy of the built-in file says nothing of its own where it was left as it was.
            if (!value.equals(values.get(key))) {
                put(values, origins, key, value, own.origin());
            }
        });
        for (String key : values.keySet()) {
            String variable = variable(key);
            String value = environment.getOrDefault(variable, "");
            if (!value.isBlank()) {
                put(values, origins, key, value.strip(), variable);
            }
        }
        options.lasting().images().forEach((service, image) -> put(values, origins, known("image." + service, values), image,
                "--image"));
        options.lasting().ports().forEach((port, number) ->
                put(values, origins, known("port." + port, values), Integer.toString(number), "--port"));
        options.lasting().retention().ifPresent(duration -> put(values, origins, "retention", duration.toString(),
                "--retention"));
        return new Settings(values, origins);
    }

    /** {@code image.otel-collector} is {@code AGENTPROXY_STACK_IMAGE_OTEL_COLLECTOR}. */
    static String variable(String key) {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** The keys of what somebody has given: in a file, a variable or an option. */
    Set<String> given() {
        Set<String> given = new TreeSet<>(origins.keySet());
        given.removeIf(key -> origins.get(key).equals(BUILT_IN));
        return given;
    }

    String image(String service) {
        return value("image." + service);
    }

    /** Where it is published. */
    int port(StackPort port) {
        return Integer.parseInt(published(port).group(2));
    }

    /** The address that this port alone is published on, whatever the others are; without the brackets of IPv6. */
    Optional<String> bind(StackPort port) {
        return Optional.ofNullable(published(port).group(1)).map(Settings::unbracketed);
    }

    private static String unbracketed(String address) {
        return address.replaceAll("[\\[\\]]", "");
    }

    private MatchResult published(StackPort port) {
        String key = "port." + port.key();
        Matcher matcher = PORT.matcher(value(key));
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) < 1
                || Integer.parseInt(matcher.group(2)) > LARGEST_PORT) {
            throw wrong(key, values.get(key), "a port from 1 to " + LARGEST_PORT + ", or ADDRESS:PORT");
        }
        if (matcher.group(1) != null && !IpAddress.is(unbracketed(matcher.group(1)))) {
            throw wrong(key, values.get(key), "an IP address and a port");
        }
        return matcher;
    }

    /** The memory limit of a service, in bytes. */
    long memory(String service) {
        return bytes("memory." + service);
    }

    /** How long Tempo and Prometheus keep data. */
    Duration retention() {
        String value = values.get("retention");
        return Format.parseDuration(value).filter(duration -> duration.compareTo(Duration.ofHours(1)) >= 0)
                .orElseThrow(() -> wrong("retention", value, "a duration of an hour or more, such as 24h or 14d"));
    }

    /** How much Prometheus may keep, in bytes; Tempo knows no such limit. */
    long prometheusBytes() {
        return bytes("retention.prometheus.size");
    }

    /** Variables for a service's container, over those that it has anyway. */
    Map<String, String> environment(String service) {
        Map<String, String> variables = new TreeMap<>();
        values.forEach((key, value) -> {
            Matcher matcher = ENVIRONMENT.matcher(key);
            if (matcher.matches() && matcher.group(1).equals(service)) {
                variables.put(matcher.group(2), value);
            }
        });
        return variables;
    }

    /** Every setting of a service has a value that is built in; one without it is a mistake of ours. */
    private String value(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("stack/settings.properties has no line " + key + "=…");
        }
        return value;
    }

    private long bytes(String key) {
        Matcher matcher = BYTES.matcher(value(key));
        if (!matcher.matches()) {
            throw wrong(key, values.get(key), "a size such as 512m or 2g");
        }
        int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 10;
            case "m" -> 20;
            default -> 30;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }

    private Failure wrong(String key, String value, String expected) {
        return Failure.usage(key + " is '" + value + "' (from " + origins.get(key) + "): not " + expected,
                "correct it there");
    }

    private static String known(String key, Map<String, String> values) {
        if (!values.containsKey(key)) {
            String kind = key.substring(0, key.indexOf('.') + 1);
            throw Failure.usage("unknown " + kind.replace(".", "") + " name: " + key.substring(kind.length()), "known: "
                    + String.join(", ", values.keySet().stream().filter(name -> name.startsWith(kind))
                            .map(name -> name.substring(kind.length())).toList()));
        }
        return key;
    }

    private static void put(Map<String, String> values, Map<String, String> origins, String key, String value,
            String origin) {
        Matcher before = PORT.matcher(values.getOrDefault(key, ""));
        // Who gives another number means the number: a port that was kept on an address stays there.
        boolean address = key.startsWith("port.") && value.matches("\\d+") && before.matches() && before.group(1) != null;
        values.put(key, address ? before.group(1) + ":" + value : value);
        origins.put(key, origin);
    }

    private static Map<String, String> parse(ConfigFiles.StackText file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(file.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(file.origin() + ": " + e.getMessage(), "write key=value, one on a line");
        }
        Map<String, String> values = new TreeMap<>();
        properties.forEach((key, value) -> values.put(key.toString(), value.toString().strip()));
        return values;
    }
}
