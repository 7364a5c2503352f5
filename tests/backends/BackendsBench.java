package backends;

import agent.RunEvent;
import agent.TokenUsage;
import backends.Backend.Shown;
import claude.InstalledClaude;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;
import runner.Figures;

/**
 * The same figures in other people's backends: runs of {@code pa}, sent to a real Arize Phoenix and a real MLflow, are read back
 * by their APIs and compared with the journal. Needs no network once tests/install-backends.sh has run.
 */
public final class BackendsBench {
    private static final Path PROGRAMS = Path.of("build/backends");
    private static final Duration BOOKING = Duration.ofSeconds(90);
    /** Sums of doubles; a cent is ten thousand times as much. */
    private static final double EXACT = 1e-6;
    /** Anthropic's price for a token of claude-sonnet-4-5 that is written into a cache, above that of another. */
    private static final BigDecimal CACHE_WRITE_PREMIUM = new BigDecimal("0.00000075");
    private static final Map<String, String> KINDS = Map.of("pa.run_task", "chain", "pa.self_check", "chain",
            "claude.subprocess", "agent", "pa.reasoning_loop", "agent", "gemini.api.call", "llm", "pa.function.run_tests", "tool",
            "pa.function.mark_done", "tool", "claude_code.llm_request", "llm", "claude_code.tool", "tool",
            "claude_code.interaction", "agent");

    private final Figures figures;
    private final List<String> wrong = new ArrayList<>();

    private BackendsBench(Figures figures) {
        this.figures = figures;
    }

    /** What a run is to look like. */
    private record Case(String name, BackendRun run, boolean ownSpans, boolean rehearsal) {
        TokenUsage usage() {
            return run.journal().stream().map(entry -> entry.event()).filter(RunEvent.RunEnded.class::isInstance)
                    .map(event -> ((RunEvent.RunEnded) event).totals().usage()).findFirst().orElseThrow();
        }

        /** Of all calls, from the journal. */
        BigDecimal cost() {
            BigDecimal sum = BigDecimal.ZERO;
            for (var entry : run.journal()) {
                if (entry.event() instanceof RunEvent.WorkerEnded round) {
                    sum = sum.add(round.report().effort().cost().orElseThrow().amount());
                } else if (entry.event() instanceof RunEvent.ModelCallEnded call) {
                    sum = sum.add(call.answer().cost().orElseThrow().amount());
                }
            }
            return sum;
        }

        long cacheWritten() {
            return run.journal().stream().map(entry -> entry.event()).filter(RunEvent.WorkerEnded.class::isInstance)
                    .map(event -> ((RunEvent.WorkerEnded) event).report()).map(report -> report.effort().usage())
                    .mapToLong(TokenUsage::cacheCreation).sum();
        }

        String status() {
            return run.journal().stream().map(entry -> entry.event()).filter(RunEvent.RunEnded.class::isInstance)
                    .map(event -> ((RunEvent.RunEnded) event).outcome().status().value()).findFirst().orElseThrow();
        }

        String evidence() {
            return run.journal().stream().map(entry -> entry.event()).filter(RunEvent.Judged.class::isInstance)
                    .map(event -> ((RunEvent.Judged) event).evidence().level().value()).reduce((a, b) -> b).orElse("");
        }
    }

    public static void run(Figures figures) throws IOException, InterruptedException {
        figures.table("Other people's backends: tokens, money, kinds, session and verdict against the journal");
        Optional<String> missing = install();
        if (missing.isPresent()) {
            figures.note("skipped: " + missing.get());
            return;
        }
        Path claude;
        try {
            claude = InstalledClaude.require();
        } catch (TestAbortedException e) {
            figures.note("skipped: " + e.getMessage());
            return;
        }
        new BackendsBench(figures).run(claude);
    }

    /** Why the backends cannot be had. */
    private static Optional<String> install() throws IOException, InterruptedException {
        Process script = new ProcessBuilder("sh", "tests/install-backends.sh").inheritIO().start();
        if (!script.waitFor(30, TimeUnit.MINUTES)) {
            script.destroyForcibly();
            return Optional.of("Phoenix and MLflow were not installed within 30 minutes");
        }
        return script.exitValue() == 0 ? Optional.empty()
                : Optional.of("Phoenix and MLflow cannot be installed here: tests/install-backends.sh says why");
    }

