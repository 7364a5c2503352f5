package functions;

import checks.NodeProject;
import contract.Failure;
import functions.tree.Refused;
import functions.tree.Workspace;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import process.CommandWords;

/** Finds out how to start a product, and on which port it listens. */
record ProductStart(Commands commands, Runners runners) {
    private static final List<String> USUAL_FILES = List.of("server.py", "app.py", "main.py", "run.py", "server.js", "app.js",
            "index.js", "server.mjs", "app.rb", "src/main.rs", "main.go");
    private static final Pattern PORT_OPTION = Pattern.compile("(?:^|.*[:=])(\\d{2,5})");
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?i)(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\]|\\*):(\\d{2,5})\\b"
            + "|\\bport(?:\\(s\\))?\\W{1,3}(\\d{2,5})\\b");
    private static final int HIGHEST_PORT = 65_535;

    /** The command as words: the given one, or the usual one for such a project. */
    Optional<List<String>> command(Optional<String> given) throws Refused {
        if (given.isPresent() && !given.get().isBlank()) {
            try {
                return Optional.of(CommandWords.split(given.get()));
            } catch (Failure e) {
                throw new Refused(e.getMessage() + "; " + e.hint(), e);
            }
        }
        Workspace workspace = commands.workspace();
        return NodeProject.start(workspace.files()).or(() -> USUAL_FILES.stream().map(workspace.root()::resolve)
                .filter(Files::isRegularFile).flatMap(file -> runners.command(file).stream()).findFirst());
    }

    /** The port in a command: {@code --port 8000}, {@code --bind=127.0.0.1:8000}, {@code http.server 8000}. */
    static OptionalInt portIn(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            boolean named = words.get(i - 1).matches("-p|-P|--port|-port|--bind|-b|--listen|-l|-S|http\\.server|runserver")
                    || word.matches("(--port|--bind|--listen)=.*");
            Matcher matcher = PORT_OPTION.matcher(word);
            if (named && matcher.matches()) {
                return valid(matcher.group(1));
            }
        }
        return OptionalInt.empty();
    }

    /** The port that a program has named in its output so far. */
    static OptionalInt announced(String output) {
        Matcher matcher = ANNOUNCED.matcher(output);
        while (matcher.find()) {
            OptionalInt port = valid(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            if (port.isPresent()) {
                return port;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt valid(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= HIGHEST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
