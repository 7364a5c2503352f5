package embedded.daemon;

import embedded.daemon.DaemonSettings.PortName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import services.Progress;
import services.Silent;
import services.StackOptions;
import services.TestOptions;

/** An embedded engine with its own home, and its messages. */
abstract class DaemonLab {
    @TempDir
    Path home;
    EmbeddedEngine engine;
    Map<String, String> environment;
    final Told told = new Told();

    /** Writes down what a person would be told. */
    static final class Told implements Progress {
        final List<String> actions = new CopyOnWriteArrayList<>();
        final List<String> warnings = new CopyOnWriteArrayList<>();

        @Override
        public void step(String service, String what) {}

        @Override
        public void ready(String service, Duration took) {}

        @Override
        public void action(String service, String action, String cause) {
            actions.add(action + ": " + cause);
        }

        @Override
        public void warn(String text) {
            warnings.add(text);
        }
    }

    @BeforeEach
    void prepare() {
        environment = Map.of("HOME", home.toString());
        engine = new EmbeddedEngine(environment);
    }

    @AfterEach
    void end() throws Exception {
        engine.down(true, new Silent());
    }

    static StackOptions options(Map<String, Integer> ports) {
        Map<String, Integer> all = new HashMap<>();
        for (PortName name : PortName.values()) {
            all.put(name.key, 0);
        }
        all.putAll(ports);
        return chosen(all).build();
    }

    static TestOptions chosen(Map<String, Integer> ports) {
        return TestOptions.builder().ports(ports).patience(Duration.ofSeconds(60));
    }

    DaemonState state() throws IOException {
        return DaemonState.read(Folders.of(environment).daemon()).orElseThrow();
    }

    int port(PortName name) throws IOException {
        return state().settings().port(name);
    }
}
