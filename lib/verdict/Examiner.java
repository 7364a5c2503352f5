package verdict;

import agent.Changes;
import agent.Evidence;
import agent.Suspicion;
import checks.FileView;
import contract.EvidenceLevel;
import functions.tree.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import process.CommandWords;
import verdict.rules.Change;
import verdict.rules.Guarded;
import verdict.rules.HiddenChanges;
import verdict.rules.Rules;

/**
 * Judges a change: what the check says about the files before and after it, and what in the change makes that worth less.
 * The same for the loop and for {@code pa verify}.
 */
final class Examiner {
    private final Examination about;
    private boolean refuted;
    private Optional<CheckRun> failure = Optional.empty();

    /** Whether the check as it was failed on the new sources of the change judged last. */
    boolean refuted() {
        return refuted;
    }

    /** How the check failed twice in the copy on the new files of the change judged last; empty when it did not. */
    Optional<CheckRun> failure() {
        return failure;
    }

    Examiner(Examination about) {
        this.about = about;
    }

    /** @param passes whether the check passes on the present files, in the working directory; empty where there is none */
    Evidence judge(String before, String now, Changes changes, boolean passes) throws InterruptedException {
        if (changes.none()) {
            return new Evidence(now, EvidenceLevel.NONE, "nothing was changed", List.of(), List.of(), List.of(), List.of(), 0,
                    false, Optional.empty());
        }
        Optional<StateStore> states = about.tree().states();
        boolean git = states.isPresent() && about.tree().files(before).isPresent() && about.tree().files(now).isPresent();
        return git ? compared(states.get(), before, now, changes, passes) : uncompared(now, changes,
                "there is no git here, so what was there before is not known");
    }

    private Evidence compared(StateStore states, String before, String now, Changes changes, boolean passes)
            throws InterruptedException {
        refuted = false;
        failure = Optional.empty();
        FileView old = about.files(before);
        FileView fresh = about.files(now);
        old.expect(changes.paths());
        fresh.expect(changes.paths());
        Guarded guard = new Guarded(old, fresh, about.check());
        List<String> guarded = guard.among(changes.paths());
        List<Suspicion> suspicions = new ArrayList<>(Rules.look(Change.of(old, fresh, changes.paths(), guard)));
        List<String> notes = new ArrayList<>();
        if (about.live()) {
            suspicions.addAll(hidden(states, before));
        }
        Optional<Comparison> comparison = Optional.empty();
        if (!about.check().isEmpty() && passes) {
            List<String> definition = guarded.stream().filter(guard::defines).filter(old::exists).toList();
            boolean frozen = !definition.isEmpty() && !about.commands().mayRunNew();
            List<String> free = guarded.stream().filter(path -> !frozen || !definition.contains(path)).toList();
            Trial trial = null;
            try {
                String judged = frozen ? states.compose(now, before, definition) : now;
                trial = new Trial(about, states, before, judged, free, frozen);
                comparison = trial.run().map(Comparison::of);
            } catch (Unfit | StateStore.Unavailable e) {
                notes.add("nothing could be compared: " + e.getMessage());
                noCopy(guarded, old, suspicions);
            }
            if (frozen) {
                notes.add("the check's definition changed (" + Sentence.names(definition)
                        + ") and nobody allowed the new one, so it was run as it was before");
            }
            if (trial != null) {
                notes.addAll(trial.notes());
                refuted = trial.refuted();
                failure = trial.failure();
                if (trial.stale()) {
                    suspicions.add(new Suspicion(Rules.STALE_CACHE, true,
                            "the check passes here only with what Python compiled before; without that it fails", "", 0));
                }
                if (!trial.numb().isEmpty()) {
                    suspicions.add(new Suspicion(Rules.NUMB_TEST, true, "passes also when it asks for something else than it does: "
                            + Sentence.names(trial.numb()), "", 0));
                }
                if (refuted) {
                    suspicions.add(new Suspicion(Rules.RED_WITHDRAWN, true,
                            "as it was before the change, the check fails on the new sources", definition.get(0), 0));
                }
            }
        }
        if (!about.check().isEmpty() && !passes && about.live() && about.baseline() && guarded.stream().noneMatch(guard::defines)) {
            comparison = untested(states, before, now);
        }
        comparison.ifPresent(c -> suspicions.addAll(Findings.of(c)));
        return evidence(now, comparison, suspicions, notes, guarded, passes);
    }

