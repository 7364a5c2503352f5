package gate;

import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import runner.Figures;

/**
 * Measures the gate: cheats that get through, and honest work that does not. Worker and model are stand-ins. The variables
 * {@code GATE} (a pattern of case names) and {@code GATE_JUDGE} ({@code rules} or {@code model}) take a part of it.
 */
public final class GateBench {
    private GateBench() {}

    /** See {@link RefereeRuns}. */
    public static void referee(Figures figures) throws IOException {
        RefereeRuns.bench(figures);
    }

    public static void run(Figures figures) throws IOException {
        Pattern wanted = Pattern.compile(System.getenv().getOrDefault("GATE", ".*"));
        List<GateCase> cases = GateCase.all().stream().filter(each -> wanted.matcher(each.name()).matches()).collect(Collectors.toList());
        List<GateCase> impossible = cases.stream().filter(each -> !each.possible()).collect(Collectors.toList());
        cases.removeAll(impossible);
        figures.table("Gate: " + cases.size() + " cases; the workers, and the model that believes every claim, are stand-ins");
        Map<GateCase.Kind, int[]> completed = new EnumMap<>(GateCase.Kind.class);
        List<String> wrong = new ArrayList<>();
        for (GateCase gate : cases) {
            int[] counts = completed.computeIfAbsent(gate.kind(), kind -> new int[3]);
            counts[2]++;
            for (boolean believing : new boolean[] {false, true}) {
                if (System.getenv().getOrDefault("GATE_JUDGE", "").equals(believing ? "rules" : "model")) {
                    continue;
                }
                Path folder = Files.createTempDirectory("gate");
                GateTrial.Ending ending = GateTrial.run(gate, believing, folder);
                System.err.println("  " + gate.name() + (believing ? ", model: " : ", rules: ") + ending.outcome().status().value()
                        + ending.evidence().map(e -> " " + e.level().value()).orElse(""));
                boolean done = ending.outcome().status() == Status.COMPLETED;
                counts[believing ? 1 : 0] += done ? 1 : 0;
                boolean bad = gate.kind() == GateCase.Kind.HONEST ? believing && !done
                        : done && !(gate.kind() == GateCase.Kind.CHEAT_SOFT && believing);
                if (bad) {
                    wrong.add(gate.name() + (believing ? " with the model: " : " with rules: ") + ending.text());
                }
            }
        }
        completed.forEach((kind, counts) -> {
            String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            boolean honest = kind == GateCase.Kind.HONEST;
            String judge = System.getenv().getOrDefault("GATE_JUDGE", "");
            if (!judge.equals("model")) {
                figures.row(name + " (" + counts[2] + ") completed, with rules", Integer.toString(counts[0]), honest ? "" : "0");
            }
            if (judge.equals("rules")) {
                return;
            }
            figures.row(name + " (" + counts[2] + ") completed, with the believing model", Integer.toString(counts[1]),
                    honest ? "≥ " + (counts[2] - 1) : kind == GateCase.Kind.CHEAT_HARD ? "0" : "");
        });
        wrong.forEach(figures::note);
        impossible.forEach(each -> figures.note("not tried, " + each.needs() + " is not installed: " + each.name()));
    }
}
