package launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import runner.Figures;
import runner.Repository;

/** How long the two commands take to say something, beside a bare JVM that says hello; everything warm, in turns. */
public final class StartBench {
    private static final int ROUNDS = 9;

    private StartBench() {}

    /** Prints its table. */
    public static void run(Figures figures) throws Exception {
        Path folder = Files.createTempDirectory("start-bench");
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("java, hello world", hello(folder));
        String jbang = Repository.root().resolve("jbang").toString();
        commands.put("JBang alone (jbang version)", List.of(jbang, "version"));
        for (String rest : List.of("pa --version", "pa --help", "pa sessions", "pa --no-such-option", "stack --version",
                "stack --help")) {
            List<String> command = new ArrayList<>(List.of(jbang, "--quiet"));
            command.addAll(Arrays.asList(rest.split(" ")));
            commands.put("jbang " + rest, command);
        }
        Map<String, List<Long>> took = new LinkedHashMap<>();
        for (int i = -2; i < ROUNDS; i++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                long millis = run(command.getValue(), folder);
                if (i >= 0) {
                    took.computeIfAbsent(command.getKey(), key -> new ArrayList<>()).add(millis);
                }
            }
        }
        figures.table("start, medians of " + ROUNDS);
        took.forEach((what, millis) -> figures.row(what, millis, ""));
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private static List<String> hello(Path folder) throws IOException {
        Path source = folder.resolve("Hello.java");
        Files.writeString(source, "class Hello { public static void main(String... a) { System.out.println(\"hello\"); } }");
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xshare:auto", "-cp", folder.toString(), "Hello");
    }

    private static long run(List<String> command, Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(Repository.root().toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        long begun = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        process.waitFor(1, TimeUnit.MINUTES);
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