    /** The check did not fail and did not pass: whether it tests nothing now as it did before. */
    private Optional<Comparison> untested(StateStore states, String before, String now) throws InterruptedException {
        try {
            return new Trial(about, states, before, now, List.of(), false).untested().map(Comparison::of);
        } catch (Unfit e) {
            return Optional.empty();
        }
    }

    private List<Suspicion> hidden(StateStore states, String before) throws InterruptedException {
        try {
            return HiddenChanges.find(about.tree().root(), states.ignored(), about.tree().seen(before));
        } catch (StateStore.Unavailable e) {
            // Said where the copy is made, for which the same is asked.
            return List.of();
        }
    }

    /** Without git there are no states to compare, only names of files that changed. */
    private Evidence uncompared(String now, Changes changes, String why) {
        Guarded guard = new Guarded(about.tree().liveFiles(), about.tree().liveFiles(), about.check());
        List<String> guarded = new ArrayList<>();
        changes.paths().stream().filter(guard::whole).forEach(guarded::add);
        List<Suspicion> suspicions = new ArrayList<>();
        guarded.forEach(path -> suspicions.add(new Suspicion(Rules.UNPROVEN_CHECK, true,
                "belongs to the check and was changed, and its old form was not seen to pass", path, 0)));
        return evidence(now, Optional.empty(), suspicions, List.of(why), guarded, !about.check().isEmpty());
    }

    /** A new test file weakens nothing that was there. */
    private static void noCopy(List<String> guarded, FileView old, List<Suspicion> suspicions) {
        for (String path : guarded) {
            boolean configures = path.matches("(.*/)?(conftest|sitecustomize|usercustomize)\\.py|.*\\.(ini|cfg|toml|pth|xml|mk)"
                    + "|.*(config|rc)\\b.*");
            if (old.exists(path) || configures) {
                suspicions.add(new Suspicion(Rules.UNPROVEN_CHECK, true,
                        "belongs to the check and was changed, and its old form was not seen to pass", path, 0));
            }
        }
    }

    private Evidence evidence(String now, Optional<Comparison> comparison, List<Suspicion> found, List<String> notes,
            List<String> guarded, boolean passes) {
        List<Suspicion> suspicions = new ArrayList<>();
        for (Suspicion suspicion : found) {
            suspicions.add(about.accepted().contains(suspicion.rule()) ? suspicion.lifted("user") : suspicion);
        }
        // Of files that are past, only the copy could have said that the check passes.
        boolean seen = passes && about.live();
        EvidenceLevel reached = comparison.map(Examiner::level)
                .orElse(about.check().isEmpty() || !seen ? EvidenceLevel.NONE : EvidenceLevel.UNCHANGED);
        boolean open = suspicions.stream().anyMatch(Suspicion::open);
        EvidenceLevel level = open ? reached.atMost(EvidenceLevel.UNCHANGED) : reached;
        String sentence = comparison.map(c -> Sentence.of(reached, c)).orElse(about.check().isEmpty()
                ? unchecked() : !about.live() ? "the check says nothing about these files"
                : seen ? "the check passes, and what failed before is not known" : "the check tested nothing, or could not be run");
        boolean red = comparison.filter(c -> !c.regressed().isEmpty()).isPresent();
        List<String> proven = comparison.map(c -> reached == EvidenceLevel.INDEPENDENT ? c.independent()
                : reached == EvidenceLevel.OWN_TESTS && !c.own().isEmpty() ? c.own() : c.independent()).orElse(List.of());
        return new Evidence(now, level, sentence, notes, suspicions, guarded, proven, comparison.map(Comparison::passToPass).orElse(0),
                red, Optional.empty());
    }

    private String unchecked() {
        return about.commands().now().isEmpty() ? "there was no check, so nothing was run"
                : "the check " + CommandWords.join(about.commands().now()) + " came with the change and nobody allowed it"
                        + " to be run (--run-new-checks), so nothing was run";
    }

    private static EvidenceLevel level(Comparison runs) {
        if (!runs.redWithdrawn().isEmpty() || runs.vanished() || !runs.hidden().isEmpty() || !runs.regressed().isEmpty()) {
            return EvidenceLevel.UNCHANGED;
        }
        if (!runs.independent().isEmpty()) {
            return runs.keptBroken() ? EvidenceLevel.OWN_TESTS : EvidenceLevel.INDEPENDENT;
        }
        return runs.own().isEmpty() ? EvidenceLevel.UNCHANGED : EvidenceLevel.OWN_TESTS;
    }
}
