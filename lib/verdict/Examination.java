package verdict;

import agent.Bounds;
import agent.RunListener;
import checks.FileView;
import functions.tree.ShadowTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is needed to judge a change.
 *
 * @param tree whose states are compared
 * @param copies the folder of all copies
 * @param oldCheck the check's command before the change, {@code newCheck} after it, in words; empty where there is none
 * @param mayRunNew whether a check that came or changed with the change may be run
 * @param environment the checks' own
 * @param live whether what is judged is what the working directory holds now
 * @param baseline whether the check is run on the old files
 * @param limit for one run of the check
 * @param accepted names of rules that the user lets pass
 * @param early the check's run on the old files that was begun with the run
 */
record Examination(ShadowTree tree, Path copies, List<String> oldCheck, List<String> newCheck, boolean mayRunNew, boolean live,
        boolean baseline, Map<String, String> environment, Duration limit, Set<String> accepted, Bounds bounds, RunListener listener,
        Optional<EarlyBaseline> early) {
    /** Without a baseline that was begun before anybody asked. */
    Examination(ShadowTree tree, Path copies, List<String> oldCheck, List<String> newCheck, boolean mayRunNew, boolean live,
            boolean baseline, Map<String, String> environment, Duration limit, Set<String> accepted, Bounds bounds,
            RunListener listener) {
        this(tree, copies, oldCheck, newCheck, mayRunNew, live, baseline, environment, limit, accepted, bounds, listener,
                Optional.empty());
    }

    /** The check that is judged by: the one that was there, or, where there was none and it may be run, the new one. */
    List<String> check() {
        return !oldCheck.isEmpty() ? oldCheck : mayRunNew ? newCheck : List.of();
    }

    CheckRunner runner() {
        return new CheckRunner(environment, limit, bounds, listener);
    }

    /** For a run that may take no longer than this either. */
    CheckRunner runner(Duration most) {
        return new CheckRunner(environment, most.compareTo(limit) < 0 ? most : limit, bounds, listener);
    }

    FileView files(String state) throws InterruptedException {
        return tree.files(state).orElse(tree.liveFiles());
    }
}
