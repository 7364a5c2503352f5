///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 -XX:+UseSerialGC -Xshare:auto -Xlog:disable
//COMPILE_OPTIONS -encoding UTF-8 -XDstringConcat=inline
//CDS
//SOURCES lib/contract/package-info.java
//SOURCES lib/process/package-info.java
//SOURCES lib/console/package-info.java
//SOURCES lib/agent/package-info.java
//SOURCES lib/journal/package-info.java
//SOURCES lib/checks/package-info.java
//SOURCES lib/functions/package-info.java
//SOURCES lib/verdict/package-info.java
//SOURCES lib/reasoning/package-info.java
//SOURCES lib/workers/package-info.java
//SOURCES lib/telemetry/package-info.java
//SOURCES lib/rehearsal/package-info.java
//SOURCES lib/display/package-info.java
//SOURCES lib/cli/package-info.java

import cli.Cli;
import console.Console;
import console.ErrorReport;
import contract.OpenFiles;
import contract.Product;

/**
 * {@code pa "task"}: PA asks a reasoner what to do next, drives a coding agent, verifies the result, and goes on until the
 * work is verified or a limit is reached. The loop is in {@link agent.loop.Supervisor}, its wiring in {@code cli.run.Run}.
 */
class pa {
    public static void main(String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            // Answered before the command line's library is loaded: that takes longer than everything else.
            System.out.println("pa " + Product.VERSION);
            return;
        }
        Console console = Console.system(System.getenv());
        System.exit(OpenFiles.lacking().map(problem -> new ErrorReport(console, "pa", false).report(problem))
                .orElseGet(() -> new Cli(console, System.getenv()).run(arguments)));
    }
}
