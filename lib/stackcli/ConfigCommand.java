package stackcli;

import console.ProgramName;
import contract.ExitCode;
import contract.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import services.ConfigCheck;
import services.ConfigFiles;

/** {@code stack config}. */
@Command(name = "config", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"The configuration: list the files and their origin, or make a copy of your own.", ""},
        footerHeading = "%nExamples:%n",
        footer = {"  stack config --eject my-stack      copy the built-in files, to edit them",
            "  stack config --config-dir my-stack check your files and list them",
            "  stack config --show tempo/tempo.yaml"})
final class ConfigCommand implements Callable<Integer> {
    @Option(names = "--eject", paramLabel = "DIR",
            description = "Copy the built-in files into this folder; files that exist"
                    + " there are not changed.")
    Optional<Path> eject = Optional.empty();

    @Option(names = "--config-dir", paramLabel = "DIR", description = "The folder of your own configuration, to check it.")
    Optional<Path> configDir = Optional.empty();

    @Option(names = "--show", paramLabel = "FILE", description = "Print one file, for instance tempo/tempo.yaml.")
    Optional<String> show = Optional.empty();

    @ParentCommand StackCommand stack;

    @Override
    public Integer call() {
        if (stack.engine == EngineChoice.Name.embedded) {
            throw Failure.usage("'stack config' needs engine docker",
                    "the embedded engine has only options: stack up --help");
        }
        if (eject.isPresent()) {
            List<Path> written = ConfigFiles.eject(eject.get());
            written.forEach(path -> stack.console.out(path.toString()));
            if (written.isEmpty()) {
                stack.console.note("all files exist already; nothing was written");
            } else {
                stack.console.steps("next: ", "edit them, then stack up --config-dir " + ProgramName.word(eject.get().toString()))
                        .forEach(stack.console::note);
            }
            return ExitCode.OK;
        }
        ConfigFiles files = ConfigFiles.load(ContentsMixin.folder(configDir, stack.environment));
        ConfigCheck.all(files);
        TreeMap<String, ConfigFiles.StackText> all = new TreeMap<>(files.all());
        if (show.isPresent()) {
            ConfigFiles.StackText file = all.get(show.get());
            if (file == null) {
                throw Failure.usage("the configuration file " + show.get() + " does not exist", "use one of " + String.join(", ",
                        all.keySet()));
            }
            stack.console.out(file.text().stripTrailing());
            return ExitCode.OK;
        }
        all.forEach((name, file) -> stack.console.out(name + (file.origin().equals(name) ? "" : "  " + file.origin())));
        return ExitCode.OK;
    }
}
