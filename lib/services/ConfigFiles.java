package services;

import contract.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The configuration: the built-in files, which travel on the class path, and over them a folder of the user's with the same
 * layout, one folder per service. A file of the user's replaces the built-in one of the same name; others are added.
 */
public final class ConfigFiles {
    /** What a folder of the user's may hold at its top. */
    public static final String SETTINGS = "settings.properties";
    /** The files that come with the program; the {@code //FILES} lines of this room put them on the class path. */
    static final List<String> BUILT_IN = List.of(
            SETTINGS,
            "otel-collector/collector.yaml",
            "tempo/tempo.yaml",
            "prometheus/prometheus.yml",
            "prometheus/rules/agentproxy.yml",
            "prometheus/rules/stack.yml",
            "grafana/provisioning/datasources/datasources.yaml",
            "grafana/provisioning/dashboards/dashboards.yaml",
            "grafana/dashboards/agentproxy.json",
            "grafana/dashboards/claude-code.json",
            "grafana/dashboards/stack.json");
    /** The services, by the names of their folders. */
    public static final List<String> SERVICES = BUILT_IN.stream().filter(name -> name.contains("/"))
            .map(name -> name.substring(0, name.indexOf('/'))).distinct().toList();

    private static final String RESOURCES = "/stack-configuration/";
    /** Copying a whole checkout into containers would be a mistake; no sane configuration is larger. */
    private static final long LARGEST = 5L << 20;
    private static final int DEEPEST = 6;

    private final Map<String, StackText> files = new TreeMap<>();

    private ConfigFiles() {}

    /** The built-in files, and over them those of this folder. */
    public static ConfigFiles load(Optional<Path> userFolder) {
        ConfigFiles config = new ConfigFiles();
        BUILT_IN.forEach(name -> config.files.put(name, new StackText(builtIn(name), name, false)));
        userFolder.ifPresent(config::overlay);
        return config;
    }

    /**
     * Writes the built-in files into a folder, for a user to edit; what is there already is left alone. Returns what it
     * wrote.
     */
    public static List<Path> eject(Path folder) {
        List<Path> written = new ArrayList<>();
        try {
            for (String name : BUILT_IN) {
                Path target = folder.resolve(name);
                if (Files.notExists(target)) {
                    Files.createDirectories(target.getParent());
                    Files.writeString(target, builtIn(name));
                    written.add(target);
                }
            }
        } catch (IOException e) {
            throw Failure.error("cannot write the configuration to " + folder + ": " + e.getMessage(),
                    "choose a folder that you may write to", e);
        }
        return written;
    }

    /** A service's files: path below its folder to text, in order. */
    Map<String, StackText> of(String service) {
        Map<String, StackText> own = new TreeMap<>();
        files.forEach((name, text) -> {
            if (name.startsWith(service + "/")) {
                own.put(name.substring(service.length() + 1), text);
            }
        });
        return own;
    }

    /** The text of one file and where it comes from. */
    StackText text(String name) {
        return files.get(name);
    }

    /** All of them by name, for {@code stack config}. */
    public Map<String, StackText> all() {
        return Map.copyOf(files);
    }

    /**
     * @param origin a path that a person can edit
     * @param own whether the user has written it; the others came with the program, copies that were left as they were too
     */
    public record StackText(String text, String origin, boolean own) {}

    private void overlay(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Failure.usage("the configuration folder " + folder + " is not there",
                    "make one with: stack config --eject " + folder);
        }
        try (Stream<Path> top = Files.list(folder)) {
            for (Path entry : top.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (SERVICES.contains(name)) {
                    addAll(folder, entry);
                } else if (name.equals(SETTINGS)) {
                    files.put(name, read(name, entry));
                } else if (Files.isDirectory(entry) && !name.startsWith(".")) {
                    throw Failure.usage("unknown service in the configuration folder: " + entry,
                            "services are " + String.join(", ", SERVICES));
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private void addAll(Path folder, Path service) throws IOException {
        try (Stream<Path> walk = Files.walk(service, DEEPEST)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString();
                // Editors' leftovers and hidden files are not configuration.
                if (Stream.of(name.split("/")).noneMatch(part -> part.startsWith(".")) && !name.endsWith("~")) {
                    files.put(name, read(name, file));
                }
            }
        }
    }

    private static StackText read(String name, Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw Failure.usage(file + " is too large for a configuration file (" + Files.size(file) + " bytes)",
                        "keep only configuration in that folder");
            }
            String text = Files.readString(file);
            return new StackText(text, file.toString(), !(BUILT_IN.contains(name) && text.equals(builtIn(name))));
        } catch (MalformedInputException e) {
            throw Failure.usage(file + " is not text in UTF-8", "keep only configuration in that folder");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Failure unreadable(Path path, IOException e) {
        return new Failure("cannot read " + path + ": " + e, "make it readable for you", contract.ExitCode.USAGE, e);
    }

    private static String builtIn(String name) {
        try (InputStream in = ConfigFiles.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + RESOURCES + name
                        + "; lib/services/package-info.java needs its //FILES line");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
