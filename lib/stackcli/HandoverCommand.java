package stackcli;

import contract.ExitCode;
import handover.Export;
import handover.ExportFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import services.StackOptions;

/** {@code stack export}. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = {"Write the files that a team needs for the same signals, rules and dashboards: plain files for Kubernetes"
                + " (kustomize) or Compose, with a README. Nothing is started, and no secret is written.", ""},
        footerHeading = "%nExamples:%n",
        footer = {"  stack export --to kubernetes agentproxy-k8s", "  stack export --to kubernetes --shared agentproxy-k8s",
            "  stack export --to compose --config-dir my-stack agentproxy-compose"})
final class HandoverCommand implements Callable<Integer> {
    @Option(names = "--to", required = true, paramLabel = "WHERE", description = "kubernetes or compose.")
    Export.Target target;

    @Option(names = "--shared", description = "Let the Collectors sum the series of all developers' processes: much fewer series,"
            + " but counts can be wrong by a few percent.")
    boolean shared;

    @Option(names = "--force", description = "Replace files with the same names in DIR.")
    boolean force;

    @Mixin ContentsMixin contents;

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder to write.")
    Path folder;

    @ParentCommand StackCommand stack;

    @Override
    public Integer call() {
        StackOptions options = StackOptions.of(contents.lasting(stack.environment, StackOptions.LOOPBACK, Map.of()));
        Export export = Export.of(target, shared, options, stack.environment);
        ExportFolder.write(folder, export, force).forEach(path -> stack.console.out(path.toString()));
        export.notes().forEach(note -> stack.console.note("note: " + note));
        stack.console.note("next: " + folder.resolve("README.md") + " has the commands");
        return ExitCode.OK;
    }
}
