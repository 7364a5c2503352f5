package cli;

import console.Console;
import java.util.Map;
import java.util.concurrent.Callable;

/** A subcommand. Picocli makes it, and {@link Cli} sets its console and environment before it is called. */
abstract class Verb implements Callable<Integer> {
    Console console;
    Map<String, String> environment;

    void on(Console output, Map<String, String> surroundings) {
        console = output;
        environment = surroundings;
    }
}
