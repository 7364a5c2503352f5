package cli;

import cli.run.EnvironmentFile;
import cli.run.KeptOptions;
import cli.run.RunOptions;
import cli.run.SettingsFiles;
import contract.Failure;
import fuzz.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The readers of this room for {@link fuzz.Fuzz}. */
public final class FuzzTargets {
    private FuzzTargets() {}

    public static List<Target> all(Path folder) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        List<byte[]> dotenv = List.of(("GEMINI_API_KEY=abc\nexport GEMINI_MODEL='x y'\n# no\nA=\"b\\nc\"\nOTEL_EXPORTER_OTLP_ENDPOINT="
                + "http://h\nEMPTY=\n").getBytes(StandardCharsets.UTF_8));
        List<byte[]> kept = List.of("--verify=make test\n--max-cost=2.5\n--no-telemetry\n--worker-cmd=sh -c 'x'\n--timeout=1h"
                .getBytes(StandardCharsets.UTF_8));
        List<byte[]> settings = List.of("model = gemini-x\nmax-iterations=5\nmax-cost=1.5\n# no\ntimeout=1h\n"
                .getBytes(StandardCharsets.UTF_8));
        return List.of(
                new Target("a project's settings", settings, input -> {
                    Files.write(project.resolve(SettingsFiles.OF_PROJECT), input);
                    try {
                        SettingsFiles.project(project);
                    } catch (Failure e) {
                        // Said to the person: what it is for.
                        return;
                    }
                }),
                new Target(".env", dotenv, input -> {
                    Files.write(project.resolve(".env"), input);
                    try {
                        EnvironmentFile.read(project, Map.of("HOME", "/h"));
                    } catch (Failure e) {
                        // Said to the person: what it is for.
                        return;
                    }
                }),
                new Target("options kept in a journal", kept, input -> {
                    RunOptions options = new RunOptions();
                    CommandLine command = new CommandLine(options);
                    command.parseArgs();
                    try {
                        KeptOptions.inherit(command.getCommandSpec(), new String(input, StandardCharsets.UTF_8).lines().toList());
                    } catch (CommandLine.ParameterException e) {
                        return;
                    }
                }));
    }
}
