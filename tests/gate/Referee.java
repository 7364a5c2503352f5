package gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Judges a run that ended {@code completed} once more, from its journal and from the states that were kept of its files. It
 * is written apart from the room {@code verdict} and shares nothing with it: it lays the states down in folders of their own,
 * runs the check by itself, and looks at exit codes alone. Good for small projects, whose tests stand in files of their own.
 */
final class Referee {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CHECKS = Pattern.compile("(.*/)?(tests?|testdata|src/test|\\.mvn|\\.cargo)/.*|(.*/)?(test_[^/]*"
            + "|[^/]*_test|tests?|checks?)\\.\\w+"
            + "|.*\\.(test|spec)\\.\\w+|.*Test\\.java|(.*/)?(conftest\\.py|pytest\\.ini|vitest\\.config\\..*|.*\\.snap|.*\\.mk|Makefile)");
    /** Checks whose runners say which test failed; of the others an exit code is all that there is. */
    private static final Pattern NAMES_TESTS = Pattern.compile("^(npm|npx|pnpm|yarn|bun|go|cargo|mvn|gradle|pytest|vitest)\\b|\\./mvnw\\b"
            + "|\\bpytest\\b");
    /** How a test begins in the languages of the cases: its name, or the text that it is called by. */
    private static final Pattern TEST = Pattern.compile("(?m)^\\s*(?:def\\s+(?=test)|func\\s+(?=Test)|fn\\s+|(?:public\\s+)?void\\s+)(\\w+)"
            + "|\\b(?:it|test)\\(\\s*['\"`](.*?)['\"`]\\s*,");
    private static final int PATIENCE_SECONDS = 300;

    private final Path repository;
    private final Path scratch;
    private final Map<String, String> environment;
    private final List<String> reasons = new ArrayList<>();
    private int folders;

    /**
     * What came of it.
     *
     * @param claimed the level that the run ended with, {@code level} what the referee finds; both as {@code pa} writes them
     */
    record Ruling(String claimed, String level, List<String> reasons) {
        boolean agrees() {
            return claimed.equals(level);
        }
    }

    private Referee(Path repository, Path scratch, Map<String, String> environment) {
        this.repository = repository;
        this.scratch = scratch;
        this.environment = environment;
    }

