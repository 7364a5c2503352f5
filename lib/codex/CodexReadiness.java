package codex;

import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import workers.Texts;
import workers.WorkerProgram;

/**
 * Finds problems that would end every round of Codex, before the first one costs money: a configuration that Codex cannot read, and a
 * missing login. It asks Codex itself, which sends no request for it.
 */
final class CodexReadiness {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String BAD_CONFIGURATION = "Error loading config";
    private static final String NOT_LOGGED_IN = "Not logged in";
    /** A provider other than OpenAI has its own key; {@code login status} does not know it. */
    private static final Pattern OTHER_PROVIDER =
            Pattern.compile("(?m)^[ \\t]*+(model_provider\\s*=|\\[model_providers|oss_provider\\s*=)");
    private static final List<String> KEYS = List.of("CODEX_API_KEY", "CODEX_ACCESS_TOKEN");
    private static final int MAX_BYTES = 1 << 20;
    private static final int MESSAGE = 300;

    private CodexReadiness() {}

    /**
     * @param exec the command line of a round
     * @return the part of the configuration that Codex does not know and ignores, for the user; otherwise empty
     * @throws Failure of the self-check when no round could succeed
     */
    static Optional<String> check(Path program, List<String> exec, CodexOptions options, Map<String, String> environment) {
        if (WorkerProgram.isScript(program)) {
            return Optional.empty();
        }
        Optional<String> complaint = configuration(strict(exec), options, environment);
        if (complaint.isPresent()) {
            // Codex reports an unknown field only with --strict-config; fields are removed between versions.
            configuration(exec, options, environment).ifPresent(words -> {
                throw Failure.selfCheck("Codex cannot read its configuration: " + words,
                        "correct its config.toml, or move the file away");
            });
        }
        login(program, options, environment);
        return complaint.map(words -> "Codex ignores a part of its configuration: " + words);
    }

    /** With an empty prompt, Codex reads its configuration and ends. */
    private static Optional<String> configuration(List<String> exec, CodexOptions options, Map<String, String> environment) {
        return WorkerProgram.ask(exec, options.directory(), environment, LIMIT)
                .filter(said -> said.exitCode() != 0 && said.stderr().contains(BAD_CONFIGURATION))
                .map(said -> Texts.oneLine(said.stderr().substring(said.stderr().indexOf(BAD_CONFIGURATION)), MESSAGE));
    }

    private static List<String> strict(List<String> exec) {
        List<String> strict = new ArrayList<>(exec);
        strict.add(strict.indexOf("exec") + 1, "--strict-config");
        return strict;
    }

    private static void login(Path program, CodexOptions options, Map<String, String> environment) {
        boolean key = KEYS.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        if (key || otherProvider(options, environment)) {
            return;
        }
        WorkerProgram.ask(List.of(program.toString(), "login", "status"), options.directory(), environment, LIMIT)
                .filter(said -> said.exitCode() != 0 && (said.output() + said.stderr()).contains(NOT_LOGGED_IN))
                .ifPresent(said -> {
                    throw Failure.selfCheck("Codex is not logged in",
                            "log in: codex login; or set CODEX_API_KEY; or name a provider with a key in its config.toml");
                });
    }

    private static boolean otherProvider(CodexOptions options, Map<String, String> environment) {
        String home = environment.getOrDefault("CODEX_HOME", "");
        Path file = home.isBlank() ? Path.of(environment.getOrDefault("HOME", ""), ".codex", "config.toml")
                : Path.of(home, "config.toml");
        try {
            return options.arguments().stream().anyMatch(argument -> argument.startsWith("model_provider"))
                    || Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                            && OTHER_PROVIDER.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            // Codex reports the problem when it reads the file.
            return true;
        }
    }
}
