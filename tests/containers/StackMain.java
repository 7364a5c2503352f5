package containers;

import console.Console;
import java.util.Optional;
import stackcli.StackCli;

/** {@code stack} without JBang before it, for tests that send signals to it. */
final class StackMain {
    private StackMain() {}

    public static void main(String... arguments) {
        Console console = Console.system(System.getenv());
        System.exit(new StackCli(console, System.getenv(), Optional.empty()).run(arguments));
    }
}
