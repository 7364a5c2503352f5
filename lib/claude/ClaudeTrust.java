package claude;

import com.fasterxml.jackson.databind.JsonNode;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import workers.Version;
import workers.WorkerJson;
import workers.WorkerProgram;

/**
 * Checks whether Claude Code ignores the permissions in the project's own settings, because the user has not trusted the folder yet.
 * Claude Code asks about trust only on a terminal; otherwise it writes a warning to stderr, and its tools are denied one by one.
 * This check calls Claude Code with an empty prompt, which sends no request, instead of copying its rules of trust.
 */
final class ClaudeTrust {
    /** The order in which Claude Code reads its settings by default. */
    private static final String ALL_SOURCES = "user,project,local";
    private static final Map<String, String> FILES = Map.of("project", ".claude/settings.json", "local",
            ".claude/settings.local.json");
    /** Measured with 2.1.332; since 2.1.195 by anthropics/claude-code#79707 and others. */
    private static final Pattern LEFT_OUT =
            Pattern.compile("Ignoring \\d+ permissions\\.allow entr(?:y|ies) from (\\S+): this workspace has not been trusted");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 16 << 20;

    private ClaudeTrust() {}

    /** @throws Failure of the self-check when it would ignore the project's permissions */
    static void require(ClaudeOptions options, Path program, Map<String, String> environment, Optional<Version> version) {
        List<String> sources = Arrays.asList(options.settingSources().orElse(ALL_SOURCES).split("(?<!\\s)\\s*+,\\s*+"));
        boolean allows = sources.stream().filter(FILES::containsKey)
                .anyMatch(source -> allows(options.directory().resolve(FILES.get(source))));
        // In this mode every tool is allowed, so no permission is needed.
        if (!allows || options.permissionMode().equals("bypassPermissions") || !ClaudeLogin.asks(program, version)
                || trusted(options.directory(), environment)) {
            return;
        }
        List<String> question = new ArrayList<>(List.of(program.toString(), "-p", "--settings", "{\"disableAllHooks\":true}",
                "--strict-mcp-config", "--no-session-persistence"));
        options.settingSources().ifPresent(list -> question.addAll(List.of("--setting-sources", list)));
        WorkerProgram.ask(question, options.directory(), environment, LIMIT).map(said -> LEFT_OUT.matcher(said.stderr()))
                .filter(matcher -> matcher.find()).ifPresent(matcher -> {
                    throw Failure.selfCheck("Claude Code does not trust the folder " + options.directory()
                            + " yet and ignores the permissions in " + matcher.group(1),
                            "run claude there once and accept; or go on without the project's"
                            + " own settings: --setting-sources user");
                });
    }

    private static boolean allows(Path settings) {
        return !read(settings).at("/permissions/allow").isEmpty();
    }

    /** A short cut for trust in exactly this folder. Claude Code knows more ways to trust. */
    private static boolean trusted(Path directory, Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        String folder = environment.getOrDefault("CLAUDE_CONFIG_DIR", home);
        return !folder.isBlank() && read(Path.of(folder, ".claude.json")).path("projects").path(directory.toString())
                .path("hasTrustDialogAccepted").asBoolean(false);
    }

    private static JsonNode read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? WorkerJson.MAPPER.readTree(Files.readAllBytes(file)) : WorkerJson.MAPPER.missingNode();
        } catch (IOException e) {
            // Claude Code itself reports the problem when it reads the file.
            return WorkerJson.MAPPER.missingNode();
        }
    }
}
