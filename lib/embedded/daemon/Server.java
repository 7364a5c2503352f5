package embedded.daemon;

import contract.ExitCode;
import contract.Failure;
import contract.Variables;
import embedded.Log;
import embedded.Memory;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Guard;
import embedded.intake.Intake;
import embedded.intake.OtlpGrpc;
import embedded.intake.OtlpHttp;
import embedded.page.MetricsPage;
import embedded.page.WebPage;
import embedded.store.Retention;
import embedded.store.RetentionClock;
import embedded.store.Store;
import embedded.store.StoreFile;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.BindException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import services.PortOwner;

/** The whole engine within one JVM: four ports, a store, and what keeps the store within its bounds. */
public final class Server {
    private static final int WINDOW_BYTES = 4 << 20;
    /** Longer than the minute between two readings of metrics, which is usual. */
    private static final int IDLE_SECONDS = 120;
    /** At once, also where the system allows more: each costs some kilobytes. */
    private static final int MOST_CONNECTIONS = 2048;
    private static final int RETENTION_MINUTES = 10;
    /** Of the store's size, one part in so many may be names, attributes and resources of series. */
    private static final int SERIES_SHARE = 8;
    /** How often the size is looked at, which costs a microsecond: intake fills some megabytes in this time. */
    private static final int SIZE_SECONDS = 2;

