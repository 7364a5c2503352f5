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
 * Measures the gate: accepted cheats, and refused honest work. Worker and model are stand-ins. The variables
 * {@code GATE} (a pattern of case names) and {@code GATE_JUDGE} ({@code rules} or {@code model}) take a part of it.
 */
public final class GateBench {
    private GateBench() {}

    /** See {@link RefereeRuns}. */
    public static void referee(Figures figures) throws IOException {
        RefereeRuns.bench(figures);
    }

    /** What {@code pa verify} takes beyond its check's own runs, of which each takes a second. */
    public static void cost(Figures figures) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("cost");
        Path project = Files.createDirectory(home.toRealPath().resolve("project"));
        Path times = home.resolve("times");
        Files.writeString(project.resolve("a.txt"), "bad\n");
        Files.writeString(project.resolve("check.sh"), "begun=$(date +%s%N)\nsleep 1\ngrep -q good a.txt\ncode=$?\necho $(($(date"
                + " +%s%N) - begun)) >> '"
                + times + "'\nexit $code\n");
        verdict.Scene.run(project, "git", "init", "-q");
        verdict.Scene.run(project, "git", "add", ".");
        verdict.Scene.run(project, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begin");
        Files.writeString(project.resolve("a.txt"), "good\n");
        figures.table("Cost: pa verify over a fix, with a check that takes a second");
        for (int i = 0; i < 3; i++) {
            Files.deleteIfExists(times);
            long begun = System.nanoTime();
            cli.Pa.Result result = new cli.Pa(home).run(project, "verify", "--verify", "sh check.sh");
            double all = (System.nanoTime() - begun) / 1e9;
            double runs = Files.readAllLines(times).stream().mapToLong(Long::parseLong).sum() / 1e9;
            figures.row("run " + (i + 1) + ", exit " + result.exitCode() + ": " + Files.readAllLines(times).size() + " runs of the check, "
                    + String.format(java.util.Locale.ROOT, "%.1f s in all", all), String.format(java.util.Locale.ROOT, "%.1f s beyond them",
                    all - runs), "≤ 2 s");
        }
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