    private void run(Path claude) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("backends");
        List<Case> cases = List.of(
                new Case("rehearsal", BackendRun.rehearsal(Optional.of(claude), folder.resolve("rehearsal")), true, true),
                new Case("rehearsal, worker a stand-in", BackendRun.rehearsal(Optional.empty(), folder.resolve("stand-in")), false,
                        true),
                new Case("Claude Code, silent", BackendRun.real(claude, folder.resolve("silent"), false), false, false),
                new Case("Claude Code with a sub-agent", BackendRun.real(claude, folder.resolve("real"), true), true, false));
        try (Phoenix phoenix = Phoenix.start(PROGRAMS.resolve("phoenix/bin/phoenix").toAbsolutePath(), folder)) {
            compare(phoenix, cases);
        }
        try (Mlflow mlflow = Mlflow.start(PROGRAMS.resolve("mlflow/bin/mlflow").toAbsolutePath(), folder)) {
            compare(mlflow, cases);
        }
        figures.row("differences", Integer.toString(wrong.size()), "0");
        wrong.forEach(figures::note);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("other people's backends show other figures than the journal");
        }
    }

    private void compare(Backend backend, List<Case> cases) throws IOException, InterruptedException {
        for (Case each : cases) {
            backend.send(each.run());
        }
        // In this order are they booked: when the last one, which costs money, has its sum, so have all others.
        Case last = cases.get(cases.size() - 1);
        long end = System.nanoTime() + BOOKING.toNanos();
        while (backend.shown(last.run().session()).flatMap(Shown::cost).isEmpty() && System.nanoTime() < end) {
            Thread.sleep(500);
        }
        for (Case each : cases) {
            Optional<Shown> shown = backend.shown(each.run().session());
            String where = backend.name() + ", " + each.name() + ": ";
            if (shown.isEmpty()) {
                wrong.add(where + "no such session");
            } else {
                compare(where, backend, each, shown.get());
            }
        }
    }

    private void compare(String where, Backend backend, Case each, Shown shown) {
        figures.row(where + "tokens in, out, USD", shown.input() + ", " + shown.output() + ", "
                + shown.cost().map(usd -> String.format(Locale.ROOT, "%.6f", usd)).orElse("none"), "");
        equal(where + "input tokens", each.usage().input(), shown.input());
        equal(where + "output tokens", each.usage().output(), shown.output());
        equal(where + "status", each.status(), shown.status());
        equal(where + "evidence", each.evidence(), shown.evidence());
        if (each.rehearsal()) {
            equal(where + "cost", Optional.empty(), shown.cost());
        } else {
            BigDecimal expected = each.cost();
            if (backend instanceof Phoenix && each.ownSpans()) {
                // Claude Code sends cache_write alone, and Phoenix knows the older name alone: it prices them as other input.
                BigDecimal known = CACHE_WRITE_PREMIUM.multiply(BigDecimal.valueOf(each.cacheWritten()));
                figures.note(where + "known difference of " + known.stripTrailingZeros().toPlainString()
                        + " USD: Phoenix does not read gen_ai.usage.cache_write.input_tokens, which is Claude Code's name");
                expected = expected.subtract(known);
            }
            if (Math.abs(expected.doubleValue() - shown.cost().orElse(0.0)) > EXACT) {
                wrong.add(where + "cost is " + shown.cost() + " instead of " + expected.toPlainString());
            }
        }
        KINDS.forEach((span, kind) -> {
            // A round that says nothing of its calls is the call, for who counts tokens.
            String wanted = span.equals("claude.subprocess") && !each.ownSpans() ? "llm" : kind;
            String kindShown = shown.kinds().get(span);
            if (kindShown != null) {
                equal(where + "kind of " + span, wanted, kindShown.toLowerCase(Locale.ROOT).replace("chat_model", "llm"));
            } else if (!span.startsWith("claude_code.") || each.ownSpans()) {
                wrong.add(where + "no span " + span);
            }
        });
    }

    private void equal(String what, Object expected, Object shown) {
        if (!expected.equals(shown)) {
            wrong.add(what + " is " + shown + " instead of " + expected);
        }
    }
}
