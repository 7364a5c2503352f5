package functions;

import agent.Changes;
import functions.tree.Refused;
import functions.tree.ShadowTree;
import functions.tree.Workspace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The changed files that {@code verify_code} checks when the call names none. */
record ChangedFiles(Workspace workspace, Runners runners, ShadowTree tree) {
    /** More files than this are a generated tree, not a script. */
    private static final int MOST = 50;

    private static final Pattern CHECK = Pattern.compile("(?i)(.*[^a-z])?(test|tests|check|checks|spec|verify)([^a-z].*)?");

    /** The files with a syntax that can be checked; relative paths. */
    List<String> parseable(Changes changes) {
        return existing(changes).stream().map(workspace::relative)
                .filter(path -> SyntaxCheck.command(tree.liveFiles(), path).isPresent()).limit(MOST).toList();
    }

    /** The files that clearly are programs; without any, all that can be run. Only for a run in which that is allowed. */
    List<String> programs(Changes changes) {
        List<Path> runnable = existing(changes).stream().filter(runners::madeToBeRun).toList();
        List<Path> programs = runnable.stream().filter(runners::isProgram).toList();
        return (programs.isEmpty() ? runnable : programs).stream().map(workspace::relative).toList();
    }

    /** The command of the first file with a name of a test or a check. */
    Optional<List<String>> check(Changes changes) {
        return existing(changes).stream().filter(runners::madeToBeRun)
                .filter(file -> CHECK.matcher(file.getFileName().toString()).matches()).findFirst().flatMap(runners::command);
    }

    private List<Path> existing(Changes changes) {
        List<Path> files = new ArrayList<>();
        for (String path : changes.paths()) {
            try {
                Path file = workspace.existing(path);
                if (Files.isRegularFile(file) && !files.contains(file)) {
                    files.add(file);
                }
            } catch (Refused | InvalidPathException e) {
                // Deleted, or a link that leads out of the project: nothing to check.
                continue;
            }
        }
        return files;
    }
}
