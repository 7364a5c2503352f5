package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;

/** The output of a run for users and programs: data on stdout, progress on stderr; a broken output does not break the run. */
class DisplayTest {
    private static final char ESCAPE = '\u001b';

    @TempDir Path home;
    @TempDir Path project;

    @BeforeEach
    void worker() throws IOException {
        worker("echo 'working, größer'");
    }

    private void worker(String body) throws IOException {
        Files.writeString(home.resolve("worker.sh"), "cat > /dev/null; echo x >> work.txt; " + body + "\n");
    }

    private String[] arguments(String... options) {
        List<String> all = new ArrayList<>(List.of("--reasoner", "rules", "--worker-cmd", "sh " + home.resolve("worker.sh"),
                "--verify", "true", "--evidence", "unchanged"));
        all.addAll(List.of(options));
        all.add("do it");
        return all.toArray(new String[0]);
    }

    /** With telemetry, whose trace is told too, and over a run that goes on with the session. */
    @Test
    void jsonLinesMirrorTheJournal() throws Exception {
        Pa pa = new Pa(home).withBarePath();
        OtlpReceiver.environment(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC).forEach(pa::with);
        Pa.Result result = pa.run(project, arguments("--display", "json"));
        assertEquals(0, result.exitCode(), result.toString());
        List<JsonNode> shown = withoutTimes(result.out().lines().toList());
        String session = shown.get(0).path("event").path("task").path("session").asText();
        Pa.Result further = pa.run(project, arguments("--display", "json", "--session", session));
        assertEquals(0, further.exitCode(), further.toString());
        shown.addAll(withoutTimes(further.out().lines().toList()));
        assertEquals(2, shown.stream().filter(event -> event.path("type").asText().equals("Traced")).count());
        Path journal = pa.sessions(project).find(Optional.of(session)).folder().resolve("journal.jsonl");
        assertEquals(withoutTimes(Files.readAllLines(journal)), shown);
        assertTrue(result.out().lines().allMatch(line -> line.startsWith("{\"format\":1,\"seq\":")), result.out());
        assertEquals("RunStarted", shown.get(0).path("type").asText());
        assertEquals("RunEnded", shown.get(shown.size() - 1).path("type").asText());
        assertFalse(result.err().contains("round 1"), result.err());
    }

    private static List<JsonNode> withoutTimes(List<String> lines) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : lines) {
            ObjectNode node = (ObjectNode) new JsonMapper().readTree(line);
            node.remove("format"); // stands in what is printed, not in the journal
            node.remove("at"); // each listener looks at the clock itself
            nodes.add(node);
        }
        return nodes;
    }

    @Test
    void defect17StdoutHoldsOnlyTheResult() {
        Pa.Result plain = new Pa(home).withBarePath().run(project, arguments("--display", "plain"));
        assertEquals(1, plain.out().lines().count(), plain.toString());
        assertTrue(plain.err().contains("round 1"), plain.err());
        Pa.Result simple = new Pa(home).withBarePath().run(project, arguments("--display", "simple"));
        assertEquals(plain.out(), simple.out());
        Pa.Result quiet = new Pa(home).withBarePath().run(project, arguments("--display", "quiet"));
        assertEquals(List.of(0, plain.out(), ""), List.of(quiet.exitCode(), quiet.out(), quiet.err()), "the result alone");
    }

    /** A log that shows colours, as a CI server's does; no line is drawn over there. */
    @Test
    void inAPipeThereIsColourWhereItIsForced() {
        Pa.Result forced = new Pa(home).withBarePath().with("FORCE_COLOR", "1").run(project, arguments());
        assertTrue(forced.err().contains(ESCAPE + "[1m") && forced.err().contains(ESCAPE + "[2m"), forced.err());
        assertFalse(forced.err().contains("\r"), forced.err());
        Pa.Result plain = new Pa(home).withBarePath().run(project, arguments());
        assertFalse(plain.err().indexOf(ESCAPE) >= 0, plain.err());
    }

    @Test
    void aReaderThatGoesAwayIsNoError() throws Exception {
        worker("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo \"line $i\"; done");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        StringBuilder command = new StringBuilder(java + " -cp '" + System.getProperty("java.class.path") + "' pa");
        for (String argument : arguments("--display", "json")) {
            command.append(" '").append(argument).append('\'');
        }
        Path errors = home.resolve("errors");
        // The shell's own way to know the first program's exit code; POSIX has no pipefail.
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "{ " + command + " 2> " + errors + "; echo $? > " + home
                + "/code; } | head -1").directory(project.toFile()).redirectErrorStream(true);
        shell.environment().put("AGENTPROXY_STATE_DIR", new Pa(home).state().folder().toString());
        Process process = shell.start();
        process.getOutputStream().close();
        String head = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertTrue(head.startsWith("{\"format\":1,\"seq\":1,"), head);
        assertEquals("0", Files.readString(home.resolve("code")).strip(), Files.readString(errors));
        assertEquals("", Files.readString(errors));
        Pa.Result shown = new Pa(home).run(project, "show");
        assertTrue(shown.out().contains("completed"), shown.toString());
    }

    @Test
    void outputFasterThanItCanBeShownIsBounded() throws Exception {
        worker("yes 'a flood of words' | head -200000");
        Pa.Result result = new Pa(home).withBarePath().run(project, arguments("--display", "plain"));
        assertEquals(0, result.exitCode(), result.err().substring(0, Math.min(2000, result.err().length())));
        assertTrue(result.err().lines().count() < 200, "lines shown: " + result.err().lines().count());
        assertTrue(result.err().contains("more in the journal"), result.err());
    }

    /** A terminal, as {@code script} of util-linux makes one. */
    @Test
    void onATerminalThereIsColourUnlessItIsNotWanted() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")),
                "there is no script(1) of util-linux to make a terminal with");
        assertTrue(onTerminal().indexOf(ESCAPE + "[3") >= 0 || onTerminal().contains(ESCAPE + "[1m"), "no colour at all");
        String plain = onTerminal("NO_COLOR=1");
        assertFalse(plain.matches("(?s).*" + ESCAPE + "\\[[0-9;]*m.*"), plain);
        assertTrue(plain.contains("completed"), plain);
    }

    private String onTerminal(String... variables) throws Exception {
        Path script = home.resolve("terminal.sh");
        StringBuilder command = new StringBuilder("exec env -u CI TERM=xterm-256color COLUMNS=100 ")
                .append(String.join(" ", variables))
                .append(" '").append(Path.of(System.getProperty("java.home"), "bin", "java")).append("' -cp '")
                .append(System.getProperty("java.class.path")).append("' pa");
        for (String argument : arguments()) {
            command.append(" '").append(argument).append('\'');
        }
        Files.writeString(script, command + "\n");
        Process process = new ProcessBuilder("script", "-qec", "sh " + script, "/dev/null").directory(project.toFile())
                .redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return out;
    }

    @Test
    void aLocaleWithoutUtf8GetsPlainSignsAndNothingBreaks() {
        Pa.Result result = new Pa(home).withBarePath().with("LANG", "C").without("LC_ALL").run(project, arguments());
        assertEquals(0, result.exitCode(), result.toString());
        String ours = result.err().lines().filter(line -> !line.contains("working,")).reduce("", String::concat);
        assertTrue(ours.chars().allMatch(c -> c < 128), result.err());
        assertTrue(result.err().contains("größer"), "the worker's own words are kept: " + result.err());
    }
}
