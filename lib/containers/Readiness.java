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
import org.rnorth.ducttape.ratelimits.RateLimiter;
import org.rnorth.ducttape.ratelimits.RateLimiterBuilder;
import org.testcontainers.containers.wait.strategy.HttpWaitStrategy;
import services.LogHints;
import services.Service;

/**
 * Waits until a service answers correctly through its published ports, with Testcontainers' HTTP wait strategy. Meanwhile it watches the
 * container, so that an ended container is reported at once and not after the time limit.
 */
final class Readiness {
    private static final int POLLS_PER_SECOND = 25;
    private static final long WATCH_MILLIS = 250;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final int LAST_LINES = 12;

    private final Connection engine;

    Readiness(Connection engine) {
        this.engine = engine;
    }

    /** @throws Failure with {@link ExitCode#NOT_READY}: the container has ended or restarts, or patience is over */
    void await(Service service, String id, Duration patience) throws InterruptedException {
        CompletableFuture<Void> answers = new CompletableFuture<>();
        Thread prober = new Thread(() -> probe(service, id, patience, answers), "ready-" + service.name());
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

    /** Whether it answers now, or why not. */
    Optional<String> problem(Service service, String id) {
        for (Service.Probe probe : service.probes()) {
            try {
                // A second is the shortest time that the strategy knows.
                strategy(probe, Duration.ofSeconds(1))
                        .waitUntilReady(new Target(engine, service, id, probe.port()));
            } catch (RuntimeException e) {
                return Optional.of(probe.what() + ": " + lastWord(e));
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
            return Optional.of(new Failure(service.name() + " was removed by another program while it started", "stack up",
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

    private void probe(Service service, String id, Duration patience, CompletableFuture<Void> answers) {
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            for (Service.Probe probe : service.probes()) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                try {
                    strategy(probe, left).waitUntilReady(new Target(engine, service, id, probe.port()));
                } catch (RuntimeException e) {
                    throw new IllegalStateException(probe.what() + ": " + lastWord(e), e);
                }
            }
            answers.complete(null);
        } catch (RuntimeException e) {
            answers.completeExceptionally(e);
        }
    }

    private static HttpWaitStrategy strategy(Service.Probe probe, Duration patience) {
        HttpWaitStrategy http = new HttpWaitStrategy().forPort(probe.port().known()).forPath(probe.path()).forStatusCode(200)
                .withReadTimeout(READ_TIMEOUT);
        if (!probe.bodyContains().isEmpty()) {
            http.forResponsePredicate(body -> probe.bodyContains().stream()
                    .allMatch(text -> body.replace(" ", "").contains(text)));
        }
        RateLimiter rate = RateLimiterBuilder.newBuilder().withRate(POLLS_PER_SECOND, TimeUnit.SECONDS)
                .withConstantThroughput()
                .build();
        http.withRateLimiter(rate);
        http.withStartupTimeout(Duration.ofSeconds(Math.max(1, patience.toSeconds())));
        return http;
    }

    private Failure late(Service service, String id, Duration patience, Throwable problem) {
        List<String> lines = lines(id);
        return new Failure(service.name() + " is not ready after " + Format.duration(patience) + ": " + problem.getMessage()
                + said(lines), LogHints.in(String.join("\n", lines))
                        .orElse("give it more time with --wait 5m, or read its log: stack logs "
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
        return lines.isEmpty() ? "; its log is empty" : "; its last log lines:\n    " + String.join("\n    ", lines);
    }

    /** The innermost reason: {@code HTTP response code was: 503}, {@code Connection refused}. */
    private static String lastWord(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
