package embedded.daemon;

import contract.EngineProcess;
import contract.OwnerFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the background JVM leaves behind so that it is found again: who it is and where it listens.
 *
 * @param token given by who started it; the page's readiness endpoint answers with it
 * @param notices what a person should be told about the start
 */
record DaemonState(EngineProcess engine, String token, String version, DaemonSettings settings, List<String> notices) {
    DaemonState {
        notices = List.copyOf(notices);
    }

    static Optional<DaemonState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = load(file);
        try {
            List<String> notices = new ArrayList<>();
            for (int i = 0; properties.containsKey("notice." + i); i++) {
                notices.add(properties.getProperty("notice." + i));
            }
            return Optional.of(new DaemonState(EngineProcess.readFrom(properties, file.getParent()),
                    properties.getProperty("token"), properties.getProperty("version"), DaemonSettings.readFrom(properties), notices));
        } catch (RuntimeException e) {
            // Written by another version, or by hand: nobody can be found with it.
            return Optional.empty();
        }
    }

    /** Replaces the file at once, readable by its owner only. */
    void write(Path file) throws IOException {
        Properties properties = new Properties();
        engine.writeTo(properties);
        properties.setProperty("token", token);
        properties.setProperty("version", version);
        settings.writeTo(properties);
        for (int i = 0; i < notices.size(); i++) {
            properties.setProperty("notice." + i, notices.get(i));
        }
        store(properties, file);
    }

    long pid() {
        return engine.pid();
    }

    /** The process, if it is still the one that wrote this; what is left of one that has ended does not count. */
    Optional<ProcessHandle> process() {
        return engine.find();
    }

    static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    static void store(Properties properties, Path file) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, null);
        OwnerFiles.replace(file, text.toString());
    }
}
