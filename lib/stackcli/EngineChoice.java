package stackcli;

import console.ClassArchive;
import containers.ContainerEngine;
import contract.Failure;
import contract.FallenEngine;
import contract.TraceLink;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import services.Engine;
import services.Progress;
import services.ServiceStatus;
import services.StackOptions;

/** Chooses the engine of a command, and gives the reason. */
final class EngineChoice {
    /** The values of --engine. */
    enum Name { auto, docker, embedded }

    private final Name wanted;
    private final Map<String, String> environment;
    private final ContainerEngine containers;
    private final Optional<Engine> embedded;
    private final Progress progress;

    EngineChoice(Name wanted, Map<String, String> environment, ContainerEngine containers,
            Optional<Function<Map<String, String>, Engine>> embedded, Progress progress) {
        this.wanted = wanted;
        this.environment = environment;
        this.containers = containers;
        this.embedded = embedded.map(make -> make.apply(environment));
        this.progress = progress;
    }

    /** Prints a line with the engine when the user has not named one. */
    Engine choose() {
        return choose(Optional::empty);
    }

    /**
     * The same for a start: with {@code --pull never}, containers are chosen only if all their images are on this machine or if this
     * stack's containers exist already.
     */
    Engine chooseFor(StackOptions options) {
        return choose(() -> options.pull() == StackOptions.Pull.NEVER && !containers.imagesPresent(options)
                && containers.status().stream().allMatch(service -> service.state() == ServiceStatus.State.ABSENT)
                ? Optional.of("images are missing on this machine, and --pull never forbids pulling them")
                        : Optional.empty());
    }

    private Engine choose(Supplier<Optional<String>> against) {
        return switch (wanted) {
            case docker -> containers;
            case embedded -> embedded.orElseThrow(EngineChoice::noEmbedded);
            case auto -> automatic(against);
        };
    }

    /** For commands that only containers have. @throws Failure (usage) on the embedded engine */
    ContainerEngine containersFor(String verb) {
        if (choose() instanceof ContainerEngine engine) {
            return engine;
        }
        throw Failure.usage("'stack " + verb + "' needs engine docker; this stack runs on the embedded engine",
                "start a container engine,"
                + " then: stack up --engine docker");
    }

    private Engine automatic(Supplier<Optional<String>> against) {
        ClassArchive.removeIfPoor();
        // The user means the engine that runs already.
        if (embedded.isPresent() && embedded.get().status().stream().anyMatch(EngineChoice::runs)) {
            progress.action("engine", "embedded", "it runs already");
            return embedded.get();
        }
        if (embedded.isPresent() && FallenEngine.isLeft(environment)) {
            progress.action("engine", "embedded", "it ran last, and was not stopped in order");
            return embedded.get();
        }
        Optional<String> silent = containers.unavailable();
        Optional<String> reason = silent.or(against);
        if (reason.isEmpty()) {
            progress.action("engine", containers.description(), "it answers");
            return containers;
        }
        // The data of a stack that was not taken down is in containers: another engine beside them would hide that.
        if (embedded.isEmpty() || silent.isPresent() && TraceLink.isKnown(owner(containers, environment), environment)) {
            // The engine itself reports what is missing.
            return containers;
        }
        progress.step("engine", "embedded, because " + reason.get());
        return embedded.get();
    }

    /** A name that no other stack of this user has. Containers have one by their variable, the embedded engine is only one. */
    static String owner(Engine engine, Map<String, String> environment) {
        return engine.name().equals(Name.embedded.name()) ? engine.name()
                : engine.name() + " " + environment.getOrDefault(StackCommand.NAME_VARIABLE, ContainerEngine.DEFAULT_STACK);
    }

    private static boolean runs(ServiceStatus status) {
        return status.state() == ServiceStatus.State.READY || status.state() == ServiceStatus.State.STARTING;
    }

    private static Failure noEmbedded() {
        return Failure.usage("this build has no embedded engine", "use --engine docker");
    }
}
