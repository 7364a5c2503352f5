package embedded.daemon;

import contract.EngineProcess;
import contract.Failure;
import contract.FallenEngine;
import contract.Product;
import contract.StateFolders;
import contract.TraceLink;
import embedded.Log;
import embedded.daemon.DaemonSettings.PortName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import services.Engine;
import services.Progress;
import services.ServiceStatus;
import services.StackOptions;

/** The engine without containers: starts, finds, watches and stops the one background JVM. */
public final class EmbeddedEngine implements Engine {
    /** The only service there is, in the words of {@code stack status}. */
    public static final String SERVICE = "embedded";
    private static final Duration STOPPING = Duration.ofSeconds(10);
    private static final Duration ANSWERING = Duration.ofSeconds(30);
    /** For {@code status}: a machine under load is slow to answer, and a process that is just being killed is soon gone. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(10);
    private static final List<String> LOOPBACKS = List.of("127.0.0.1", "localhost", "::1");

    private final Map<String, String> environment;
    private final Folders folders;
    private final DaemonLauncher launcher;

    /** @param environment where the XDG folders are taken from */
    public EmbeddedEngine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        folders = Folders.of(environment);
        launcher = new DaemonLauncher(folders);
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public String description() {
        return "one JVM on this machine, no containers; its store is in " + folders.data();
    }

    @Override
    public Optional<String> traceAddress() {
        return Optional.ofNullable(status().get(0).urls().get(PortName.PAGE.title))
                .map(page -> page + "/trace/" + TraceLink.PLACE);
    }

    @Override
    public List<ServiceStatus> up(StackOptions options, Progress progress) throws InterruptedException {
        DaemonSettings wanted = DaemonSettings.of(options, folders.data(), environment);
        warnWhenOpen(wanted, progress);
        return locked(() -> {
            Optional<DaemonState> running = running();
            boolean asWanted = running.isPresent() && running.get().settings().servesLike(wanted)
                    && running.get().version().equals(Product.VERSION);
            if (asWanted && !options.dryRun()) {
                progress.step(SERVICE, "asking whether it serves");
            }
            DaemonReadiness.Look look = asWanted ? DaemonReadiness.await(running.get(), options.dryRun() ? Duration.ZERO
                    : patience(options)) : new DaemonReadiness.Look(DaemonReadiness.State.SILENT, "");
            if (look.serves()) {
                progress.action(SERVICE, "keep", "it runs as wanted");
                return List.of(ready(running.get()));
            }
            // What was dying when it was first looked at has ended meanwhile.
            running = running();
            String cause = running.isEmpty() ? "not running" : look.state() == DaemonReadiness.State.TROUBLE ? look.problem()
                    : asWanted ? "it does not answer" : "settings or version changed";
            return replace(running, wanted, options, running.isPresent() ? "restart" : "start", cause, progress);
        });
    }

    /** Starts it anew; what still runs is ended before. */
    private List<ServiceStatus> replace(Optional<DaemonState> running, DaemonSettings wanted, StackOptions options,
            String action, String cause, Progress progress) throws IOException, InterruptedException {
        if (running.isEmpty()) {
            warnOfDeath(progress);
        }
        progress.action(SERVICE, action, cause);
        if (options.dryRun()) {
            return status();
        }
        if (running.isPresent()) {
            end(running.get());
        }
        return List.of(start(wanted, options.patience(), progress));
    }

    private static void warnWhenOpen(DaemonSettings wanted, Progress progress) {
        if (!LOOPBACKS.contains(wanted.bind())) {
            progress.warn("Listening on " + wanted.bind() + ": everybody who can reach this machine can read and write"
                    + " telemetry, no login is asked for.");
        }
    }

    private ServiceStatus start(DaemonSettings wanted, Duration patience, Progress progress) throws IOException,
            InterruptedException {
        progress.step(SERVICE, "starting");
        long begin = System.nanoTime();
        DaemonState state = launcher.start(wanted, patience, said -> progress.step(SERVICE, "starting: " + said));
        state.notices().forEach(progress::warn);
        progress.ready(SERVICE, Duration.ofNanos(System.nanoTime() - begin));
        // It wrote its state after all its ports were open: that is an answer, and a second question could only be slower.
        return ready(state);
    }

    /** How long a process that is there may take to answer before it is ended and started again. */
    private static Duration patience(StackOptions options) {
        return options.patience().compareTo(ANSWERING) < 0 ? options.patience() : ANSWERING;
    }

    @Override
    public void down(boolean removeData, Progress progress) throws InterruptedException {
        if (!Files.exists(folders.state()) && !Files.exists(folders.data())) {
            return;
        }
        locked(() -> {
            Optional<DaemonState> running = running();
            if (running.isPresent()) {
                progress.step(SERVICE, "stopping");
                end(running.get());
                progress.action(SERVICE, "stop", "down");
            }
            Files.deleteIfExists(folders.daemon());
            if (removeData) {
                progress.action(SERVICE, "delete " + folders.data(), "down -v");
                StateFolders.remove(folders.data());
                StateFolders.remove(folders.state());
            }
            return null;
        });
    }

