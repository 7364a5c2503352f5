package verdict;

import agent.CheckPlace;
import agent.RunEvent;
import checks.CheckPrograms;
import checks.Ecosystems;
import checks.FileView;
import checks.TestReport.Result;
import functions.tree.StateStore;
import functions.tree.StateStore.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import process.CommandWords;
import verdict.rules.Guarded;
import verdict.rules.Touched;

/** Runs the check in a copy on the states that have to be compared: as few of them as the question needs. */
final class Trial {
    /** A base that took longer is not run a second time to see whether it is flaky. */
    private static final Duration WORTH_REPEATING = Duration.ofSeconds(60);
    /** For altered tests, one of which may wait for what never comes, beyond twice what the check takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** How a note begins that holds only while the check passes in the working directory. */
    static final String ONLY_HERE = "the check passes in the working directory and not in the copy";

    private final Examination about;
    private final StateStore states;
    private final String before;
    private final String now;
    private final List<String> guarded;
    private final boolean frozen;
    private final List<String> notes = new ArrayList<>();
    private boolean refuted;
    private boolean stale;
    private List<String> numb = List.of();
    private Optional<CheckRun> failure = Optional.empty();

    /**
     * @param guarded the changed files that define the check
     * @param frozen whether {@code now} has the check's old definition, because nobody allowed the new one
     */
    Trial(Examination about, StateStore states, String before, String now, List<String> guarded, boolean frozen) {
        this.frozen = frozen;
        this.about = about;
        this.states = states;
        this.before = before;
        this.now = now;
        this.guarded = guarded;
    }

    /** What a person should know about how the runs went. */
    List<String> notes() {
        return notes;
    }

    /** How the check failed on the new files, where it did so twice. */
    Optional<CheckRun> failure() {
        return failure;
    }

    /** Whether the check passes in the working directory only with what Python keeps of earlier runs. */
    boolean stale() {
        return stale;
    }

    /** What passes whatever the tests ask for: tests, or the check as a whole. */
    List<String> numb() {
        return numb;
    }

    /** Whether the check as it was fails on the new sources. */
    boolean refuted() {
        return frozen && refuted;
    }

    /**
     * @return empty when what is there now does not pass in the copy: nothing can be told then, unless it was frozen
     * @throws Unfit when there is no copy
     */
    Optional<Runs> run() throws Unfit, InterruptedException {
        if (!about.baseline()) {
            oldFormAlone();
            return Optional.empty();
        }
        String kept = now;
        String mixed = before;
        try {
            if (!guarded.isEmpty()) {
                kept = mixed(now, before);
                mixed = mixed(before, now);
            }
        } catch (Unavailable e) {
            throw new Unfit("the states cannot be composed: " + e.getMessage(), e);
        }
        Optional<Runs> early = besideTheWork(kept, mixed);
        if (early.isPresent()) {
            return early;
        }
        try (Copy copy = copy()) {
            Optional<CheckRun> base = !existed() ? Optional.empty()
                    : Optional.of(check(copy, before, about.commands().before(), CheckPlace.BASE, "the old files"));
            CheckRun proof = proof(copy);
            refuted = proof.failed();
            return proof.passed() || proof.empty() ? Optional.of(runs(copy, base, proof, kept, mixed)) : Optional.empty();
        }
    }

