package cli;

import contract.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code pa completion}: a script for a shell, which completes commands, options and their values. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = "Print a completion script for bash and zsh.",
        footerHeading = "%nExamples:%n", footer = {"  source <(pa completion)",
            "  pa completion > ~/.local/share/bash-completion/completions/pa"})
final class CompletionCommand extends Verb {
    @Override
    int run() {
        console.out(AutoComplete.bash("pa", spec.root().commandLine()).stripTrailing());
        return ExitCode.OK;
    }
}
