package containers;

import com.github.dockerjava.api.command.ExecCreateCmdResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.async.ResultCallback;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import services.Actual;
import services.Catalogue;
import services.ConfigFiles;
import services.Engine;
import services.Plan;
import services.Progress;
import services.Reconciler;
import services.Service;
import services.ServiceStatus;
import services.StackOptions;
import services.StackPort;

/** The stack in containers: Collector, Tempo, Prometheus and Grafana on Docker, Podman or what speaks their API. */
public final class ContainerEngine implements Engine {
    /** The name before all names of ours when the user gives no other. */
    public static final String DEFAULT_STACK = "agentproxy";
    private static final String GRAFANA = "grafana";
    private static final Duration PATIENCE_FOR_DOWN = Duration.ofMinutes(3);

    private final String stack;
    private final Map<String, String> environment;
    private Connection connection;

    /**
     * Does not look for an engine yet.
     *
     * @param stack before the names of containers and volumes; two stacks of different names do not know each other
     */
    public ContainerEngine(String stack, Map<String, String> environment) {
        if (!stack.matches("[a-z0-9][a-z0-9_.-]{0,40}")) {
            throw Failure.usage("'" + stack + "' cannot be the name of a stack",
                    "use small letters, digits, '.', '_' and '-', at most 41");
        }
        this.stack = stack;
        this.environment = Map.copyOf(environment);
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

    /** Whether every image is there already, so that {@code up} needs no network. */
    public boolean imagesPresent(StackOptions options) {
        List<Service> services = Catalogue.services(options, environment);
        Actual actual = new Inventory(engine(), stack).read(services);
        return services.stream().allMatch(service -> actual.images().containsKey(service.image()));
    }

    @Override
    public List<ServiceStatus> up(StackOptions options, Progress progress) throws InterruptedException {
        List<Service> services = Catalogue.services(options, environment);
        warn(options, progress);
        if (options.dryRun()) {
            tell(plan(services, options), progress);
            return status();
        }
        locked("up", options.patience(), progress, () -> {
            Plan plan = plan(services, options);
            tell(plan, progress);
            new Executor(engine(), stack, options, progress).carryOut(plan);
        });
        return ready(services);
    }

    @Override
    public List<ServiceStatus> restart(List<String> names, StackOptions given,
            Progress progress) throws InterruptedException {
        known(names);
        StackOptions options = RememberedOptions.merge(given, asked("reading the stack",
                () -> new Inventory(engine(), stack).options()).orElse(""));
        List<Service> all = Catalogue.services(options, environment);
        List<Service> services = all.stream().filter(s -> names.isEmpty() || names.contains(s.name())).toList();
        locked("restart", options.patience(), progress, () -> {
            Actual actual = asked("reading the stack", () -> new Inventory(engine(), stack).read(services));
            // The others are not asked about, so that they are no orphans either.
            Actual chosen = new Actual(actual.network(), actual.volumes(), actual.containers().stream()
                    .filter(c -> services.stream().anyMatch(s -> s.name().equals(c.service()))).toList(), actual.strangers(),
                    actual.images());
            Plan plan = new Reconciler(stack, options.pull()).restart(services, chosen);
            tell(plan, progress);
            new Executor(engine(), stack, options, progress).carryOut(plan);
        });
        return ready(services);
    }

    @Override
    public void down(boolean removeData, Progress progress) throws InterruptedException {
        Connection present = engine();
        locked("down", PATIENCE_FOR_DOWN, progress, () -> {
            try {
                new Dismantler(present, stack, progress).takeDown(defaults(), removeData);
            } catch (RuntimeException e) {
                throw EngineErrors.during("taking the stack down", e);
            }
        });
    }

    @Override
    public List<ServiceStatus> status() {
        return asked("reading the stack", () -> {
            List<Actual.Container> containers = new Inventory(engine(), stack).containers();
            List<ServiceStatus> statuses = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(defaults()
                    .size(), null)));
            List<Callable<Void>> questions = new ArrayList<>();
            for (int i = 0; i < defaults().size(); i++) {
                int index = i;
                Service service = defaults().get(i);
                questions.add(() -> {
                    statuses.set(index, StatusReader.read(engine(), service, containers));
                    return null;
                });
            }
            try {
                Parallel.run(questions);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("interrupted", "", ExitCode.ofSignal(2), e);
            }
            return List.copyOf(statuses);
        });
    }

    @Override
    public void logs(List<String> names, int tail, boolean follow, Consumer<LogLine> lines) throws InterruptedException {
        known(names);
        LogTail tails = new LogTail(engine());
        List<LogTail.Lines> following = new ArrayList<>();
        try {
            for (Service service : defaults()) {
                for (Actual.Container container : new Inventory(engine(), stack).containers()) {
                    if (container.service().equals(service.name()) && (names.isEmpty() || names.contains(service.name()))) {
                        if (follow) {
                            following.add(tails.follow(container.id(), tail, text ->
                                    lines.accept(new LogLine(service.name(), text))));
                        } else {
                            tails.last(container.id(), tail).forEach(text -> lines.accept(new LogLine(service.name(),
                                    text)));
                        }
                    }
                }
            }
            for (LogTail.Lines one : following) {
                one.awaitCompletion();
            }
        } catch (DockerException e) {
            throw EngineErrors.during("reading logs", e);
        } finally {
            for (LogTail.Lines one : following) {
                close(one);
            }
        }
    }

    @Override
    public Optional<String> traceAddress() {
        return asked("reading the stack", () -> new Inventory(engine(), stack).containers()).stream()
                .filter(container -> container.service().equals(GRAFANA))
                .map(container -> container.published().ports().get(StackPort.GRAFANA.known()) == null ? "" : "http://"
                        + engine().host(container.published().bind()) + ":"
                        + container.published().ports().get(StackPort.GRAFANA.known()))
                .filter(address -> !address.isEmpty()).findFirst().map(GrafanaLinks::trace);
    }

    @Override
    public List<String> data() {
        return asked("looking for volumes", () -> new Inventory(engine(), stack).volumes()).stream().sorted()
                .map(volume -> "volume " + volume).toList();
    }

    /** Runs a command in a service's container and passes its output on. Returns its exit code. */
    public int exec(String service, List<String> command, OutputStream out, OutputStream err) throws InterruptedException {
        known(List.of(service));
        Actual.Container container = asked("reading the stack", () -> new Inventory(engine(), stack).containers()).stream()
                .filter(c -> c.service().equals(service) && c.state() == Actual.State.RUNNING).findFirst()
                .orElseThrow(() -> new Failure(service + " does not run", "stack up", ExitCode.ERROR));
        try {
            ExecCreateCmdResponse exec = engine().client().execCreateCmd(container.id()).withAttachStdout(true)
                    .withAttachStderr(true).withCmd(command.toArray(String[]::new)).exec();
            engine().client().execStartCmd(exec.getId()).exec(new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                    write(frame.getStreamType() == StreamType.STDERR ? err : out, frame.getPayload());
                }
            }).awaitCompletion();
            Long code = engine().client().inspectExecCmd(exec.getId()).exec().getExitCodeLong();
            return code == null ? ExitCode.ERROR : code.intValue();
        } catch (DockerException e) {
            throw new Failure("cannot run " + command.get(0) + " in " + service + ": " + EngineErrors.text(e),
                    "these images are small: only Grafana and Prometheus have a shell", ExitCode.ERROR, e);
        }
    }

    private void locked(String verb, Duration patience, Progress progress, Work work) throws InterruptedException {
        StackLock lock = StackLock.take(stack, verb, patience, environment, progress);
        try {
            work.run();
        } finally {
            lock.close();
        }
    }

    private synchronized Connection engine() {
        if (connection == null) {
            connection = EngineFinder.find(environment);
        }
        return connection;
    }

    private Plan plan(List<Service> services, StackOptions options) {
        return asked("reading the stack", () -> new Reconciler(stack, options.pull())
                .plan(services, new Inventory(engine(), stack).read(services)));
    }

    private void warn(StackOptions options, Progress progress) {
        engine().clockWarning().ifPresent(progress::warn);
        if (!options.bind().equals(StackOptions.LOOPBACK) && !options.bind().equals("::1")) {
            progress.warn("ports are open on " + options.bind()
                    + ": whoever reaches this machine can read and change everything,"
                    + " Grafana asks for no login");
        } else if (engine().remote()) {
            throw Failure.usage("the engine runs on " + engine().address().getHost() + ": ports on its 127.0.0.1 cannot be"
                    + " reached from here", "give --bind an address of that machine, in a network that you trust");
        }
    }

    private static void tell(Plan plan, Progress progress) {
        plan.actions().forEach(action -> progress.action(action.subject(), action.verb(), action.cause()));
    }

    /** The statuses after everything has answered. */
    private List<ServiceStatus> ready(List<Service> services) {
        List<ServiceStatus> statuses = new ArrayList<>();
        services.forEach(service -> statuses.add(StatusReader.of(engine(), service, ServiceStatus.State.READY, "")));
        return List.copyOf(statuses);
    }

    private List<Service> defaults() {
        return Catalogue.services(StackOptions.defaults(), Map.of());
    }

    private static void known(List<String> names) {
        for (String name : names) {
            if (!ConfigFiles.SERVICES.contains(name)) {
                throw Failure.usage("unknown service: " + name, "services are " + String.join(", ", ConfigFiles.SERVICES));
            }
        }
    }

    private static <T> T asked(String what, java.util.function.Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw EngineErrors.during(what, e);
        }
    }

    private static void write(OutputStream stream, byte[] bytes) {
        try {
            stream.write(bytes);
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(LogTail.Lines lines) {
        try {
            lines.close();
        } catch (IOException e) {
            return;
        }
    }

    /** What is done while this stack is ours alone. */
    private interface Work {
        void run() throws InterruptedException;
    }
}
