package cli.run;

import contract.Failure;
import contract.StateFolders;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Permanent options in files, as {@code name=value} lines with the options' long names. The user's file can set everything, a
 * project's file only limits and models, because its author may be a stranger. The order: the command line wins, then a resumed
 * session's own options, then the user's file, then the project's.
 */
public final class SettingsFiles {
    /** In the working directory. */
    public static final String OF_PROJECT = "agentproxy.properties";
    private static final String OF_USER = "settings.properties";
    private static final long MAX_BYTES = 64 * 1024;

    /** Options for one run only, which a file cannot set. */
    private static final Set<String> NOT_FOR_GOOD = Set.of("--working-dir", "--task", "--session", "--help", "--version",
            "--list-sessions", "--context-dir", "--screenshot", "--add-screenshot", "--rehearse", "--json");
    private static final Set<String> FOR_PROJECTS = Set.of("--model", "--max-iterations", "--max-cost", "--max-turns",
            "--timeout", "--worker-idle", "--worker-timeout");

    private static final CommandSpec RUN = CommandSpec.forAnnotatedObject(new RunOptions());

    private SettingsFiles() {}

    /** The options of the user's file, as {@code --name=value}. */
    static List<String> user(Map<String, String> environment) {
        Path file = StateFolders.config(environment).resolve(OF_USER);
        Set<String> allowed = new TreeSet<>(RUN.options().stream().map(OptionSpec::longestName).toList());
        allowed.removeAll(NOT_FOR_GOOD);
        return Files.isRegularFile(file) ? words(file, allowed) : List.of();
    }

    /** The options of the project's file; it is read only if it is a small regular file. */
    public static List<String> project(Path directory) {
        Path file = directory.resolve(OF_PROJECT);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? words(file, new TreeSet<>(FOR_PROJECTS)) : List.of();
    }

    /** The path of the user's file, for messages. */
    static Path userFile(Map<String, String> environment) {
        return StateFolders.config(environment).resolve(OF_USER);
    }

    private static List<String> words(Path file, Set<String> allowed) {
        Properties properties = new Properties();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw Failure.usage(file + " is larger than " + MAX_BYTES + " bytes", "write a few lines of name=value");
            }
            properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.usage(file + " cannot be read: " + e.getMessage(), "write lines of name=value in UTF-8");
        }
        List<String> words = new ArrayList<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            String value = properties.getProperty(name).strip();
            String option = "--" + name.strip();
            if (!allowed.contains(option)) {
                throw Failure.usage(file + " sets '" + name + "', which is not allowed there",
                        "it can set: " + String.join(", ", allowed).replace("--", ""));
            }
            OptionSpec known = RUN.findOption(option);
            boolean flag = known.arity().max() == 0 || known.negatable();
            if (flag && !value.equals("true") && !value.equals("false")) {
                throw Failure.usage(file + ": " + name + " must be true or false, not '" + value + "'", "correct this line");
            }
            if (!flag) {
                words.add(option + "=" + value);
            } else if (value.equals("true")) {
                words.add(option);
            } else if (known.negatable()) {
                words.add(option.replaceFirst("^--", "--no-"));
            }
        }
        return words;
    }
}