    private final DaemonSettings settings;
    private final StoreFile file;
    private final Store store;
    private final OpenConnections connections = new OpenConnections(MOST_CONNECTIONS);
    private final Vertx vertx;
    private final Memory memory;
    private final Intake intake;
    private final WebPage page;
    private final Map<PortName, Integer> actualPorts = new EnumMap<>(PortName.class);
    private final ScheduledExecutorService housekeeping = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "retention");
        thread.setDaemon(true);
        return thread;
    });

    private Server(DaemonSettings settings, StoreFile file, Store store, String token) {
        this.settings = settings;
        this.file = file;
        this.store = store;
        System.setProperty("vertx.disableDnsResolver", "true"); // nothing is ever looked up
        FileSystemOptions files = new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(3).setInternalBlockingPoolSize(1)
                .setFileSystemOptions(files);
        vertx = Vertx.builder().withTransport(new BoundedTransport(connections)).with(options).build();
        memory = Memory.ofHeap();
        intake = new Intake(store, memory);
        page = new WebPage(vertx, store, intake, memory, new Guard(settings.bind()), token,
                System.getenv().getOrDefault(Variables.PROGRAM_FORM, "jbang %s"));
    }

    /**
     * Opens the store and all ports.
     *
     * @param token what the page's readiness endpoint answers, so that a client knows whom it reached
     * @throws Failure with exit code {@link ExitCode#PORT_TAKEN} and the port's owner, or about the store; nothing stays
     * open
     */
    static Server start(DaemonSettings settings, String token) throws InterruptedException {
        StoreFile file = StoreFile.open(settings.data());
        Server server = null;
        try {
            server = new Server(settings, file, Store.open(file), token);
            server.store.boundSeries(settings.maxBytes() / SERIES_SHARE);
            server.listen();
            server.keepHouse();
            return server;
        } catch (SQLException | Failure e) {
            if (server != null) {
                server.close();
            } else {
                close(file);
            }
            throw e instanceof Failure failure ? failure
                    : Failure.error("the store cannot be opened: " + e.getMessage(), "", e);
        }
    }

    private void listen() throws InterruptedException {
        Guard senders = new Guard(settings.bind(), settings.senders().hosts(), settings.senders().origins());
        listen(PortName.OTLP_GRPC, new OtlpGrpc(vertx, intake, senders));
        listen(PortName.OTLP_HTTP, new OtlpHttp(vertx, intake, senders));
        listen(PortName.METRICS, new MetricsPage(vertx, store, memory, new Guard(settings.bind())));
        listen(PortName.PAGE, page);
        connections.boundByOpenFiles();
    }

    private void listen(PortName name, Handler<HttpServerRequest> handler) throws InterruptedException {
        int port = settings.port(name);
        HttpServerOptions options = new HttpServerOptions().setHost(settings.bind()).setPort(port)
                .setHandle100ContinueAutomatically(true).setIdleTimeout(IDLE_SECONDS).setMaxHeaderSize(64 << 10)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES).setMaxConcurrentStreams(256))
                .setHttp2ConnectionWindowSize(WINDOW_BYTES * 2);
        try {
            HttpServer server = vertx.createHttpServer(options).requestHandler(handler)
                    .invalidRequestHandler(request -> request.response().setStatusCode(400).end())
                    .listen().toCompletionStage().toCompletableFuture().get();
            actualPorts.put(name, server.actualPort());
            if (name == PortName.OTLP_GRPC || name == PortName.OTLP_HTTP) {
                connections.sendersPort(server.actualPort());
            }
        } catch (ExecutionException | CompletionException e) {
            throw refused(name, port, e.getCause());
        }
    }

    private Failure refused(PortName name, int port, Throwable cause) {
        if (!(cause instanceof BindException)) {
            return Failure.error("cannot listen on " + settings.bind() + ":" + port + " for " + name.title + ": "
                    + cause.getMessage(), "", cause);
        }
        String owner = PortOwner.of(port).map(who -> " by " + who).orElse("");
        String message = String.valueOf(cause.getMessage());
        if (message.contains("assign")) {
            return new Failure("this machine has no address " + settings.bind(), "Choose one of its own with --bind.",
                    ExitCode.USAGE, cause);
        }
        return new Failure("port " + port + " (" + name.title + ") is taken" + owner,
                PortOwner.remedy(port).orElse("stop that process") + ", or choose another port: --port " + name.key + "=NUMBER",
                ExitCode.PORT_TAKEN, cause);
    }

    private void keepHouse() {
        Retention retention = new Retention(store, settings.retention(), settings.maxBytes());
        RetentionClock clock = new RetentionClock(System.currentTimeMillis(), System.nanoTime());
        housekeeping.scheduleWithFixedDelay(chore("retention", () -> retention.apply(clock.look(System.currentTimeMillis(),
                System.nanoTime()))), 1, RETENTION_MINUTES, TimeUnit.MINUTES);
        housekeeping.scheduleWithFixedDelay(connections::closeSilent, SIZE_SECONDS, SIZE_SECONDS, TimeUnit.SECONDS);
        housekeeping.schedule(chore("checking the store", store::check), SIZE_SECONDS, TimeUnit.SECONDS);
        housekeeping.scheduleWithFixedDelay(chore("retention by size", () -> {
            store.look();
            retention.shrink();
        }), SIZE_SECONDS, SIZE_SECONDS, TimeUnit.SECONDS);
    }

    @FunctionalInterface
    interface Chore {
        void run() throws Exception;
    }

    /** Says what it failed of. Nothing is thrown: what throws is not done again. */
    static Runnable chore(String name, Chore chore) {
        return () -> {
            try {
                chore.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                Log.warn(name, e);
            }
        };
    }

    /** The ports that are listened on, also where 0 was asked for. */
    Map<PortName, Integer> ports() {
        return Map.copyOf(actualPorts);
    }

    /** What a person should be told about the store; usually nothing. */
    public List<String> notices() {
        return file.notices();
    }

    public Store store() {
        return store;
    }

    /** Takes nothing more, stores what was taken, and returns when all of it is on disk. */
    void close() throws InterruptedException {
        housekeeping.shutdownNow();
        page.close();
        intake.close();
        try {
            store.close();
        } catch (IOException e) {
            Log.warn("closing the store", e);
        }
        vertx.close();
    }

    private static void close(StoreFile file) {
        try {
            file.close();
        } catch (IOException e) {
            Log.warn("closing the store's lock", e);
        }
    }
}
