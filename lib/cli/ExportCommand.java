package cli;

import cli.run.StateOption;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import telemetry.PastTelemetry;

/** {@code pa export ID}: writes a session as OTLP in JSON to a file, for users and backends that read files. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Write a session as OTLP in JSON, one line for each signal of each run.")
final class ExportCommand extends Verb {
    private static final String STDOUT = "-";

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The session, or an unambiguous part of its id "
            + "(default: the newest of this folder).")
    Optional<String> id;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "The file (default: ID.otlp.jsonl here); - is stdout.")
    Optional<Path> output = Optional.empty();

    @Option(names = "--force", description = "Replace the file if it exists.")
    boolean force;

    @Mixin StateOption state = new StateOption();

    @Override
    int run() {
        Map<String, String> place = state.in(environment, console);
        SessionSummary session = new Sessions(StateHome.of(place), Path.of("").toAbsolutePath()).find(id);
        List<String> lines = PastTelemetry.export(place, session.folder());
        if (output.filter(path -> path.toString().equals(STDOUT)).isPresent()) {
            lines.forEach(console::out);
            return ExitCode.OK;
        }
        Path file = output.orElse(Path.of(session.id() + ".otlp.jsonl"));
        write(file, lines);
        console.out(file.toString());
        return ExitCode.OK;
    }

    /** Readable only by its owner, because it tells what a project is about. */
    private void write(Path file, List<String> lines) {
        try {
            if (force) {
                Files.deleteIfExists(file);
            }
            try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(java.nio.ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
            }
        } catch (FileAlreadyExistsException e) {
            throw Failure.usage("the file exists already: " + file, "replace it with --force, or name another with -o FILE");
        } catch (IOException e) {
            throw Failure.error("the file cannot be written: " + file + ": " + e.getMessage(), "name another with -o FILE", e);
        }
    }
}