    /**
     * @param session the folder that holds the journal
     * @param repository where the states are kept, as trees of git
     * @param scratch an empty folder
     * @param live the working directory, from which only what is installed is taken
     * @param environment of the check
     */
    static Ruling rule(Path session, Path repository, Path scratch, Path live, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : Files.readAllLines(session.resolve("journal.jsonl"))) {
            entries.add(JSON.readTree(line));
        }
        JsonNode judged = last(entries, "Judged").orElseThrow().path("evidence");
        String begin = entries.stream().filter(e -> e.path("type").asText().equals("TreeObserved")).findFirst().orElseThrow()
                .path("event").path("state").asText();
        Optional<String> check = last(entries, "CheckStarted").map(e -> e.path("command").asText());
        Referee referee = new Referee(repository, scratch, environment);
        String level = referee.level(entries, judged, begin, check, live);
        return new Ruling(judged.path("level").asText().toLowerCase(java.util.Locale.ROOT), level, referee.reasons);
    }

    private static Optional<JsonNode> last(List<JsonNode> entries, String type) {
        return entries.stream().filter(e -> e.path("type").asText().equals(type)).reduce((one, other) -> other).map(e -> e.path("event"));
    }

    private String level(List<JsonNode> entries, JsonNode judged, String begin, Optional<String> check, Path live)
            throws IOException, InterruptedException {
        String end = judged.path("state").asText();
        TreeSet<String> changed = new TreeSet<>(git("diff-tree", "-r", "--name-only", "--no-renames", begin, end));
        if (changed.isEmpty()) {
            return "none";
        }
        boolean byModel = false;
        for (JsonNode suspicion : judged.path("suspicions")) {
            String by = suspicion.path("liftedBy").asText();
            if (by.isEmpty()) {
                return say("unchanged", "a suspicion is open: " + suspicion);
            }
            byModel |= !by.equals("user");
            if (suspicion.path("hard").asBoolean() && !by.equals("user")) {
                return say("unchanged", "a model lifted a hard suspicion: " + suspicion);
            }
        }
        if (check.isPresent() && !byModel) {
            String shown = shown(begin, end, changed, check.get(), live);
            if (!shown.equals("unchanged")) {
                return shown;
            }
        }
        return reviewed(entries, judged) ? "reviewed" : check.isPresent() ? "unchanged" : "none";
    }

    /** Four runs, by exit code: old, new, the new sources with the old check, the old sources with the new check. */
    private String shown(String begin, String end, TreeSet<String> changed, String check, Path live)
            throws IOException, InterruptedException {
        List<String> checks = new ArrayList<>();
        for (String path : changed) {
            if (check(path, begin, end, check)) {
                checks.add(path);
            }
        }
        boolean old = passes(check, live, begin, begin, List.of());
        boolean fresh = passes(check, live, end, end, List.of());
        boolean kept = passes(check, live, end, begin, checks);
        boolean mixed = passes(check, live, begin, end, checks);
        reasons.add("old " + old + ", new " + fresh + ", kept " + kept + ", mixed " + mixed + ", check files " + checks);
        if (!fresh) {
            return "none";
        }
        if (!old && kept) {
            return "independent";
        }
        if (!mixed && NAMES_TESTS.matcher(check).find() && !brought(begin, end, checks)) {
            return say("unchanged", "the tests that fail on the old sources were there before, in another form");
        }
        return mixed ? "unchanged" : "own_tests";
    }

    /** Whether a test came with the change, by the names that test sources declare. */
    private boolean brought(String begin, String end, List<String> checks) throws IOException, InterruptedException {
        TreeSet<String> names = new TreeSet<>();
        for (String path : checks) {
            names.addAll(declared(text(end, path)));
        }
        for (String path : checks) {
            names.removeAll(declared(text(begin, path)));
        }
        return !names.isEmpty();
    }

    private static List<String> declared(String source) {
        return TEST.matcher(source).results().map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .collect(Collectors.toList());
    }

    private boolean check(String path, String begin, String end, String check) throws IOException, InterruptedException {
        if (path.endsWith("package.json")) {
            return !scripts(begin, path).equals(scripts(end, path));
        }
        if (path.endsWith("Makefile")) {
            return !rule(text(begin, path)).equals(rule(text(end, path)));
        }
        if (path.endsWith("pom.xml")) {
            return !build(text(begin, path)).equals(build(text(end, path)));
        }
        boolean named = Arrays.asList(check.split("\\s+")).stream().anyMatch(word -> word.replaceFirst("^\\./", "").equals(path));
        boolean called = text(begin, "Makefile").concat(text(end, "Makefile")).contains("./" + path);
        return named || called || CHECKS.matcher(path).matches();
    }

    /** The lines of the target {@code test}, and those outside of rules. */
    private static String rule(String makefile) {
        StringBuilder kept = new StringBuilder();
        boolean other = false;
        for (String line : makefile.split("\n")) {
            if (!line.startsWith("\t") && line.contains(":") && !line.contains("=")) {
                other = !line.startsWith("test:");
            }
            kept.append(other || line.isBlank() ? "" : line + "\n");
        }
        return kept.toString();
    }

    private static String build(String pom) {
        Matcher matcher = Pattern.compile("(?s)<build>.*</build>").matcher(pom);
        return matcher.find() ? matcher.group() : "";
    }

    private String scripts(String state, String path) throws IOException, InterruptedException {
        String text = text(state, path);
        return text.isEmpty() ? "" : JSON.readTree(text).path("scripts").toString();
    }

    /** Whether a model was shown the whole change and every suspicion, and said once more that it is done. */
    private boolean reviewed(List<JsonNode> entries, JsonNode judged) {
        if (judged.path("reviewer").asText("").isEmpty() || judged.path("reviewer").isNull()) {
            reasons.add("nobody reviewed it");
            return false;
        }
        String state = judged.path("state").asText();
        boolean announced = false;
        boolean claimed = false;
        String answer = "";
        String seen = "";
        for (JsonNode entry : entries) {
            JsonNode event = entry.path("event");
            String type = entry.path("type").asText();
            if (type.equals("TreeObserved")) {
                seen = event.path("state").asText();
            }
            JsonNode decision = event.path("decision");
            if (type.equals("FunctionEnded") && decision.path("name").asText().equals("mark_done") && seen.equals(state)) {
                boolean accepted = event.path("result").path("success").asBoolean();
                claimed |= announced && accepted;
                answer = accepted ? decision.toString() : answer;
                announced |= !accepted && event.path("result").path("output").asText().contains("look at the whole change");
            }
        }
        String said = answer;
        for (JsonNode suspicion : judged.path("suspicions")) {
            String place = suspicion.path("line").asInt() > 0 ? suspicion.path("file").asText() + ":" + suspicion.path("line").asInt()
                    : suspicion.path("file").asText().isEmpty() ? suspicion.path("rule").asText() : suspicion.path("file").asText();
            if (!suspicion.path("liftedBy").asText().equals("user") && !said.contains(place)) {
                reasons.add("the answer does not name " + place);
                return false;
            }
        }
        reasons.add("shown " + announced + ", claimed again " + claimed);
        return announced && claimed;
    }

    /** Whether the check passes on the files of one state, but for some that are as in another one. */
    private boolean passes(String check, Path live, String sources, String other, List<String> those)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectory(scratch.resolve("t" + folders++));
        Path archive = folder.resolveSibling(folder.getFileName() + ".tar");
        lay(sources, List.of(), archive, folder);
        for (String path : those) {
            Files.deleteIfExists(folder.resolve(path));
        }
        List<String> there = new ArrayList<>(git("ls-tree", "-r", "--name-only", "--full-tree", other));
        there.retainAll(those);
        if (!there.isEmpty()) {
            lay(other, there, archive, folder);
        }
        if (Files.isDirectory(live.resolve("node_modules"))) {
            run(List.of("cp", "-a", live.resolve("node_modules").toString(), folder.toString()), folder);
        }
        int exit = run(Arrays.asList(check.split("\\s+")), folder);
        return exit == 0;
    }

    private void lay(String state, List<String> paths, Path archive, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + repository, "archive", "--format=tar", "-o",
                archive.toString(), state));
        command.addAll(paths);
        if (run(command, folder) != 0 || run(List.of("tar", "-xf", archive.toString(), "-C", folder.toString()), folder) != 0) {
            throw new IOException("the state " + state + " cannot be laid down");
        }
    }

    private String text(String state, String path) throws IOException, InterruptedException {
        return git("ls-tree", "-r", "--name-only", "--full-tree", state).contains(path)
                ? String.join("\n", git("cat-file", "blob", state + ":" + path)) : "";
    }

    private List<String> git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + repository));
        Collections.addAll(command, words);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines()
                .collect(Collectors.toList());
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed");
        }
        return lines;
    }

    private int run(List<String> words, Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            // A program of the project that is not there.
            return 127;
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(words + " does not end");
        }
        return process.exitValue();
    }

    private String say(String level, String reason) {
        reasons.add(reason);
        return level;
    }
}
