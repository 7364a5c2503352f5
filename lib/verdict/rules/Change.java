package verdict.rules;

import checks.FileView;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A change of a project, as text.
 *
 * @param files that changed
 * @param tests the text of all test sources, as they are and as they were
 */
public record Change(List<FileChange> files, String tests) {
    private static final Pattern TEST_SOURCE =
            Pattern.compile("(?i).*tests?[^/]*\\.\\w+|.*(spec|snap)\\.\\w+|.*Tests?\\.(java|kt|cs)|.*_test\\.go");
    private static final int MOST_TEXT = 2 << 20;

    public static Change of(FileView before, FileView now, List<String> paths, Guarded guarded) {
        List<FileChange> files = new ArrayList<>();
        for (String path : paths) {
            files.add(new FileChange(path, before.text(path), now.text(path), before.exists(path), now.exists(path),
                    guarded.whole(path), guarded.blocks(path)));
        }
        StringBuilder tests = new StringBuilder();
        for (FileView view : List.of(before, now)) {
            for (String path : view.named(TEST_SOURCE)) {
                if (tests.length() < MOST_TEXT) {
                    tests.append(view.text(path)).append('\n');
                }
            }
        }
        for (FileChange file : files) {
            if (file.guarded() && tests.length() < MOST_TEXT) {
                tests.append(file.before()).append('\n').append(file.after()).append('\n');
            }
        }
        return new Change(List.copyOf(files), tests.toString());
    }
}
