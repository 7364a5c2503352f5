package containers;

import containers.engine.CommandEnd;
import containers.engine.CommandRunner;
import containers.engine.CommandStreams;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import containers.engine.EngineFinder;
import contract.ExitCode;
import contract.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import services.Action;
import services.Actual;
import services.Catalogue;
import services.Engine;
import services.Plan;
import services.Progress;
import services.Reconciler;
import services.Service;
import services.ServiceStatus;
import services.StackOptions;

/** The stack in containers: Collector, Tempo, Prometheus and Grafana on Docker, Podman or another engine with their API. */
public final class ContainerEngine implements Engine {
    /** The default prefix of all our names. */
    public static final String DEFAULT_STACK = "agentproxy";
    private static final Duration PATIENCE_FOR_DOWN = Duration.ofMinutes(3);

    private final String stack;
    private final Map<String, String> environment;
    /** Looks for the engine once; what comes of it, or why nothing does, is the same for all who ask. */
    private final FutureTask<Connection> finding;
    /** The services that {@link #up} has made ready, which need not be checked again. */
    private List<Service> ready = List.of();

    /**
     * Does not look for an engine yet.
     *
     * @param stack prefix of the names of containers and volumes; stacks with different names are independent
     */
    public ContainerEngine(String stack, Map<String, String> environment) {
        if (!stack.matches("[a-z0-9][a-z0-9_.-]{0,40}")) {
            throw Failure.usage("'" + stack + "' cannot be the name of a stack",
                    "use small letters, digits, '.', '_' and '-', at most 41");
        }
        this.stack = stack;
        this.environment = Map.copyOf(environment);
        this.finding = new FutureTask<>(() -> EngineFinder.find(this.environment));
    }

    /**
     * Starts the common part of every start in the background: searches for the engine and loads the client that creates containers.
     * A failure is reported later, by the code that needs the result.
     */
    public void prepareToCreate() {
        Warm.inBackground(() -> ContainerMaker.load(engine()));
    }

