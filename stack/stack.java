///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 -XX:+UseSerialGC -Xshare:auto -Xlog:disable
//CDS
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:none -XDstringConcat=inline
//SOURCES ../lib/contract/package-info.java
//SOURCES ../lib/console/package-info.java
//SOURCES ../lib/services/package-info.java
//SOURCES ../lib/doctor/package-info.java
//SOURCES ../lib/containers/package-info.java
//SOURCES ../lib/handover/package-info.java
//SOURCES ../lib/embedded/package-info.java
//SOURCES ../lib/stackcli/package-info.java

import console.Console;
import console.ErrorReport;
import contract.OpenFiles;
import contract.Product;
import stackcli.StackCli;

/**
 * {@code stack up}: a home for the signals of {@code pa} and Claude Code. The verbs are in {@code stackcli}, what the stack
 * is in {@code services}, the engines in {@code containers} and {@code embedded}.
 */
class stack {
    public static void main(String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            // Answered before the command line's library is loaded: that takes longer than everything else.
            System.out.println("stack " + Product.VERSION);
            return;
        }
        Console console = Console.system(System.getenv());
        System.exit(OpenFiles.lacking().map(problem -> new ErrorReport(console, "stack", false).report(problem))
                .orElseGet(() -> StackCli.withBothEngines(console, System.getenv()).run(arguments)));
    }
}
