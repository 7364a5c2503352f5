package stackcli;

import contract.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code stack completion}: a script for a shell, which completes commands, options and their values. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = "Print a completion script for bash and zsh.",
        footerHeading = "%nExamples:%n", footer = {"  source <(stack completion)",
            "  stack completion > ~/.local/share/bash-completion/completions/stack"})
final class CompletionCommand implements Callable<Integer> {
    @ParentCommand StackCommand stack;

    @Override
    public Integer call() {
        CommandLine whole = new CommandLine(new StackCommand(stack.console, stack.environment, Optional.empty()));
        Subcommands.addAll(whole);
        stack.console.out(AutoComplete.bash("stack", whole).stripTrailing());
        return ExitCode.OK;
    }
}
