package embedded.daemon;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the background JVM leaves behind so that it is found again: who it is and where it listens. A pid alone is no
 * identity, since numbers are given again: the moment the process began must fit too.
 *
 * @param started when the process began, by the operating system's account
 * @param token given by who started it; the page's readiness endpoint answers with it
 * @param notices what a person should be told about the start
 */
record DaemonState(long pid, Instant started, String token, String version, DaemonSettings settings, List<String> notices) {
    /** Clocks of {@code /proc} tick in hundredths; two readings of one process differ by less than this. */
    private static final long SAME_START_MILLIS = 1500;

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
            return Optional.of(new DaemonState(Long.parseLong(properties.getProperty("pid")),
                    Instant.parse(properties.getProperty("started")), properties.getProperty("token"),
                    properties.getProperty("version"), DaemonSettings.readFrom(properties), notices));
        } catch (RuntimeException e) {
            // Written by another version, or by hand: nobody can be found with it.
            return Optional.empty();
        }
    }

    /** Replaces the file at once, readable by its owner only. */
    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("started", started.toString());
        properties.setProperty("token", token);
        properties.setProperty("version", version);
        settings.writeTo(properties);
        for (int i = 0; i < notices.size(); i++) {
            properties.setProperty("notice." + i, notices.get(i));
        }
        store(properties, file);
    }

    /** The process, if it is still the one that wrote this; what is left of one that has ended does not count. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(DaemonState::lives).filter(process -> process.info().startInstant()
                .map(start -> Math.abs(start.toEpochMilli() - started.toEpochMilli()) < SAME_START_MILLIS).orElse(true));
    }

    /**
     * Whether a process still runs. Java also calls one alive that has ended and that its parent has not asked about: in a
     * container without an init nobody ever asks. While threads of it remain it may still hold ports and locks, and counts.
     */
    static boolean lives(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path entry = Path.of("/proc", Long.toString(process.pid()));
        try {
            String stat = Files.readString(entry.resolve("stat"));
            // The name stands in parentheses and may hold any character; the state is the letter behind them.
            boolean ended = "ZXx".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
            return !ended || threads(entry) > 1;
        } catch (NoSuchFileException e) {
            return !Files.isDirectory(entry.getParent().resolve("self"));
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return process.isAlive(); // no Linux, or it ended while we looked
        }
    }

    private static long threads(Path process) throws IOException {
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            return threads.count();
        }
    }

    static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    static void store(Properties properties, Path file) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            properties.store(writer, null);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
