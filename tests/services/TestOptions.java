package services;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The usual options of a stack, but for what a test sets. */
public final class TestOptions {
    private String bind = StackOptions.LOOPBACK;
    private Map<String, Integer> ports = Map.of();
    private Map<String, String> images = Map.of();
    private Optional<Path> configDir = Optional.empty();
    private Optional<Duration> retention = Optional.empty();
    private Duration patience = StackOptions.PATIENCE;
    private StackOptions.Pull pull = StackOptions.Pull.MISSING;
    private boolean retain;
    private boolean dryRun;

    private TestOptions() {}

    public static TestOptions builder() {
        return new TestOptions();
    }

    public TestOptions bind(String value) {
        bind = value;
        return this;
    }

    public TestOptions ports(Map<String, Integer> value) {
        ports = value;
        return this;
    }

    public TestOptions images(Map<String, String> value) {
        images = value;
        return this;
    }

    public TestOptions configDir(Optional<Path> value) {
        configDir = value;
        return this;
    }

    public TestOptions retention(Optional<Duration> value) {
        retention = value;
        return this;
    }

    public TestOptions patience(Duration value) {
        patience = value;
        return this;
    }

    public TestOptions pull(StackOptions.Pull value) {
        pull = value;
        return this;
    }

    public TestOptions retain(boolean value) {
        retain = value;
        return this;
    }

    public TestOptions dryRun(boolean value) {
        dryRun = value;
        return this;
    }

    public StackOptions build() {
        return new StackOptions(new StackOptions.Lasting(bind, ports, images, configDir, retention), patience, pull, retain, dryRun,
                StackOptions.Senders.NONE);
    }
}
