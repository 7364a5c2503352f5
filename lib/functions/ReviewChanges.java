package functions;

import agent.Bounds;
import agent.Changes;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import functions.tree.Refused;
import functions.tree.ShadowTree;
import functions.tree.Workspace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code review_changes}: shows the changes since the session's start, for the reasoner to judge. It is no verification. */
record ReviewChanges(Workspace workspace, ShadowTree tree) {
    private static final int MOST_PATHS = 500;

    FunctionResult execute(Decision.ReviewChanges decision, Bounds bounds) throws InterruptedException {
        bounds.interruption().check();
        List<String> paths;
        try {
            paths = paths(decision.filePaths());
        } catch (Refused e) {
            return FunctionResult.refused(e.getMessage());
        }
        String now = tree.state();
        String before = tree.first().orElse(now);
        Changes changes = tree.between(before, now);
        StringBuilder text = new StringBuilder();
        decision.context().filter(context -> !context.isBlank())
                .ifPresent(context -> text.append("For: ").append(context.strip()).append("\n\n"));
        if (changes.none()) {
            text.append("Nothing has changed since the session began.");
        } else {
            text.append(changed(before, now, changes, paths));
        }
        tree.limitation().ifPresent(limitation -> text.append("\n\nNote: ").append(limitation).append('.'));
        return FunctionResult.ok(text.toString());
    }

    private String changed(String before, String now, Changes changes, List<String> paths) throws InterruptedException {
        Optional<String> patch = tree.patch(before, now, paths, FunctionOptions.OUTPUT_CAP);
        if (patch.isPresent()) {
            return patch.get().isBlank() ? "Nothing has changed in these files since the session began."
                    : Report.plain(patch.get()).stripTrailing();
        }
        StringBuilder list = new StringBuilder("Changed since the session began (their lines cannot be shown):");
        changes.paths().stream().filter(path -> paths.isEmpty() || paths.stream().anyMatch(p -> within(path, p)))
                .limit(MOST_PATHS).forEach(path -> list.append('\n').append(path));
        return list.toString();
    }

    private static boolean within(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    /** Relative paths, including deleted files; they are only names, and no file is opened. */
    private List<String> paths(List<String> given) throws Refused {
        List<String> paths = new ArrayList<>();
        for (String path : given) {
            Path file;
            try {
                file = workspace.root().resolve(path).normalize();
            } catch (InvalidPathException e) {
                throw new Refused("refused: this is not a valid file name: " + e.getReason(), e);
            }
            if (!file.startsWith(workspace.root())) {
                throw new Refused(path + ": refused, it is outside of the working directory");
            }
            String relative = workspace.relative(file);
            if (relative.isEmpty()) {
                return List.of();
            }
            paths.add(relative);
        }
        return paths;
    }
}
