package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Evidence;
import contract.EvidenceLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the copy keeps and loses when it is switched to another state, and where it stands when the system gives no place to it. */
class CopySwitchTest extends VerdictLab {
    /** A system without namespaces: there the copy cannot stand in the working directory's place. */
    private static void withoutNamespaces(Scene scene) throws IOException {
        only(scene, "sh", "git", "grep", "cp", "mkdir", "test", "cat");
    }

    @Test
    void whatABuildMadeOfASourceThatIsGoneGoesWithIt() throws Exception {
        Scene scene = new Scene(folder);
        scene.file(".gitignore", "build/");
        scene.file("src/a.txt", "a");
        scene.file("src/old.txt", "old");
        scene.file("check.sh", "mkdir -p build && cp src/* build/ && test ! -f build/old.txt");
        scene.begin();
        Files.delete(scene.root.resolve("src/old.txt"));
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @Test
    void whileNoSourceIsGoneTheBuildStaysWarm() throws Exception {
        Scene scene = new Scene(folder);
        scene.file(".gitignore", "build/");
        scene.file("a.txt", "bad");
        Path cold = scene.outside.resolve("cold");
        scene.file("check.sh", "test -d build || echo cold >> '" + cold + "'", "mkdir -p build", "grep -q good a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        assertEquals(EvidenceLevel.INDEPENDENT, scene.judge(CHECK).level());
        assertEquals(1, Files.readAllLines(cold).size(), "of three runs");
    }

    @Test
    void aFolderNamedLikeABuildsThatHoldsSourcesOrDependenciesStays() throws Exception {
        Scene scene = new Scene(folder);
        scene.file(".gitignore", "node_modules/");
        scene.file("dist/tool.txt", "a source");
        scene.file("node_modules/pkg/dist/index.js", "x");
        scene.file("gone.txt", "x");
        scene.file("check.sh", "test -f dist/tool.txt && test -f node_modules/pkg/dist/index.js && test ! -f gone.txt");
        scene.begin();
        Files.delete(scene.root.resolve("gone.txt"));
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @Test
    void whereItStandsBesideVariablesThatNameTheFolderNameTheCopy() throws Exception {
        Scene scene = new Scene(folder);
        withoutNamespaces(scene);
        scene.file("a.txt", "bad");
        scene.environment.put("WHERE", scene.root.toString());
        scene.environment.put("MORE", "/x:" + scene.root + "/a.txt:/y");
        scene.environment.put("OTHER", scene.root + "-other");
        scene.environment.put("PARENT", scene.root.getParent().toString());
        scene.file("check.sh", "test \"$OTHER\" = \"$PARENT/work-other\" || exit 1", "case $MORE in /x:*/a.txt:/y) ;; *) exit 1;; esac",
                "case $MORE in *\"$PARENT/work/\"*) exit 1;; esac", "grep -q good \"$WHERE/a.txt\"");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @Test
    void whereItStandsBesideWhatLeadsBackIsSaidAndNothingIsCompared() throws Exception {
        Scene scene = fixable();
        withoutNamespaces(scene);
        scene.file("paths.txt", "see " + scene.root + "/a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of("nothing could be compared: paths.txt names the working directory by its absolute path, and "
                + "this system does not "
                + "let the copy stand in its place"), evidence.notes());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
        assertEquals(0, entries(scene.copies));
    }

    @Test
    void workThatLeadsBackMakesTheCopyOfTheWorksBeginningUseless() throws Exception {
        Scene scene = fixable();
        withoutNamespaces(scene);
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            scene.file("a.txt", "good");
            scene.file("paths.txt", "see " + scene.root + "/a.txt");
            Evidence evidence = scene.judge(judge);
            assertTrue(evidence.notes().toString().contains("the copy that was made when the work began is of no use: paths.txt names the "
                    + "working directory by its absolute path, and this system does not let the copy stand in its place"),
                    evidence.toString());
            assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED));
        }
    }

    @Test
    void whereItStandsBesideAnHonestFixIsShownAllTheSame() throws Exception {
        Scene scene = fixable();
        withoutNamespaces(scene);
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            scene.file("a.txt", "good");
            Evidence evidence = scene.judge(judge);
            assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
            assertEquals(List.of(), evidence.notes());
        }
    }
}