    /** SIGTERM, upon which everything is stored; SIGKILL when that does not end it. */
    private static void end(DaemonState state) throws InterruptedException {
        Optional<ProcessHandle> process = state.process();
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        long patienceEnds = System.nanoTime() + STOPPING.toNanos();
        while (EngineProcess.lives(process.get())) {
            if (System.nanoTime() > patienceEnds) {
                process.get().destroyForcibly();
                patienceEnds = Long.MAX_VALUE;
            }
            Thread.sleep(10);
        }
    }

    @Override
    public List<ServiceStatus> status() {
        try {
            Optional<DaemonState> left = DaemonState.read(folders.daemon());
            if (left.isEmpty()) {
                boolean data = Files.exists(folders.data().resolve("store.db"));
                return List.of(new ServiceStatus(SERVICE, data ? ServiceStatus.State.STOPPED : ServiceStatus.State.ABSENT,
                        Product.VERSION, Map.of(), data ? "data is kept in " + folders.data() : ""));
            }
            return List.of(status(left.get()));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private ServiceStatus status(DaemonState state) {
        Optional<ProcessHandle> process = state.process();
        if (process.isEmpty()) {
            return new ServiceStatus(SERVICE, ServiceStatus.State.STOPPED, state.version(), Map.of(), death(state)
                    + "; nothing that was acknowledged is lost");
        }
        DaemonReadiness.Look look = DaemonReadiness.await(state, SECOND_LOOK);
        if (look.state() == DaemonReadiness.State.SILENT && state.process().isEmpty()) {
            return status(state);
        }
        return look.serves() ? ready(state) : new ServiceStatus(SERVICE, ServiceStatus.State.FAILED, state.version(),
                urls(state.settings()), look.problem());
    }

    private void warnOfDeath(Progress progress) throws IOException {
        DaemonState.read(folders.daemon()).ifPresent(dead -> progress.warn("the engine did not stop in order: " + death(dead)));
    }

    private String death(DaemonState state) {
        return FallenEngine.death(folders.console(), state.pid());
    }

    private static ServiceStatus ready(DaemonState state) {
        return new ServiceStatus(SERVICE, ServiceStatus.State.READY, state.version(), urls(state.settings()),
                "pid " + state.pid());
    }

    /** Addresses as a program on this machine uses them. */
    private static Map<String, String> urls(DaemonSettings settings) {
        Map<String, String> urls = new LinkedHashMap<>();
        for (PortName name : PortName.values()) {
            urls.put(name.title, settings.address(name) + (name == PortName.METRICS ? "/metrics" : ""));
        }
        return urls;
    }

    @Override
    public void logs(List<String> services, int tail, boolean follow, Consumer<LogLine> lines) throws InterruptedException {
        requireKnown(services);
        try {
            new LogFile(Log.file(folders.state())).read(tail, follow, line -> lines.accept(new LogLine(SERVICE, line)));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public List<ServiceStatus> restart(List<String> services, StackOptions options, Progress progress)
            throws InterruptedException {
        requireKnown(services);
        return locked(() -> {
            // Also of one that was killed: what it listened on is what senders know.
            DaemonSettings wanted = DaemonState.read(folders.daemon())
                    .map(last -> DaemonSettings.again(options, last.settings(), environment))
                    .orElseGet(() -> DaemonSettings.of(options, folders.data(), environment));
            return replace(running(), wanted, options, "restart", "restart", progress);
        });
    }

    @Override
    public List<String> data() {
        List<String> files = new ArrayList<>();
        // Both may be one.
        for (Path folder : new LinkedHashSet<>(List.of(folders.data(), folders.state()))) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                    found.forEach(file -> files.add(file.toString()));
                } catch (IOException e) {
                    throw unusable(e);
                }
            }
        }
        files.sort(null);
        return files;
    }

    private Optional<DaemonState> running() throws IOException {
        return DaemonState.read(folders.daemon()).filter(state -> state.process().isPresent());
    }

    private <T> T locked(DaemonLauncher.Locked<T> work) throws InterruptedException {
        try {
            folders.create();
            return launcher.locked(work);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Failure unusable(IOException e) {
        return Failure.error("the engine's folders " + folders.state() + " and " + folders.data() + " cannot be used: "
                + e.getMessage(), "They must be folders that you may write.", e);
    }

    private static void requireKnown(List<String> services) {
        for (String service : services) {
            if (!service.equals(SERVICE)) {
                throw Failure.usage("the embedded engine has no service " + service, "Its only one is " + SERVICE + ".");
            }
        }
    }
}
