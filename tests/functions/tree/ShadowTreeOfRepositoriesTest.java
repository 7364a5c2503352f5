package functions.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Changes;
import agent.Interruption;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories in repositories, linked worktrees, and parts of one. */
class ShadowTreeOfRepositoriesTest extends ShadowTreeLab {
    @Test
    void aPartOfARepositoryKnowsWhatIsIgnoredAbove() throws Exception {
        project.git("init -q");
        project.file(".gitignore", "*.tmp", "dist/", "/part/anchored");
        project.file("part/code", "1");
        Workspace part = new Workspace(project.root.resolve("part"));
        ShadowTree partly = new ShadowTree(part, TreeStore.alone(project.store), project.options.environment(), new Interruption());
        String before = partly.state();
        project.file("part/x.tmp", "1");
        project.file("part/dist/out", "1");
        project.file("elsewhere", "1");
        assertEquals(before, partly.state());
        project.file("part/code", "2");
        assertEquals(List.of("code"), partly.between(before, partly.state()).paths());
    }

    @Test
    void repositoriesInsideAreLookedInto() throws Exception {
        project.git("init -q");
        project.file("code", "1");
        project.file("with/commits", "1");
        project.git("-C with init -q");
        project.git("-C with add -A");
        project.git("-C with commit -qm first");
        project.file("without/commits", "1");
        project.git("-C without init -q");
        project.file("without/deeper/still", "1");
        project.git("-C without/deeper init -q");
        Files.createDirectory(project.root.resolve("empty"));
        project.git("-C empty init -q");
        Map<String, String> git = contents(project.root.resolve("with/.git"));
        String before = tree.state();
        assertEquals(Set.of("code", "with/commits", "without/commits", "without/deeper/still"), treePaths(before));
        project.file("with/commits", "2");
        project.file("without/deeper/new", "1");
        Files.delete(project.root.resolve("without/commits"));
        String after = tree.state();
        assertEquals(new Changes(List.of("with/commits", "without/deeper/new", "without/commits"), 2, 2),
                tree.between(before, after));
        assertEquals(git, contents(project.root.resolve("with/.git")));
        assertEquals(Optional.empty(), tree.limitation());
    }

    /** Agents make them to work in parallel: a whole checkout of another branch is no change of this one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linkedWorktreesBelowAreNoChangeOfTheWorkingDirectory(boolean git) throws Exception {
        if (!git) {
            tree = new ShadowTree(project.workspace(), TreeStore.alone(project.store), Map.of("PATH", "/no/such/folder"),
                    new Interruption());
        }
        project.git("init -q");
        project.file("code", "1");
        project.git("add -A");
        project.git("commit -qm first");
        project.git("worktree add -q before");
        String before = tree.state();
        project.file("before/code", "2");
        project.git("worktree add -q .claude/worktrees/feature");
        project.file(".claude/worktrees/feature/new", "1");
        assertEquals(before, tree.state());
        project.file("code", "3");
        assertEquals(List.of("code"), tree.between(before, tree.state()).paths());
    }

    @Test
    void worktreesOfAnotherRepositoryAreLookedInto_andSoAreThoseOfABareOneAroundThem() throws Exception {
        project.file("elsewhere/code", "1");
        project.git("-C elsewhere init -q");
        project.git("-C elsewhere add -A");
        project.git("-C elsewhere commit -qm first");
        project.git("clone -q --bare elsewhere .bare");
        project.file(".git", "gitdir: ./.bare");
        project.git("--git-dir=.bare worktree add -q main");
        project.git("-C elsewhere worktree add -q ../theirs");
        String before = tree.state();
        project.file("main/code", "2");
        project.file("theirs/code", "2");
        assertEquals(Set.of("main/code", "theirs/code"), Set.copyOf(tree.between(before, tree.state()).paths()));
        // From one of them its neighbours are outside, and one below it is no change of it.
        project.git("-C main worktree add -q below");
        ShadowTree inside = new ShadowTree(new Workspace(project.root.resolve("main")), TreeStore.alone(folder.resolve("inside")),
                Map.of("PATH", System.getenv("PATH")), new Interruption());
        String there = inside.state();
        project.file("main/below/code", "2");
        assertEquals(there, inside.state());
    }

    @Test
    void aFolderThatBecomesARepositoryIsStillLookedInto() throws Exception {
        project.file("lib/a", "1");
        String before = tree.state();
        project.git("-C lib init -q");
        project.file("lib/b", "1");
        assertEquals(List.of("lib/b"), tree.between(before, tree.state()).paths());
    }
}
