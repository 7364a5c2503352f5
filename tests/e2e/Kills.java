package e2e;

import agent.RunEvent;
import cli.Pa;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import journal.Entry;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import runner.Figures;

/**
 * Kills rehearsals with SIGKILL at random points, telemetry on and the embedded engine up, and looks what came of each after the
 * next {@code pa}: one complete trace for every journal that has an event.
 */
public final class Kills implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TASK = "Write a program that greets";
    /** Each sends what the ones before left behind, as far as its own end lets it. */
    private static final int MOST_RUNS_AFTERWARDS = 10;

    private final Path folder;
    private final Running engine;
    private final Random random;
    private int projects;
    private int runsAfterwards;

    /** @param folder an empty one */
    public Kills(Path folder, long seed) throws IOException, InterruptedException {
        this.folder = folder.toRealPath();
        this.engine = Running.in(Files.createDirectory(this.folder.resolve("engine")));
        this.random = new Random(seed);
    }

    /** For {@code make bench ONLY=kills}; the number of kills and the seed may be given as properties. */
    public static void bench(Figures figures) throws Exception {
        int kills = Integer.getInteger("kills", 300);
        long seed = Long.getLong("seed", System.nanoTime());
        Path folder = Files.createTempDirectory("kills");
        figures.table("SIGKILL at " + kills + " random points of rehearsals, embedded engine up (-Dseed=" + seed + ")");
        try (Kills lab = new Kills(folder, seed)) {
            long whole = lab.whole();
            for (int i = 0; i < kills; i++) {
                lab.kill(lab.random.nextLong(whole));
            }
            lab.nextRuns();
            Found found = lab.look();
            figures.row("killed before their first event", String.valueOf(kills + 1 + lab.runsAfterwards - found.journals()), "");
            figures.row("journals with an event", String.valueOf(found.journals()), "");
            figures.row("of these one complete trace each", String.valueOf(found.complete()), "= journals");
            figures.row("of these ended by recovery", String.valueOf(found.recovered()), "");
            figures.row("spans twice, or without their parent", String.valueOf(found.wrongSpans()), "0");
            figures.row("sums of the page that differ from the journals'", String.valueOf(found.wrongSums()), "0");
            figures.row("runs afterwards until nothing waited", String.valueOf(lab.runsAfterwards), "1");
            found.problems().stream().limit(20).forEach(figures::note);
        } finally {
            Overhead.remove(folder);
        }
    }

    /**
     * What the journals and the engine have.
     *
     * @param wrongSums how many sums differ
     * @param problems each in a line
     */
    public record Found(int journals, int complete, int recovered, int wrongSpans, int wrongSums, List<String> problems) {}

    private Pa pa(String home) throws IOException {
        return new Pa(Files.createDirectories(folder.resolve(home))).withBarePath()
                .with("AGENTPROXY_STATE_DIR", folder.resolve("state").toString())
                .with("AGENTPROXY_ENABLE_TELEMETRY", "1").with("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", engine.uri(PortName.OTLP_HTTP, "").toString());
    }

    private Process start(Pa pa) throws IOException {
        Path project = Files.createDirectories(folder.resolve("projects").resolve("p" + projects++));
        return pa.start(project, "--rehearse", "-d", ".", "--display", "quiet", TASK);
    }

    /** A whole run; how long it took in milliseconds. */
    public long whole() throws IOException {
        long begun = System.nanoTime();
        Pa pa = pa("home");
        Pa.Result result = pa.result(start(pa));
        if (result.exitCode() != 0) {
            throw new AssertionError(result.toString());
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** A run that is killed after so many milliseconds, if it is not over by then. */
    public void kill(long afterMillis) throws IOException, InterruptedException {
        Process process = start(pa("killed"));
        if (!process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Further runs, until nothing waits any more. */
    public void nextRuns() throws IOException {
        do {
            whole();
            runsAfterwards++;
        } while (!new StateHome(folder.resolve("state")).unsent().list().isEmpty() && runsAfterwards < MOST_RUNS_AFTERWARDS);
    }

    public int runsAfterwards() {
        return runsAfterwards;
    }

    /** Reads every journal and every trace. */
    public Found look() throws IOException, InterruptedException {
        Map<String, List<JsonNode>> traces = traces();
        List<String> problems = new ArrayList<>();
        Sessions sessions = new Sessions(new StateHome(folder.resolve("state")), folder);
        JournalSums sums = new JournalSums();
        int complete = 0;
        int recovered = 0;
        int wrong = 0;
        List<SessionSummary> all = sessions.all();
        for (SessionSummary session : all) {
            List<Entry> entries = sessions.read(session).entries();
            sums.add(entries.stream().map(Entry::event).toList());
            List<JsonNode> spans = traces.getOrDefault(session.id(), List.of());
            int before = problems.size();
            int bad = wrongSpans(session.id(), spans, problems);
            wrong += bad;
            List<JsonNode> roots = spans.stream().filter(span -> span.path("name").asText().equals("pa.run_task")).toList();
            if (roots.size() != 1) {
                problems.add(session.id() + " (" + entries.size() + " events) has " + roots.size() + " roots");
            } else if (session.status().equals("killed")) {
                recovered++;
                if (!"interrupted".equals(attribute(roots.get(0), "pa.status"))
                        || !"recovery".equals(attribute(roots.get(0), "pa.ended_by"))) {
                    problems.add(session.id() + " was killed, and its root does not say so");
                }
            }
            long rounds = entries.stream().filter(e -> e.event() instanceof RunEvent.WorkerStarted).count();
            long told = spans.stream().filter(span -> span.path("name").asText().equals("claude.subprocess")).count();
            if (rounds != told) {
                problems.add(session.id() + " has " + rounds + " rounds and " + told + " spans of them");
            }
            complete += problems.size() == before ? 1 : 0;
        }
        int wrongSums = wrongSums(sums, problems);
        return new Found(all.size(), complete, recovered, wrong, wrongSums, problems);
    }

    private static int wrongSpans(String session, List<JsonNode> spans, List<String> problems) {
        Set<String> ids = new HashSet<>();
        int wrong = 0;
        for (JsonNode span : spans) {
            if (!ids.add(span.path("spanId").asText())) {
                wrong++;
                problems.add(session + " has the span " + span.path("name").asText() + " twice");
            }
        }
        for (JsonNode span : spans) {
            String parent = span.path("parentSpanId").asText();
            if (!parent.isEmpty() && !ids.contains(parent)) {
                wrong++;
                problems.add(session + " has the span " + span.path("name").asText() + " without its parent");
            }
        }
        return wrong;
    }

    /** Spans by session. A trace that belongs to two sessions, or a session with two traces, shows as two roots. */
    private Map<String, List<JsonNode>> traces() throws IOException, InterruptedException {
        Map<String, List<JsonNode>> spans = new TreeMap<>();
        long before = Long.MAX_VALUE;
        while (true) {
            JsonNode page = JSON.readTree(engine.get("/api/traces?limit=200&before=" + before).body());
            if (page.isEmpty()) {
                return spans;
            }
            for (JsonNode summary : page) {
                before = Math.min(before, summary.path("cursor").asLong());
                JsonNode trace = JSON.readTree(engine.get("/api/traces/" + summary.path("traceId").asText()).body());
                for (JsonNode span : trace.findValues("spans").stream().flatMap(list -> stream(list)).toList()) {
                    spans.computeIfAbsent(attribute(span, "session.id"), id -> new ArrayList<>()).add(span);
                }
            }
        }
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return java.util.stream.StreamSupport.stream(array.spliterator(), false);
    }

    private static String attribute(JsonNode span, String name) {
        return stream(span.path("attributes")).filter(a -> a.path("key").asText().equals(name))
                .map(a -> a.path("value").path("stringValue").asText()).findFirst().orElse("");
    }

    /** The counters that every run has, over all runs: what the page's charts count against the journals. */
    private int wrongSums(JournalSums sums, List<String> problems) throws IOException, InterruptedException {
        int wrong = 0;
        for (String metric : List.of("agentproxy.tasks.started", "agentproxy.tokens", "agentproxy.claude.iterations",
                "agentproxy.verifications", "agentproxy.tools.executions")) {
            double journals = sums.sums().entrySet().stream().filter(sum -> sum.getKey().replaceFirst("\\[.*", "").equals(metric))
                    .mapToDouble(sum -> sum.getValue().doubleValue()).sum();
            double page = 0;
            for (JsonNode line : JSON.readTree(engine.get("/api/series?range=21600&name=" + metric).body()).path("series")) {
                page += stream(line.path("values")).filter(JsonNode::isNumber).mapToDouble(JsonNode::asDouble).sum();
            }
            if (Math.abs(journals - page) > 1e-6) {
                wrong++;
                problems.add(metric + " is " + page + " on the page and " + journals + " in the journals");
            }
        }
        return wrong;
    }

    @Override
    public void close() {
        engine.close();
    }
}
