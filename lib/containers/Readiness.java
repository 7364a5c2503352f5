package containers;

import com.github.dockerjava.api.exception.NotFoundException;
import console.Format;
import containers.engine.Connection;
import contract.ExitCode;
import contract.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import services.LogHints;
import services.Service;

/**
 * Waits until a service answers as it should, asked from outside through its published ports. (Not with Testcontainers' wait
 * strategy for HTTP: to load that takes a good part of a start, and it asks ten times a second at most.) Meanwhile it watches the
 * container, so that one that has ended is told at once and not when patience is over.
 */
final class Readiness {
    private static final long POLL_MILLIS = 40;
    private static final long WATCH_MILLIS = 250;
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int LAST_LINES = 12;

    private final Connection engine;

    Readiness(Connection engine) {
        this.engine = engine;
    }

    /** @throws Failure with {@link ExitCode#NOT_READY}: the container has ended or restarts, or patience is over */
    void await(Service service, String id, Duration patience) throws InterruptedException {
        CompletableFuture<Void> answers = new CompletableFuture<>();
        Thread prober = new Thread(() -> probe(service, patience, answers), "ready-" + service.name());
        prober.setDaemon(true);
        prober.start();
        long since = System.nanoTime();
        try {
            while (true) {
                try {
                    answers.get(WATCH_MILLIS, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    ended(service, id).or(() -> PublishedHere.missing(engine, service, since)).ifPresent(failure -> {
                        throw failure;
                    });
                } catch (ExecutionException e) {
                    throw ended(service, id).orElseGet(() -> late(service, id, patience, e.getCause()));
                }
            }
        } finally {
            prober.interrupt();
        }
    }

    /** Whether it answers within a moment, or why not. */
    Optional<String> problem(Service service) throws InterruptedException {
        for (Service.Probe probe : service.probes()) {
            Optional<String> problem = problem(service, probe, System.nanoTime() + MOMENT.toNanos());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** A failure when the container does not run any more, or was started again by the engine. */
    Optional<Failure> ended(Service service, String id) {
        Look.ContainerState state;
        try {
            state = Look.container(engine, id);
        } catch (NotFoundException e) {
            return Optional.of(new Failure(service.name() + " was removed by somebody else while it started", "stack up",
                    ExitCode.NOT_READY, e));
        }
        boolean restarts = state.restarts() > 0;
        if (state.running() && !restarts) {
            return Optional.empty();
        }
        boolean oom = state.outOfMemory();
        String how = (restarts ? " restarts again and again" : " has ended") + " with exit code " + state.exitCode()
                + (oom ? ", killed because it needed more memory than its limit" : "");
        List<String> lines = lines(id);
        String hint = oom ? "raise memory." + service.name() + " in settings.properties or AGENTPROXY_STACK_MEMORY_…"
                : LogHints.in(String.join("\n", lines) + "\n" + state.error())
                        .orElse("stack up --retain keeps the container; then stack logs " + service.name());
        return Optional.of(new Failure(service.name() + how + said(lines), hint, ExitCode.NOT_READY));
    }

    private void probe(Service service, Duration patience, CompletableFuture<Void> answers) {
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            for (Service.Probe probe : service.probes()) {
                Optional<String> problem = problem(service, probe, deadline);
                if (problem.isPresent()) {
                    answers.completeExceptionally(new IllegalStateException(problem.get()));
                    return;
                }
            }
            answers.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            answers.completeExceptionally(e);
        }
    }

    /** Asks until it is content. Returns why it is not when the deadline is over, by {@link System#nanoTime()}. */
    private Optional<String> problem(Service service, Service.Probe probe, long deadline) throws InterruptedException {
        while (true) {
            Optional<String> problem = QuickAnswer.problem(engine, service, probe);
            if (problem.isEmpty() || System.nanoTime() > deadline) {
                return problem.map(text -> probe.what() + ": " + text);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Failure late(Service service, String id, Duration patience, Throwable problem) {
        List<String> lines = lines(id);
        return new Failure(service.name() + " is not ready after " + Format.duration(patience) + ": " + problem.getMessage()
                + said(lines), LogHints.in(String.join("\n", lines))
                        .orElse("give it more time with --wait 5m, or look at: stack logs "
                + service.name() + " (after up --retain)"), ExitCode.NOT_READY, problem);
    }

    private List<String> lines(String id) {
        try {
            return new LogTail(engine).last(id, LAST_LINES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static String said(List<String> lines) {
        return lines.isEmpty() ? "; it has said nothing" : "; its last words:\n    " + String.join("\n    ", lines);
    }
}
