///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:+UseSerialGC -Xmx1g
//COMPILE_OPTIONS -encoding UTF-8
//SOURCES tests.java

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import runner.DocsPage;
import runner.Figures;
import runner.Machine;
import runner.Repository;

/**
 * Measures what the design set goals for and prints tables; {@code make bench}, or some of them with
 * {@code make bench ONLY="compose start"}. Figures are worth something on an idle machine only.
 */
class bench {
    private interface Table {
        void print(Figures figures) throws Exception;
    }

    public static void main(String... wanted) throws Exception {
        Map<String, Table> tables = new LinkedHashMap<>();
        tables.put("start", launch.StartBench::run);
        tables.put("overhead", figures -> e2e.Overhead.measure(System.out, 5));
        tables.put("telemetry", figures -> telemetry.TelemetryBench.main());
        tables.put("kills", e2e.Kills::bench);
        tables.put("compose", containers.StackBench::run);
        tables.put("runs", services.ManyRunsBench::run);
        tables.put("scale", handover.ScaleBench::run);
        tables.put("fuzz", fuzz.Fuzz::bench);
        tables.put("gate", gate.GateBench::run);
        tables.put("cost", gate.GateBench::cost);
        tables.put("referee", gate.GateBench::referee);
        tables.put("steady", bench::steady);
        tables.put("places", embedded.intake.PlacesBench::run);
        tables.put("backends", backends.BackendsBench::run);
        tables.put("embedded", figures -> embedded.daemon.Bench.run(System.out, 1_000_000));
        Set<String> unknown = new TreeSet<>(Set.of(wanted));
        unknown.removeAll(tables.keySet());
        if (!unknown.isEmpty()) {
            System.err.println("no such table: " + String.join(" ", unknown) + "; there are " + String.join(" ",
                    tables.keySet()));
            System.exit(2);
        }
        // They are parts of steady.
        Set<String> parts = wanted.length == 0 ? Set.of("kills", "fuzz") : Set.of();
        Figures figures = new Figures(System.out);
        for (Map.Entry<String, Table> table : tables.entrySet()) {
            if (wanted.length == 0 && !parts.contains(table.getKey()) || Set.of(wanted).contains(table.getKey())) {
                table.getValue().print(figures);
            }
        }
        // Not a return: a library's thread that is no daemon must not keep a finished measurement alive.
        Runtime.getRuntime().halt(0);
    }

    /** What must hold whatever happens; a whole measurement goes into the docs. */
    private static void steady(Figures printed) throws Exception {
        StringBuilder page = new StringBuilder();
        Figures figures = printed.alsoInto(page);
        figures.table("The machine");
        Machine.rows(figures, "before");
        embedded.daemon.SteadyBench.run(figures);
        e2e.Kills.bench(figures);
        fuzz.Fuzz.bench(figures);
        figures.table("The machine afterwards");
        Machine.rows(figures, "after");
        boolean whole = System.getenv().keySet().stream().noneMatch(name -> name.startsWith("BENCH_"))
                && System.getProperty("kills") == null && System.getProperty("inputs") == null;
        if (whole) {
            DocsPage.write(Repository.root().resolve("docs/steady.md"), page.toString());
        }
    }
}
