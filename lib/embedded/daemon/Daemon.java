package embedded.daemon;

import contract.EngineProcess;
import contract.ExitCode;
import contract.Failure;
import contract.Product;
import embedded.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * The background JVM. Its only argument is the state folder, in which it finds its settings and leaves its state or the
 * reason why it could not start. SIGTERM ends it in order.
 */
public final class Daemon {
    /** In the settings file, beside the settings: what to answer for readiness. */
    static final String TOKEN = "token";
    static final String FAILURE_MESSAGE = "message";
    static final String FAILURE_HINT = "hint";
    static final String FAILURE_EXIT_CODE = "exit.code";

    private Daemon() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Path state = Path.of(arguments[0]);
        Folders folders = new Folders(state, state);
        Properties wanted = DaemonState.load(folders.wanted());
        Files.delete(folders.wanted());
        DaemonSettings settings = DaemonSettings.readFrom(wanted);
        String token = wanted.getProperty(TOKEN);
        System.setProperty("java.util.logging.manager", LateLogManager.class.getName());
        Log.openIn(state);
        try {
            Server server = Server.start(settings, token);
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folders, token, ended), "stop"));
            new DaemonState(EngineProcess.own(state), token, Product.VERSION, settings.withPorts(server.ports()),
                    server.notices()).write(folders.daemon());
            Log.info("ready: " + settings.withPorts(server.ports()));
            ended.await();
        } catch (Failure e) {
            Log.warn(e.getMessage());
            fail(folders, token, e);
            Runtime.getRuntime().halt(e.exitCode());
        } catch (IOException | RuntimeException e) {
            Log.warn("cannot start", e);
            fail(folders, token, Failure.error("the engine cannot start: " + e, "See " + Log.file(state), e));
            Runtime.getRuntime().halt(ExitCode.ERROR);
        }
    }

    private static void stop(Server server, Folders folders, String token, CountDownLatch ended) {
        try {
            server.close();
            if (DaemonState.read(folders.daemon()).filter(state -> state.token().equals(token)).isPresent()) {
                Files.delete(folders.daemon());
            }
            Log.info("stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            Log.warn("stopping", e);
        }
        ended.countDown();
    }

    private static void fail(Folders folders, String token, Failure failure) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(TOKEN, token);
        properties.setProperty(FAILURE_MESSAGE, failure.getMessage());
        properties.setProperty(FAILURE_HINT, failure.hint());
        properties.setProperty(FAILURE_EXIT_CODE, Integer.toString(failure.exitCode()));
        DaemonState.store(properties, folders.failure());
    }

    /** What the launching side puts on the command line after the JVM's own options. */
    static List<String> mainAndArguments(Path state) {
        return List.of(Daemon.class.getName(), state.toString());
    }

    /** The standard one closes its files in a shutdown hook of its own, while ours still has something to say. */
    public static final class LateLogManager extends java.util.logging.LogManager {
        @Override
        public void reset() {
            // Lines are flushed one by one; the end of the process closes the files.
        }
    }
}
