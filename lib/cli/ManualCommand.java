package cli;

import contract.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pa manual}: docs/pa.md on stdout; for {@code make docs}. */
@Command(name = "manual", hidden = true, description = "Print docs/pa.md.")
final class ManualCommand extends Verb {
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
        console.out(Manual.of(spec.root().commandLine()).stripTrailing());
        return ExitCode.OK;
    }
}
