package verdict;

import agent.WholeChange;
import checks.FileView;
import functions.tree.ShadowTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is needed to judge a change.
 *
 * @param tree whose states are compared
 * @param copies the folder of all copies
 * @param runner runs the check
 * @param live whether what is judged is what the working directory holds now
 * @param baseline whether the check is run on the old files
 * @param accepted names of rules that the user lets pass
 * @param early the check's run on the old files that was begun with the run
 */
record Examination(ShadowTree tree, Path copies, Commands commands, CheckRunner runner, boolean live, boolean baseline,
        Set<String> accepted, Optional<EarlyBaseline> early) {
    /**
     * The check's command in words, before the change and after it; empty where there is none.
     *
     * @param mayRunNew whether a check that came or changed with the change may be run
     */
    record Commands(List<String> before, List<String> now, boolean mayRunNew) {}

    /** The check that is judged by: the one that was there, or, where there was none and it may be run, the new one. */
    List<String> check() {
        return !commands.before().isEmpty() ? commands.before() : commands.mayRunNew() ? commands.now() : List.of();
    }

    FileView files(String state) throws InterruptedException {
        return tree.files(state).orElse(tree.liveFiles());
    }

    /** The whole change, for a reviewer. */
    static WholeChange change(ShadowTree tree, String before, String now) throws InterruptedException {
        return WholeChange.of(tree.patch(before, now, List.of(), 2 * WholeChange.MOST));
    }
}
