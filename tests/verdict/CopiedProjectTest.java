package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Evidence;
import agent.RunListener;
import contract.EvidenceLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy in which a check runs holds the project as it was, and the working directory stays as it is. */
class CopiedProjectTest extends VerdictLab {
    @Test
    void aDirtyTreeIsJudgedFromWhatWasThereAndStaysAsItIs() throws Exception {
        Scene scene = fixable();
        Scene.run(scene.root, "git", "init", "-q");
        Scene.run(scene.root, "git", "add", "check.sh");
        scene.file("a.txt", "not committed, not staged, and bad");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @Test
    void aCheckThatWritesIntoTheTreeWritesIntoTheCopyAlone() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        // Passes on its second run in a folder, unless what it wrote is removed.
        scene.file("check.sh", "test -f seen && exit 0", "echo x > seen; echo changed > b.txt", "grep -q good a.txt");
        scene.file("b.txt", "as it was");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        assertEquals(List.of(), evidence.notes());
    }

    @Test
    void whatAnEarlierRunLeftInTheCopyIsGoneInTheNext() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("check.sh", "test -f seen && exit 1", "echo x > seen", "grep -q good a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        assertEquals(List.of(), evidence.notes());
    }

    @Test
    void aProjectInAFolderOfALargerRepositoryIsComparedWithThatFolder() throws Exception {
        Scene scene = new Scene(folder, "repository/service");
        Path top = scene.root.getParent();
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q good a.txt");
        Files.writeString(top.resolve("a.txt"), "the other one\n");
        Scene.run(top, "git", "init", "-q");
        Scene.run(top, "git", "add", ".");
        Scene.run(top, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begin");
        scene.file("a.txt", "good");
        Evidence evidence = new ChangeVerifier(scene.root, scene.outside, scene.environment, Optional.empty(),
                new JudgeOptions(Optional.of(List.of(CHECK)), false, Set.of(), Duration.ofMinutes(2)))
                .verify(Bounds.none(), () -> RunListener.NONE).evidence();
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @Test
    void aSubmoduleIsPartOfTheProject() throws Exception {
        Path library = Files.createDirectory(folder.resolve("library"));
        Files.writeString(library.resolve("a.txt"), "bad\n");
        commit(library);
        Scene scene = new Scene(folder);
        scene.file("check.sh", "grep -q good library/a.txt");
        commit(scene.root);
        Scene.run(scene.root, "git", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.toString(), "library");
        scene.begin();
        scene.file("library/a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sourcesBehindALinkAreThoseOfTheState(boolean absolute) throws Exception {
        Scene scene = new Scene(folder);
        scene.file("real/a.txt", "bad");
        scene.file("check.sh", "grep -q good src/a.txt");
        Files.createSymbolicLink(scene.root.resolve("src"), absolute ? scene.root.resolve("real") : Path.of("real"));
        scene.begin();
        scene.file("real/a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        // Where the copy cannot stand in the place of the tree, an absolute link would show the new sources as the old ones.
        boolean said = absolute && evidence.level() == EvidenceLevel.UNCHANGED
                && evidence.notes().toString().contains("absolute path");
        assertTrue(evidence.level() == EvidenceLevel.INDEPENDENT || said, evidence.toString());
    }
}
