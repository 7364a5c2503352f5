package cli;

import agent.Bounds;
import agent.Evidence;
import agent.Interruption;
import agent.Outcome;
import agent.Reasoner;
import agent.ReasonerException;
import agent.RunEvent;
import agent.RunListener;
import agent.Task;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.loop.ChangeReview;
import agent.loop.Told;
import cli.run.EvidenceOptions;
import cli.run.SignalHandlers;
import console.Console;
import contract.Failure;
import contract.Status;
import display.EvidenceViews;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import verdict.ChangeVerifier.Verdict;

/** A verdict without a run, from its request to its exit code: the checks, the review, the telemetry. */
final class VerdictRun {
    /** The task for the reviewer when the user gave none. */
    static final String NO_TASK = "The human did not say what this change is for. Judge it by itself: is it complete and correct as "
            + "far as it can be read, and does it do what its names, comments and tests say?";
    private static final String UNMEASURED = "the review had no task to compare the change with (give one with --task)";

    private final Console console;
    private final Map<String, String> environment;
    private final EvidenceOptions wanted;
    private final Optional<Boolean> telemetry;
    private final boolean json;
    private final EvidenceViews views;
    private final Instant start = Instant.now();
    private Optional<VerdictRecord> record = Optional.empty();
    private RunListener listener = RunListener.NONE;

    /** The change to judge. */
    interface Question {
        Verdict verdict(Bounds bounds, Supplier<RunListener> begun) throws InterruptedException;
    }

    /** @param environment including the variables from the project's {@code .env} */
    VerdictRun(Console console, Map<String, String> environment, EvidenceOptions wanted, Optional<Boolean> telemetry, boolean json) {
        this.console = console;
        this.environment = environment;
        this.wanted = wanted;
        this.telemetry = telemetry;
        this.json = json;
        this.views = new EvidenceViews(console);
    }

    /**
     * Judges the change and shows the verdict.
     *
     * @param reasoner the reviewer; empty for no review
     * @param task the purpose of the change, if the user gave one
     * @return the exit code
     */
    int of(Question question, Path directory, Optional<Reasoner> reasoner, Optional<String> task) {
        Interruption interruption = new Interruption();
        SignalHandlers.endRunOn(interruption);
        Bounds bounds = new Bounds(interruption, Instant.MAX);
        Optional<ChangeReview> review = reasoner.filter(Reasoner::reviews).map(r -> new ChangeReview(r,
                new Task("verify", task.orElse(NO_TASK), directory.toAbsolutePath().normalize(), List.of(), List.of())));
        Outcome outcome = Outcome.of(Status.ERROR, "a bug in pa ended the check", "");
        try {
            Verdict verdict = question.verdict(bounds, () -> begin(directory, reasoner));
            Optional<String> obstacle = Optional.empty();
            // Without a change there is nothing to prove.
            boolean changed = verdict.change().patch().filter(String::isBlank).isEmpty();
            if (reasoner.isPresent() && changed && ChangeReview.helps(verdict.evidence(), verdict.check().isPresent(), wanted.wanted())) {
                try {
                    verdict = verdict.with(reviewed(verdict, reasoner.get(), review, task, bounds));
                } catch (ReasonerException e) {
                    obstacle = Optional.of(e.problem().message() + (e.hint().isEmpty() ? "" : "; " + e.hint()));
                } catch (Failure e) {
                    obstacle = Optional.of(e.getMessage() + (e.hint().isEmpty() ? "" : "; " + e.hint()));
                }
            }
            Evidence evidence = obstacle.isPresent() ? verdict.evidence().noted("not reviewed: " + obstacle.get()) : verdict.evidence();
            Status status = obstacle.isPresent() ? Status.ERROR : wanted.status(evidence);
            outcome = Outcome.of(status, evidence.sentence(), "");
            views.print(evidence, status, verdict.base(), verdict.check(), verdict.output(), json);
        } catch (InterruptedException e) {
            outcome = Outcome.interrupted(interruption.signal().orElse(2), "");
        } catch (Failure e) {
            outcome = Outcome.of(Status.ERROR, e.getMessage(), e.hint());
            throw ReviewOptions.asError(e);
        } finally {
            end(outcome, review);
        }
        return outcome.exitCode();
    }

    private RunListener begin(Path directory, Optional<Reasoner> reasoner) {
        VerdictRecord begun = VerdictRecord.begin(console, environment, directory, reasoner.map(Reasoner::name), telemetry);
        record = Optional.of(begun);
        listener = RunListener.all(List.of(begun, json ? RunListener.NONE : views.progress()));
        return listener;
    }

    private Evidence reviewed(Verdict verdict, Reasoner reasoner, Optional<ChangeReview> review, Optional<String> task, Bounds bounds)
            throws InterruptedException, ReasonerException {
        Evidence found = verdict.evidence();
        Evidence after;
        if (review.isEmpty()) {
            after = found.noted("the change was not reviewed, because " + reasoner.name() + " has no model");
        } else {
            Told.selfCheck(listener, () -> reasoner.selfCheck(bounds, listener));
            after = review.get().of(task.isPresent() ? found : found.noted(UNMEASURED), verdict.change(), bounds, listener);
        }
        listener.on(new RunEvent.Judged(after));
        return after;
    }

    private void end(Outcome outcome, Optional<ChangeReview> review) {
        record.ifPresent(r -> {
            Duration took = Duration.between(start, Instant.now());
            try (r) {
                r.end(outcome, review.map(each -> each.totals(took))
                        .orElse(new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, took)));
            }
        });
    }
}