    /**
     * The same in the copy that was made when the work began, where the check has run on the old files already.
     *
     * @return empty when there is none, or the new files do not pass in it: the work may need what was installed since
     */
    private Optional<Runs> besideTheWork(String kept, String mixed) throws InterruptedException {
        if (about.early().filter(e -> e.before().equals(before)).isEmpty() || !existed()) {
            return Optional.empty();
        }
        EarlyBaseline early = about.early().get();
        Optional<CheckRun> base = early.await(about.runner().bounds());
        if (base.isEmpty()) {
            notes.add("the check could not be run on the old files beside the work, so it was run now");
            return Optional.empty();
        }
        tell(base.get());
        try {
            early.copy().admit(now);
            CheckRun proof = check(early.copy(), now, words(), CheckPlace.PROOF, "the new files");
            if (proof.passed()) {
                return Optional.of(runs(early.copy(), base, proof, kept, mixed));
            }
            notes.add("in the copy that was made when the work began the check does not pass, so one was made anew");
        } catch (Unfit e) {
            notes.add("the copy that was made when the work began is of no use: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** What ran beside the work is told where it is used: only then do its start and end have a place. */
    private void tell(CheckRun base) {
        String subject = CommandWords.join(about.commands().before());
        about.runner().listener().on(new RunEvent.CheckStarted(CheckPlace.BASE, "the old files", subject));
        about.runner().listener().on(new RunEvent.CheckEnded(CheckPlace.BASE, "the old files", base.verification(), base.counts(),
                base.duration()));
    }

    private Runs runs(Copy copy, Optional<CheckRun> base, CheckRun proof, String kept, String mixed)
            throws Unfit, InterruptedException {
        boolean changed = !guarded.isEmpty();
        Optional<CheckRun> keptRun = !existed() ? Optional.empty() : !changed ? Optional.of(proof)
                : Optional.of(check(copy, kept, about.commands().before(), CheckPlace.PROOF,
                        "the new sources with the old check"));
        Runs runs = new Runs(base, keptRun, Optional.empty(), proof);
        Comparison first = Comparison.of(runs);
        boolean shown = !first.independent().isEmpty() && !first.keptBroken();
        if (changed && !shown) {
            Optional<CheckRun> mixedRun = Optional.of(check(copy, mixed, words(), CheckPlace.BASE,
                    "the old sources with the new check"));
            runs = new Runs(base, keptRun, mixedRun, proof);
            if (!Comparison.of(runs).own().isEmpty() && quick(mixedRun.get())) {
                CheckRun again = check(copy, mixed, words(), CheckPlace.BASE, "the old sources with the new check, again");
                runs = new Runs(base, keptRun, Optional.of(steady(mixedRun.get(), again)), proof);
            }
        }
        if (shown && quick(base.get())) {
            CheckRun again = check(copy, before, about.commands().before(), CheckPlace.BASE, "the old files, again");
            runs = new Runs(Optional.of(steady(base.get(), again)), keptRun, runs.mixed(), proof);
        }
        Comparison found = Comparison.of(runs);
        List<String> shows = found.independent().isEmpty() ? found.own() : found.independent();
        if (!shows.isEmpty() && quick(proof)) {
            numb = numb(copy, shows, proof);
        }
        return runs;
    }

    /**
     * Which of the tests that are to prove something pass on the new files also when they ask for something else. Whatever makes
     * them do so, they prove nothing. Three values are tried before that is said: one of them may be a message.
     */
    private List<String> numb(Copy copy, List<String> tests, CheckRun proof) throws Unfit, InterruptedException {
        FileView files = about.files(now);
        Guarded guard = new Guarded(about.files(before), files, about.check());
        List<String> names = tests.stream().map(Comparison::last).toList();
        // A check that names no tests fails as a whole for any one of its assertions: those of the work are asked alone.
        Set<String> touched = !tests.equals(List.of(Comparison.WHOLE)) ? Set.of()
                : Touched.functions(about.files(before), files, about.tree().between(before, now).paths().stream()
                        .filter(path -> !guard.whole(path)).toList());
        List<String> left = tests;
        for (AlteredTests.Way way : AlteredTests.Way.values()) {
            AlteredTests altered = AlteredTests.of(files, guard::holdsTests, names, touched, way);
            if (altered.texts().isEmpty()) {
                return List.of();
            }
            copy.show(now, paths(files));
            copy.put(altered.texts());
            CheckRun run = about.runner().atMost(PATIENCE.plus(proof.duration().multipliedBy(2))).run(copy, words(), files,
                    CheckPlace.BASE, "the new files, with tests that ask for something else");
            Map<String, Result> results = run.report().results();
            List<String> deaf = left.stream().filter(test -> run.passed() || results.get(test) == Result.PASS
                    && altered.reaches(Comparison.last(test))).toList();
            if (deaf.isEmpty()) {
                return List.of();
            }
            left = deaf;
        }
        return left;
    }

    /** The check's runs before and after the change, where neither tested anything; empty in every other case. */
    Optional<Runs> untested() throws Unfit, InterruptedException {
        if (!existed()) {
            return Optional.empty();
        }
        try (Copy copy = copy()) {
            CheckRun base = check(copy, before, about.commands().before(), CheckPlace.BASE, "the old files");
            if (!base.empty()) {
                return Optional.empty();
            }
            CheckRun proof = check(copy, now, words(), CheckPlace.PROOF, "the new files");
            return proof.empty() ? Optional.of(new Runs(Optional.of(base), Optional.of(proof), Optional.empty(), proof))
                    : Optional.empty();
        }
    }

    /** Without a base, the check as it was can still be run on the new sources, where the change touched it. */
    private void oldFormAlone() throws Unfit, InterruptedException {
        notes.add("the check was not run on the old files (--baseline off), so it is not known what failed before");
        if (!existed() || guarded.isEmpty() && !frozen) {
            return;
        }
        try (Copy copy = copy()) {
            CheckRun kept = check(copy, mixed(now, before), about.commands().before(), CheckPlace.PROOF,
                    "the new sources with the old check");
            refuted = kept.failed();
            if (!kept.passed() && !refuted()) {
                throw new Unfit("the check as it was does not pass on the new sources, and whether it passed before is not known: "
                        + lastLine(kept.output()));
            }
        } catch (Unavailable e) {
            throw new Unfit("the states cannot be composed: " + e.getMessage(), e);
        }
    }

    private Copy copy() throws Unfit, InterruptedException {
        return Copy.make(states, about.tree().root(), about.copies(), List.of(before, now), about.tree().seen(before),
                about.runner().environment());
    }

    /** Whether there was a check: a command that names a program of the project is none before that is there. */
    private boolean existed() throws InterruptedException {
        FileView old = about.files(before);
        return !about.commands().before().isEmpty() && CheckPrograms.of(about.commands().before(),
                about.files(now)).programs().stream().allMatch(path -> old.exists(path) || !guarded.contains(path));
    }

    private List<String> words() {
        // The command line stays what it was as long as there is one: what it leads to is in the files.
        return about.check();
    }

    private CheckRun proof(Copy copy) throws Unfit, InterruptedException {
        CheckRun proof = check(copy, now, words(), CheckPlace.PROOF, "the new files");
        if (proof.passed() || proof.empty()) {
            return proof;
        }
        if (frozen) {
            return proof;
        }
        CheckRun again = check(copy, now, words(), CheckPlace.PROOF, "the new files, again");
        failure = again.failed() ? Optional.of(again) : Optional.empty();
        if (again.passed()) {
            notes.add("the check is flaky: on the same files it failed once and passed once, so it proves nothing");
        } else if (about.live()) {
            stale = again.failed() && StaleCache.decides(about, words(), copy);
            notes.add(ONLY_HERE + ", so it is not known what failed before: "
                    + lastLine(proof.output()));
        } else if (!again.failed()) {
            notes.add("the check could not be run: " + lastLine(proof.output()));
        }
        return proof;
    }

    private static String lastLine(String output) {
        String last = output.lines().filter(line -> !line.isBlank()).reduce((one, other) -> other).orElse("it printed nothing");
        return last.length() > 200 ? last.substring(0, 200) + "…" : last;
    }

    private CheckRun steady(CheckRun one, CheckRun other) {
        Set<String> flaky = new LinkedHashSet<>();
        one.report().results().forEach((id, result) -> {
            if (other.report().results().containsKey(id) && other.report().results().get(id) != result) {
                flaky.add(id);
            }
        });
        boolean whole = one.verification().verdict() != other.verification().verdict();
        if (flaky.isEmpty() && !whole) {
            return one;
        }
        notes.add("flaky: " + (flaky.isEmpty() ? Comparison.WHOLE : Sentence.names(List.copyOf(flaky)))
                + " gave two results on the same old files, and proves nothing");
        // The run in which more passed is the one that a change has to beat.
        return one.report().failed() < other.report().failed() || one.passed() ? one : other;
    }

    private static boolean quick(CheckRun run) {
        return run.duration().compareTo(WORTH_REPEATING) <= 0;
    }

    private CheckRun check(Copy copy, String state, List<String> words, CheckPlace place, String what)
            throws Unfit, InterruptedException {
        FileView files = about.files(state);
        copy.show(state, paths(files));
        return about.runner().run(copy, words, files, place, what);
    }

    private static Set<String> paths(FileView files) {
        return new LinkedHashSet<>(files.paths());
    }

    /** The sources of one state with the check of another. */
    private String mixed(String sources, String check) throws Unavailable, InterruptedException {
        FileView theirs = about.files(sources);
        FileView checks = about.files(check);
        List<String> whole = new ArrayList<>();
        List<String> spliced = new ArrayList<>();
        for (String path : guarded) {
            boolean both = !Ecosystems.guards(path) && theirs.exists(path) && checks.exists(path)
                    && Ecosystems.spliced(path, theirs.text(path), checks.text(path)).isPresent();
            (both ? spliced : whole).add(path);
        }
        String state = states.compose(sources, check, whole);
        for (String path : spliced) {
            state = states.withText(state, path,
                    Ecosystems.spliced(path, theirs.text(path), checks.text(path)).orElseThrow());
        }
        return state;
    }
}
