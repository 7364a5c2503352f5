package functions;

import checks.CheckPrograms;
import checks.Ecosystems;
import checks.FileView;
import functions.tree.ShadowTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How this project is tested, by the files in its working directory, anew each time: the worker may just have made it. */
final class ProjectChecks {
    private final Commands commands;
    private final ShadowTree tree;
    private final FileView live;

    ProjectChecks(Commands commands, ShadowTree tree) {
        this.commands = commands;
        this.tree = tree;
        this.live = tree.liveFiles();
    }

    /** The command that runs the project's own tests, in words. */
    Optional<List<String>> tests() {
        return Ecosystems.check(live, commands::available);
    }

    /** The command that ran them when the session began. */
    Optional<List<String>> testsAtStart() throws InterruptedException {
        return Ecosystems.check(tree.filesAtStart(), commands::available);
    }

    /** Whether the files that decide {@code words} by their exit code are as they were when the session began. */
    boolean programsAsAtStart(List<String> words) throws InterruptedException {
        FileView start = tree.filesAtStart();
        CheckPrograms then = CheckPrograms.of(words, start);
        CheckPrograms now = CheckPrograms.of(words, live);
        return Stream.of(then.programs(), then.helpers()).flatMap(Set::stream).allMatch(path -> start.text(path).equals(live.text(path)))
                && then.parts().equals(now.parts()) && Ecosystems.definition(start).equals(Ecosystems.definition(live));
    }

    /**
     * Whether the project had this check, defined as it is now, when the session began. One that came or changed since then
     * is the worker's word alone.
     */
    boolean asAtStart() throws InterruptedException {
        FileView start = tree.filesAtStart();
        Optional<List<String>> words = Ecosystems.check(start, commands::available);
        return words.equals(tests()) && (words.isEmpty() || programsAsAtStart(words.get()));
    }
}
