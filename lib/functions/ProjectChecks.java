package functions;

import checks.CheckPrograms;
import checks.Ecosystems;
import checks.FileView;
import functions.tree.ShadowTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds this project's tests by the files in its working directory, anew for each call: the worker may just have made them. */
final class ProjectChecks {
    private final Commands commands;
    private final ShadowTree tree;
    private final FileView live;

    ProjectChecks(Commands commands, ShadowTree tree) {
        this.commands = commands;
        this.tree = tree;
        this.live = tree.liveFiles();
    }

    /** The command that runs the project's own tests now, as words. */
    Optional<List<String>> tests() {
        return Ecosystems.check(live, commands::available);
    }

    /** The command that ran them at the session's start. */
    Optional<List<String>> testsAtStart() throws InterruptedException {
        return Ecosystems.check(tree.filesAtStart(), commands::available);
    }

    /** Whether the files that decide the exit code of {@code words} are the same as at the session's start. */
    boolean programsAsAtStart(List<String> words) throws InterruptedException {
        FileView start = tree.filesAtStart();
        CheckPrograms then = CheckPrograms.of(words, start);
        CheckPrograms now = CheckPrograms.of(words, live);
        return Stream.of(then.programs(), then.helpers()).flatMap(Set::stream).allMatch(path -> start.text(path).equals(live.text(path)))
                && then.parts().equals(now.parts()) && Ecosystems.definition(start).equals(Ecosystems.definition(live));
    }

    /**
     * Whether the project had this check with its present definition at the session's start. A check that was added or changed since
     * then depends on the worker alone.
     */
    boolean asAtStart() throws InterruptedException {
        FileView start = tree.filesAtStart();
        Optional<List<String>> words = Ecosystems.check(start, commands::available);
        return words.equals(tests()) && (words.isEmpty() || programsAsAtStart(words.get()));
    }
}
