package containers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import services.StackOptions;

/**
 * What a user chose at {@code up}, as the text of a label, so that {@code restart} means the same stack without being told.
 */
final class RememberedOptions {
    private static final String SEPARATOR = "\n";
    private static final String IMAGE = "image.";
    private static final String PORT = "port.";

    private RememberedOptions() {}

    static String encode(StackOptions options) {
        StackOptions.Lasting chosen = options.lasting();
        Map<String, String> values = new TreeMap<>();
        values.put("bind", chosen.bind());
        chosen.configDir().ifPresent(folder -> values.put("config-dir", folder.toAbsolutePath().normalize().toString()));
        chosen.retention().ifPresent(duration -> values.put("retention", duration.toString()));
        chosen.images().forEach((service, image) -> values.put(IMAGE + service, image));
        chosen.ports().forEach((port, number) -> values.put(PORT + port, number.toString()));
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(key).append('=').append(value).append(SEPARATOR));
        return text.toString().strip();
    }

    /** These options, and what is remembered wherever the user has not said anything now. */
    static StackOptions merge(StackOptions given, String remembered) {
        Map<String, Integer> ports = new HashMap<>();
        Map<String, String> images = new HashMap<>();
        StackOptions.Lasting chosen = given.lasting();
        String bind = chosen.bind();
        Optional<Path> configDir = chosen.configDir();
        Optional<Duration> retention = chosen.retention();
        for (String line : remembered.split(SEPARATOR)) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = line.substring(0, equals);
            String value = line.substring(equals + 1);
            if (key.startsWith(IMAGE)) {
                images.put(key.substring(IMAGE.length()), value);
            } else if (key.startsWith(PORT)) {
                ports.put(key.substring(PORT.length()), Integer.valueOf(value));
            } else if (key.equals("bind") && bind.equals(StackOptions.LOOPBACK)) {
                bind = value;
            } else if (key.equals("config-dir") && configDir.isEmpty()) {
                configDir = Optional.of(Path.of(value));
            } else if (key.equals("retention") && retention.isEmpty()) {
                retention = Optional.of(Duration.parse(value));
            }
        }
        ports.putAll(chosen.ports());
        images.putAll(chosen.images());
        return given.withLasting(new StackOptions.Lasting(bind, ports, images, configDir, retention));
    }
}
