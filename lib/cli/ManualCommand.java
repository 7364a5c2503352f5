package cli;

import console.Console;
import contract.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pa manual}: docs/pa.md on stdout; for {@code make docs}. */
@Command(name = "manual", hidden = true, description = "Print docs/pa.md.")
final class ManualCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    private final Console console;

    ManualCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out(Manual.of(spec.root().commandLine()).stripTrailing());
        return ExitCode.OK;
    }
}
