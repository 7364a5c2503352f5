package stackcli;

import console.ClassArchive;
import containers.ContainerEngine;
import contract.Failure;
import contract.FallenEngine;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import services.Engine;
import services.Progress;
import services.ServiceStatus;
import services.StackOptions;

/** Which engine a verb works with, and why. */
final class EngineChoice {
    /** What a user may ask for. */
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

    /** Says in a line which one it is when the user has left it to us. */
    Engine choose() {
        return choose(Optional::empty);
    }

    /**
     * The same for a start: containers whose images may not be pulled ({@code --pull never}) and are not here cannot be meant,
     * unless containers of this stack are there already.
     */
    Engine chooseFor(StackOptions options) {
        return choose(() -> options.pull() == StackOptions.Pull.NEVER && !containers.imagesPresent(options)
                && containers.status().stream().allMatch(service -> service.state() == ServiceStatus.State.ABSENT)
                ? Optional.of("not all images are on this machine and --pull never forbids fetching them")
                        : Optional.empty());
    }

    private Engine choose(Supplier<Optional<String>> against) {
        return switch (wanted) {
            case docker -> containers;
            case embedded -> embedded.orElseThrow(EngineChoice::noEmbedded);
            case auto -> automatic(against);
        };
    }

    /** For what only containers have. @throws Failure (usage) on the embedded engine */
    ContainerEngine containersFor(String verb) {
        if (choose() instanceof ContainerEngine engine) {
            return engine;
        }
        throw Failure.usage("'stack " + verb + "' needs engine docker; here the stack runs embedded",
                "start a container engine,"
                + " then: stack up --engine docker");
    }

    private Engine automatic(Supplier<Optional<String>> against) {
        ClassArchive.removeIfPoor();
        // What runs already is what the user means.
        if (embedded.isPresent() && embedded.get().status().stream().anyMatch(EngineChoice::runs)) {
            progress.action("engine", "embedded", "it runs already");
            return embedded.get();
        }
        if (embedded.isPresent() && FallenEngine.isLeft(environment)) {
            progress.action("engine", "embedded", "it ran last, and did not stop in order");
            return embedded.get();
        }
        Optional<String> reason = containers.unavailable().or(against);
        if (reason.isEmpty()) {
            progress.action("engine", containers.description(), "it answers");
            return containers;
        }
        if (embedded.isEmpty()) {
            // Let it say itself what is missing.
            return containers;
        }
        progress.step("engine", "embedded, because " + reason.get());
        return embedded.get();
    }

    private static boolean runs(ServiceStatus status) {
        return status.state() == ServiceStatus.State.READY || status.state() == ServiceStatus.State.STARTING;
    }

    private static Failure noEmbedded() {
        return Failure.usage("this build has no embedded engine", "use --engine docker");
    }
}