    /** Starts to search for the engine in the background. */
    public void prepare() {
        Warm.inBackground(finding);
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public String description() {
        return engine().description();
    }

    /** Whether an engine answers; the reason when none does. */
    public Optional<String> unavailable() {
        try {
            engine();
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Whether every image is local, so that {@code up} needs no network. */
    public boolean imagesPresent(StackOptions options) {
        List<Service> services = Catalogue.services(options, environment);
        Actual actual = read(services);
        return services.stream().allMatch(service -> actual.images().containsKey(service.image()));
    }

    @Override
    public List<ServiceStatus> up(StackOptions options, Progress progress) throws InterruptedException {
        List<Service> services = Catalogue.services(options, environment);
        ReachCheck.of(engine(), services, progress);
        if (options.dryRun()) {
            tell(plan(services, options), progress);
            return status();
        }
        if (!doneAtFirstLook(services, options, progress)) {
            locked("up", options.patience(), progress, () -> carryOut(plan(services, options), options, progress));
        }
        ready = services;
        return ready(services);
    }

    @Override
    public List<ServiceStatus> restart(List<String> names, StackOptions given,
            Progress progress) throws InterruptedException {
        Selection.named(names, Selection.defaults());
        StackOptions options = RememberedOptions.merge(given, EngineErrors.asking("reading the stack",
                () -> inventory().options()).orElse(""));
        List<Service> all = Catalogue.services(options, environment);
        ReachCheck.of(engine(), all, progress);
        List<Service> services = Selection.named(names, all);
        locked("restart", options.patience(), progress, () -> carryOut(new Reconciler(stack, options.pull())
                .restart(services, read(services).only(services)), options, progress));
        return ready(services);
    }

    @Override
    public void down(boolean removeData, Progress progress) throws InterruptedException {
        Connection present = engine();
        locked("down", PATIENCE_FOR_DOWN, progress, () -> {
            try {
                new Dismantler(present, stack, progress).takeDown(containers(), Selection.defaults(), removeData);
            } catch (RuntimeException e) {
                throw EngineErrors.during("taking the stack down", e);
            }
        });
    }

    @Override
    public List<ServiceStatus> status() {
        List<Actual.Container> containers = containers();
        try {
            return StatusReader.readAll(engine(), Selection.defaults(), containers);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (RuntimeException e) {
            throw EngineErrors.during("asking the services", e);
        }
    }

    @Override
    public void logs(List<String> names, int tail, boolean follow, Consumer<LogLine> lines) throws InterruptedException {
        List<Service> services = Selection.named(names, Selection.defaults());
        ServiceLogs logs = new ServiceLogs(engine());
        if (follow) {
            logs.follow(services, containers(), tail, lines);
        } else {
            logs.last(services, containers(), tail, lines);
        }
    }

    @Override
    public Optional<String> traceAddress() {
        return ready.isEmpty() ? GrafanaLinks.trace(engine(), containers()) : GrafanaLinks.traceOf(engine(), ready);
    }

    @Override
    public List<String> data() {
        return EngineErrors.asking("looking for volumes", () -> inventory().volumes()).stream().sorted()
                .map(volume -> "volume " + volume).toList();
    }

    /** Runs a command in a service's container, with what it reads and writes. Returns when it has ended. */
    public CommandEnd exec(String service, List<String> command, CommandStreams streams) throws InterruptedException {
        Selection.named(List.of(service), Selection.defaults());
        return new CommandRunner(engine()).run(service, containers(), command, streams);
    }

    private Connection engine() {
        finding.run();
        try {
            return finding.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        }
    }

    private Inventory inventory() {
        return new Inventory(engine(), stack);
    }

    private Actual read(List<Service> services) {
        try {
            Optional<Actual> seen = glance(services);
            return seen.orElseGet(() -> EngineErrors.asking("reading the stack", () -> inventory().read(services)));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private List<Actual.Container> containers() {
        try {
            Optional<Glance> glance = Glance.at(engine(), stack);
            Optional<List<Actual.Container>> seen = glance.isPresent() ? glance.get().containers() : Optional.empty();
            return seen.orElseGet(() -> EngineErrors.asking("reading the stack", () -> inventory().containers()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Optional<Actual> glance(List<Service> services) throws InterruptedException {
        Optional<Glance> glance = Glance.at(engine(), stack);
        return glance.isPresent() ? glance.get().read(services) : Optional.empty();
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure("interrupted", "", ExitCode.ofSignal(2), e);
    }

    /**
     * Whether one look was enough: nothing is to be done, or no other command works on this stack, so that what was seen still
     * holds and the work is done from it.
     */
    private boolean doneAtFirstLook(List<Service> services, StackOptions options, Progress progress)
            throws InterruptedException {
        Optional<StackLock> lock = StackLock.ifFree(stack, "up", environment);
        try {
            Optional<Plan> plan = glance(services).map(seen -> new Reconciler(stack, options.pull()).plan(services, seen));
            if (plan.isPresent() && plan.get().actions().stream().allMatch(Action::idle)
                    && QuickAnswer.ofAll(engine(), services)) {
                tell(plan.get(), progress);
                return true;
            }
            prepareToCreate();
            if (lock.isEmpty()) {
                return false;
            }
            carryOut(plan.orElseGet(() -> plan(services, options)), options, progress);
            return true;
        } finally {
            lock.ifPresent(StackLock::close);
        }
    }

    private Plan plan(List<Service> services, StackOptions options) {
        return new Reconciler(stack, options.pull()).plan(services, read(services));
    }

    private void carryOut(Plan plan, StackOptions options, Progress progress) throws InterruptedException {
        tell(plan, progress);
        new Executor(engine(), stack, options, progress).carryOut(plan);
    }

    private static void tell(Plan plan, Progress progress) {
        plan.actions().forEach(action -> progress.action(action.subject(), action.verb(), action.cause()));
    }

    private void locked(String verb, Duration patience, Progress progress, Work work) throws InterruptedException {
        try (StackLock lock = StackLock.take(stack, verb, patience, environment, progress)) {
            work.run();
        }
    }

    /** The statuses after everything has answered. */
    private List<ServiceStatus> ready(List<Service> services) {
        return services.stream().map(service -> StatusReader.of(engine(), service, ServiceStatus.State.READY, "")).toList();
    }

    /** What is done while this stack is ours alone. */
    private interface Work {
        void run() throws InterruptedException;
    }
}
