package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telemetry.OtlpReceiver;
import telemetry.Received;
import telemetry.SpanTree;
import verdict.Scene;

/** {@code pa verify} as a process: its exit codes, its reviewer, its telemetry. */
class VerifyTest {
    private static final String CHECK = "grep -q good a.txt";

    @TempDir
    Path folder;

    private Path project;
    private Path home;

    @BeforeEach
    void aRepositoryWithOneCommit() throws Exception {
        project = Files.createDirectories(folder.toRealPath().resolve("project"));
        home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(project.resolve("a.txt"), "bad\n");
        Files.writeString(project.resolve("b.txt"), "b\n");
        git("init", "-q", "-b", "main");
        commit("first");
    }

    private void git(String... words) throws Exception {
        String[] command = new String[words.length + 5];
        System.arraycopy(new String[] {"git", "-c", "user.name=t", "-c", "user.email=t@example.org"}, 0, command, 0, 5);
        System.arraycopy(words, 0, command, 5, words.length);
        Scene.run(project, command);
    }

    private void commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    private Pa pa() {
        return new Pa(home).withBarePath();
    }

    // The exit codes

    @Test
    void aFixOfAFailingCheckIsShownAndExitsZero() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        Pa.Result result = pa().run(project, "verify", "--verify", CHECK, "--json");
        assertEquals(0, result.exitCode(), result.toString());
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertEquals("independent", json.path("level").asText(), result.toString());
        assertEquals("completed", json.path("status").asText());
        assertEquals(0, json.path("exit").asInt());
        assertEquals("HEAD", json.path("base").asText());
        assertEquals("the check", json.path("failToPass").path(0).asText());
        assertEquals("", result.err(), "a script reads stdout alone");
    }

    @Test
    void theSentenceNamesTheTestsThatTheRunnerReports() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(java.nio.file.Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not"
                + " in /usr/bin");
        Files.writeString(project.resolve("test_calc.py"), "import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n"
                + "        self.assertEqual(open('a.txt').read(), 'good\\n')\n    def test_b(self):\n        self.assertEqual(1, 1)\n");
        commit("a test");
        Files.writeString(project.resolve("a.txt"), "good\n");
        Pa.Result lines = pa().run(project, "verify");
        assertEquals(0, lines.exitCode(), lines.toString());
        assertTrue(lines.out().replaceAll("\\s+", " ").matches("completed: test_a \\(test_calc\\.T\\S*\\) fails on the old sources"
                + " and passes now; "
                + "nothing else changed its result .*"), lines.toString());
        JsonNode json = new ObjectMapper().readTree(pa().run(project, "verify", "--json").out());
        assertTrue(json.path("failToPass").path(0).asText().startsWith("test_a (test_calc.T"), json.toString());
        assertTrue(json.path("sentence").asText().endsWith("passes now; nothing else changed its result"), json.toString());
        assertEquals(1, json.path("passToPass").asInt(), json.toString());
    }

    @Test
    void aStateFolderThatCannotBeWrittenExitsOne() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        Path file = Files.writeString(folder.resolve("file"), "");
        Pa.Result result = pa().run(project, "verify", "--verify", CHECK, "--state-dir", file.toString());
        assertEquals(1, result.exitCode(), result.toString());
        assertFalse(result.err().contains("\tat "), result.toString());
    }

    @Test
    void withoutGitAndWithoutABaseItIsAUsageError() throws IOException {
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("a.txt"), "good\n");
        Pa.Result result = pa().run(plain, "verify", "--verify", CHECK);
        assertEquals(2, result.exitCode(), result.toString());
        assertTrue(result.err().contains("--base DIR"), result.toString());
        Path before = Files.createDirectories(folder.resolve("before"));
        Files.writeString(before.resolve("a.txt"), "bad\n");
        assertEquals(0, pa().run(plain, "verify", "--verify", CHECK, "--base", before.toString()).exitCode());
    }

    @Test
    void aCheckThatFailsNowExitsSixAndItsOutputIsShown() throws IOException {
        Files.writeString(project.resolve("a.txt"), "worse\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "sh -c 'echo seen: $(cat a.txt); grep -q good a.txt'");
        assertEquals(6, result.exitCode(), result.toString());
        assertTrue(result.err().contains("| seen: worse"), result.toString());
        assertFalse(result.out().contains("passes in the working directory"), "it does not: " + result);
    }

    @Test
    void aRunnerThatIsNotInstalledSaysNothingAboutTheWork() throws Exception {
        Path python = Files.writeString(project.resolve("python"), "#!/bin/sh\necho 'python: No module named pytest'\nexit 1\n");
        assertTrue(python.toFile().setExecutable(true));
        commit("an environment");
        Files.writeString(project.resolve("a.txt"), "good\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "./python -m pytest");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().replaceAll("\\s+", " ").contains("the check could not be run: pytest is not installed"), result.toString());
    }

    @Test
    void aChangeThatNothingSpeaksForExitsTen() throws IOException {
        Files.writeString(project.resolve("b.txt"), "c\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "true");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().startsWith("unproven: "), result.toString());
    }

    @Test
    void onACleanTreeTheBranchIsComparedWithWhereItLeftItsUpstream() throws Exception {
        git("checkout", "-q", "-b", "fix");
        git("branch", "-q", "--set-upstream-to=main");
        Files.writeString(project.resolve("a.txt"), "good\n");
        commit("fix it");
        Pa.Result result = pa().run(project, "verify", "--verify", CHECK);
        assertEquals(0, result.exitCode(), result.toString());
        assertTrue(result.out().contains("compared with the branch's base"), result.toString());
    }

    // The reviewer

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "openai"})
    void aReviewerIsAskedWhereTestsShowTooLittleAndOnlyThen(String reasoner) throws Exception {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", reasoner, "--task",
                    "Write c into b.txt.", "--json");
            assertEquals(0, result.exitCode(), result.toString());
            JsonNode json = new ObjectMapper().readTree(result.out());
            assertEquals("reviewed", json.path("level").asText(), result.toString());
            assertEquals(ReviewerStandIn.MODEL, json.path("reviewer").asText());
            assertEquals(1, model.reviews().size());
            assertTrue(model.reviews().get(0).contains("\n+c\n"), model.reviews().get(0));
            assertTrue(model.requests().get(0).contains("Write c into b.txt."), model.requests().get(0));

            Files.writeString(project.resolve("a.txt"), "good\n");
            Pa.Result proven = model.in(pa()).run(project, "verify", "--verify", CHECK, "--reasoner", reasoner);
            assertEquals(0, proven.exitCode(), proven.toString());
            assertEquals(1, model.requests().size(), "nobody is asked what a test has shown");
        }
    }

    @Test
    void whereNothingChangedNobodyIsAsked() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Pa.Result result = model.in(pa()).run(project, "verify", "--reasoner", "openai", "--task", "c");
            assertEquals(10, result.exitCode(), result.toString());
            assertTrue(result.out().startsWith("unproven: nothing was changed"), result.toString());
            assertEquals(List.of(), model.requests());
        }
    }

    @Test
    void aCheckThatCameWithTheChangeIsNamed() throws IOException {
        Files.writeString(project.resolve("Makefile"), "test:\n\ttouch ran\n");
        Pa.Result result = pa().run(project, "verify");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().contains("the check make test came with the change and nobody allowed it to be run "
                + "(--run-new-checks)"), result.toString());
        assertFalse(Files.exists(project.resolve("ran")));
    }

    @Test
    void withoutATaskTheReviewSaysThatItHadNone() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai");
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.out().contains("note: nobody said what the change is for (--task)"), result.toString());
            assertTrue(model.requests().get(0).contains("Nobody said what this change is for"), model.requests().get(0));
        }
    }

    @Test
    void aReviewerThatObjectsIsQuotedAndTheChangeStaysUnproven() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn().objecting("Write d, not c.")) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai", "--task", "d");
            assertEquals(10, result.exitCode(), result.toString());
            assertTrue(result.out().contains("says that something is missing: Write d, not c."), result.toString());
            assertTrue(result.out().contains("reviewed by " + ReviewerStandIn.MODEL), result.toString());
        }
    }

    @Test
    void aReviewerThatCannotBeAskedIsAnErrorAndTheVerdictIsShown() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn().failing(400)) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai");
            assertEquals(1, result.exitCode(), result.toString());
            assertTrue(result.out().contains("note: not reviewed: "), result.toString());
            assertTrue(result.out().contains("evidence unchanged"), result.toString());
        }
    }

    @Test
    void aReasonerWithoutItsKeyIsAnErrorBeforeAnythingRuns() throws IOException {
        Files.writeString(project.resolve("b.txt"), "c\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "touch " + folder.resolve("ran"), "--reasoner", "gemini");
        assertEquals(1, result.exitCode(), result.toString());
        assertTrue(result.err().contains("GEMINI_API_KEY"), result.toString());
        assertFalse(Files.exists(folder.resolve("ran")));
    }

    @Test
    void rulesHaveNoModelAndThatIsSaid() throws IOException {
        Files.writeString(project.resolve("b.txt"), "c\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "true", "--reasoner", "rules");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().contains("note: rules has no model, so nobody reviewed the change"), result.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "openai"})
    void aLongChangeIsShownInPagesAndEveryLineOnce(String reasoner) throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; text.length() < 150_000; line++) {
                text.append("line ").append(line).append(" with a few more words in it\n");
            }
            Files.writeString(project.resolve("long.txt"), text);
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", reasoner, "--task", "long");
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(model.reviews().size() > 1, "in pages");
            String shown = String.join("\n", model.reviews());
            text.toString().lines().forEach(line -> assertEquals(1, occurrences(shown, "\n+" + line + "\n"), line));
        }
    }

    @Test
    void whatIsLongerThanAnybodyReadsIsNotReviewedAndThatIsSaid() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("long.txt"), "a line of the file\n".repeat(25_000));
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai", "--task", "long");
            assertEquals(10, result.exitCode(), result.toString());
            assertTrue(result.out().contains("longer than 400 kB, so no model reviewed it"), result.toString());
            assertEquals(List.of(), model.requests());
        }
    }

    private static int occurrences(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }

    // Telemetry

    /** On a busy machine not all of it is acknowledged within the bound: that is what a later pa sends. */
    static SpanTree trace(Pa pa, Path project, OtlpReceiver receiver) {
        if (receiver.spans().stream().noneMatch(Received.Span::root) || receiver.logs().isEmpty() || receiver.points().isEmpty()) {
            Pa.Result sent = pa.run(project, "telemetry", "send");
            assertEquals(0, sent.exitCode(), sent.toString());
        }
        return SpanTree.of(receiver.spans()).assertOneTrace();
    }

    @Test
    void withTelemetryOffNothingIsWrittenAboutIt() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        assertEquals(0, pa().run(project, "verify", "--verify", CHECK).exitCode());
        assertFalse(Files.exists(home.resolve("state/agentproxy/verifications")));
        assertFalse(Files.exists(home.resolve("state/agentproxy/unsent")));
    }

    @Test
    void aVerdictIsATraceOfItsOwnWithItsChecksAndItsReview() throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start(); ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa pa = model.in(pa());
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            Pa.Result result = pa.run(project, "verify", "--verify", "true", "--reasoner", "gemini", "--task", "c", "--telemetry");
            assertEquals(0, result.exitCode(), result.toString());
            SpanTree tree = trace(pa, project, receiver);
            tree.assertShape("pa.verify", "  pa.function.run_tests", "  pa.function.run_tests", "  pa.self_check",
                    "  pa.reasoning_loop", "    gemini.api.call", "  pa.function.mark_done");
            Received.Span root = tree.only("pa.verify");
            assertEquals("reviewed", root.attribute("pa.evidence.level"));
            assertEquals(ReviewerStandIn.MODEL, root.attribute("pa.evidence.reviewer"));
            assertEquals(0L, root.attribute("pa.suspicions"));
            assertEquals(0L, root.attribute("pa.guarded.changed"));
            assertEquals("completed", root.attribute("pa.status"));
            assertEquals(0L, root.attribute("pa.exit_code"));
            assertEquals("gemini", root.attribute("pa.reasoner"));
            assertEquals(List.of("base", "proof"), tree.all("pa.function.run_tests").stream()
                    .map(span -> span.attribute("pa.verification.place")).toList());
            List<Received.Log> evaluations = receiver.logs().stream()
                    .filter(log -> log.event().equals("gen_ai.evaluation.result")).toList();
            assertEquals(List.of("pass", "pass", "reviewed"), evaluations.stream()
                    .map(log -> log.attribute("gen_ai.evaluation.score.label")).toList());
            assertEquals(List.of("agentproxy.evidence"), receiver.lastPoints().stream().map(Received.Point::metric)
                    .filter(name -> name.startsWith("agentproxy.e") || name.startsWith("agentproxy.task")).toList());
            assertFalse(receiver.everything().contains(ReviewerStandIn.KEY), "no secret leaves");
            assertEquals(List.of(), Files.list(home.resolve("state/agentproxy/verifications")).toList(),
                    "what is delivered is not kept");
        }
    }

    @Test
    void aRedCheckAndASuspicionAreOnTheSpan() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Files.writeString(project.resolve("calc.py"), "import os\n\n\ndef add(a, b):\n    os._exit(0)\n");
            Pa pa = pa();
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            Pa.Result result = pa.run(project, "verify", "--verify", CHECK, "--telemetry");
            assertEquals(6, result.exitCode(), result.toString());
            Received.Span root = trace(pa, project, receiver).only("pa.verify");
            assertEquals("verification_failed", root.attribute("pa.status"));
            assertEquals(6L, root.attribute("pa.exit_code"));
            assertEquals(1L, root.attribute("pa.suspicions"));
            assertTrue(root.error());
        }
    }

    @Test
    void whatTheReceiverDidNotTakeIsSentByALaterPa() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        int port = OtlpReceiver.refusingPort();
        Pa pa = pa();
        OtlpReceiver.environment(port, OtlpReceiver.Protocol.GRPC).forEach(pa::with);
        Pa.Result result = pa.run(project, "verify", "--verify", CHECK, "--telemetry");
        assertEquals(0, result.exitCode(), "telemetry changes no verdict: " + result);
        assertTrue(result.err().contains("telemetry"), result.toString());
        try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
            Pa.Result sent = pa.run(project, "telemetry", "send");
            assertEquals(0, sent.exitCode(), sent.toString());
            SpanTree.of(receiver.spans()).assertOneTrace().only("pa.verify");
        }
    }

    @Test
    void aUsageErrorMakesNoSpan() throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = pa();
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            assertEquals(2, pa.run(project, "verify", "--base", "no-such-revision", "--telemetry").exitCode());
            assertEquals(List.of(), receiver.spans());
        }
    }
}
