package reasoning;

import agent.Bounds;
import agent.Evidence;
import agent.Problem;
import agent.Reasoner;
import agent.Reasoning;
import agent.RunListener;
import agent.Situation;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.EvidenceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A reasoner without a model. It verifies the work, gives a failure back to the worker, ends the run as done when the check passes, and
 * stops it when nothing changes any more. Deterministic, free, and a useful supervisor for projects with tests.
 */
public final class RulesReasoner implements Reasoner {
    /** {@code --reasoner rules}: no model. */
    public static final ReasonerKind KIND = new ReasonerKind("rules", Set.of(), Set.of(), setup -> new RulesReasoner());
    private static final String TOLD = "The work does not count as done yet: ";
    /** The part of a failing check that the worker is shown: the end, where test runners print their summary. */
    private static final int SHOWN = 6_000;

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public void selfCheck(Bounds bounds, RunListener listener) {
        // Needs nothing.
    }

    @Override
    public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
        Optional<WorkerReport> report = situation.lastRound().map(Situation.Round::report);
        if (report.isEmpty()) {
            return Reasoning.of(new Decision.SendToWorker(situation.task().text(), Optional.empty()), "nothing was done yet");
        }
        Optional<Problem> problem = report.get().obstacle();
        if (problem.isPresent()) {
            return Reasoning.of(new Decision.SendToWorker(goOn(problem.get(), situation), Optional.empty()),
                    "the worker's round was not clean: " + problem.get().value());
        }
        if (refused(situation)) {
            return situation.evidence().map(evidence -> afterRefusal(evidence, situation)).orElseGet(() -> Reasoning.of(
                    new Decision.RunTests(Optional.empty()), "mark_done was refused, so the check runs again"));
        }
        if (!situation.verificationWanted()) {
            return done("the worker says so; verification was not wanted", List.of());
        }
        return afterCheck(situation);
    }

    /** The worker is told once which evidence is missing; if that does not help, the run ends. */
    private static Reasoning afterRefusal(Evidence evidence, Situation situation) {
        String refusal = situation.steps().get(situation.steps().size() - 1).result().output();
        boolean told = situation.steps().stream().anyMatch(step -> step.reasoning().decision() instanceof Decision.SendToWorker send
                && send.instruction().startsWith(TOLD));
        if (evidence.red() || !told && evidence.level() == EvidenceLevel.UNCHANGED) {
            return Reasoning.of(new Decision.SendToWorker(TOLD + refusal.replaceFirst("^refused: ", "")
                    + "\n\nThe task is still:\n\n" + situation.task().text(), Optional.empty()), evidence.sentence());
        }
        return done(evidence.sentence(), List.of());
    }

    private static Reasoning afterCheck(Situation situation) {
        Optional<FunctionResult> check = situation.lastVerification();
        Optional<Verification> verification = check.flatMap(FunctionResult::verification);
        if (verification.isEmpty()) {
            return Reasoning.of(new Decision.RunTests(Optional.empty()), "nothing was verified yet");
        }
        String subject = verification.get().subject();
        if (verification.get().passed()) {
            return done("verified by: " + subject, List.of(subject));
        }
        if (verification.get().failed()) {
            return Reasoning.of(new Decision.SendToWorker(fix(subject, check.get().output(), advised(situation)),
                    Optional.empty()), "the check failed: " + subject);
        }
        return done("there was nothing to run", List.of());
    }

    private static Reasoning done(String summary, List<String> verified) {
        return Reasoning.of(new Decision.MarkDone(summary, verified), summary);
    }

    private static boolean refused(Situation situation) {
        List<Situation.Step> steps = situation.steps();
        if (steps.isEmpty()) {
            return false;
        }
        Situation.Step last = steps.get(steps.size() - 1);
        return last.reasoning().decision() instanceof Decision.MarkDone && !last.result().success();
    }

    private static String goOn(Problem problem, Situation situation) {
        return "Your last run did not end well (" + problem.value() + ": " + problem.message() + ").\nThe task is still:\n\n"
                + situation.task().text() + advice(advised(situation));
    }

    private static String fix(String subject, String output, String advice) {
        String shown = output.length() > SHOWN ? "…" + output.substring(output.length() - SHOWN) : output;
        return "The check `" + subject + "` fails:\n\n" + shown.strip() + "\n\nFind the cause and fix it." + advice(advice);
    }

    /** The loop's stall notices about the rounds, and about the inside of the last one. */
    private static String advised(Situation situation) {
        List<String> all = new ArrayList<>();
        Optional.of(situation.advice()).filter(advice -> !advice.isEmpty()).ifPresent(all::add);
        situation.lastRound().ifPresent(round -> all.addAll(round.stalls()));
        return String.join("; ", all);
    }

    private static String advice(String advice) {
        return advice.isEmpty() ? "" : "\n\nNote: " + advice + ". Try something different from before.";
    }
}
