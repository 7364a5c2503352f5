package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;

/** Secrets in every possible place: none is exported, readable by others, or passed to a child that does not need it. */
class CanaryTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GEMINI_API_KEY", "canary-gemini-aaaaaa", "GOOGLE_API_KEY", "canary-google-bbbbbb",
            "ANTHROPIC_API_KEY", "canary-anthropic-cccccc", "AWS_SECRET_ACCESS_KEY", "canary-aws-dddddd",
            "MY_SERVICE_TOKEN", "canary-service-eeeeee", "OTEL_EXPORTER_OTLP_HEADERS",
                    "authorization=Bearer%20canary-otlp-ffffff",
            "DATABASE_URL", "postgres://shop:canary-database-gggggg@db/shop");
    private static final String DOTENV = "canary-dotenv-hhhhhh";
    private static final String TASK = "Deploy with password=canary-task-iiiiii, please, and then say canary-words-jjjjjj";
    private static final String SAID = "sk-ant-canary-output-kkkkkk";
    private static final String COMMAND = "canary-command-llllll";
    private static final List<String> ALL = List.of("canary-gemini", "canary-google", "canary-anthropic", "canary-aws",
            "canary-service", "canary-otlp", "canary-database", "canary-dotenv", "canary-task", "canary-words",
            "canary-output", "canary-command");

    /** In no variable of this process, so that only their shape gives them away, if anything does. */
    private static final Set<String> SPOKEN = Set.of("canary-task", "canary-words", "canary-output", "canary-command");

    @TempDir Path home;
    @TempDir Path project;

    @BeforeEach
    void plant() throws IOException {
        Files.writeString(project.resolve(".env"), "SHOP_PASSWORD=" + DOTENV + "\nGOOGLE_API_KEY=" + DOTENV + "\n");
        Files.setPosixFilePermissions(project.resolve(".env"), Set.of(PosixFilePermission.OWNER_READ));
        Files.writeString(project.resolve("check.sh"),
                "env > " + home + "/check.env\ntest -f done || { echo \"no $1\"; exit 1; }\n");
    }

    /** Claude Code's stream with a shell command, an answer and an error that hold secrets; done in the second round. */
    private String claude() throws IOException {
        Path claude = home.resolve("claude");
        Files.writeString(claude, String.join("\n", "#!/bin/sh",
                "if [ \"$1\" = --version ]; then echo '2.1.330 (Claude Code)'; exit; fi",
                "cat > /dev/null", "env >> " + home + "/worker.env", "[ -f once ] && touch done; echo x >> once",
                "echo 'leaking " + SAID + "' >&2",
                line("'type':'system','subtype':'init','model':'m','claude_code_version':'2.1.330'"),
                line("'type':'assistant','message':{'id':'1','model':'m','content':["
                        + "{'type':'text','text':'the key is " + SAID
                        + "'},{'type':'tool_use','id':'t1','name':'Bash','input':{'command':'API_KEY=" + COMMAND
                        + " ./run.sh'}}]}"),
                line("'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':'t1','is_error':true,"
                        + "'content':'denied: " + SAID + "'}]}"),
                line("'type':'result','subtype':'success','is_error':false,'num_turns':2,"
                        + "'duration_ms':1,'duration_api_ms':1,"
                        + "'result':'" + SAID + "','total_cost_usd':0.01,'usage':{'input_tokens':1,'output_tokens':1},"
                        + "'permission_denials':[]"), ""));
        claude.toFile().setExecutable(true);
        return claude.toString();
    }

    private static String line(String members) {
        return "echo '{" + members.replace('\'', '"') + ",\"session_id\":\"c1\"}'";
    }

    private Pa pa(OtlpReceiver receiver) {
        Pa pa = new Pa(home).withBarePath();
        receiver.environment(OtlpReceiver.Protocol.HTTP).forEach(pa::with);
        ENVIRONMENT.forEach(pa::with);
        return pa;
    }

    @Test
    void defect08NoSecretIsExportedOrReadableByOthers() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa.Result result = pa(receiver).with("CLAUDE_BIN", claude()).run(project, "--reasoner", "rules", "--verify",
                    "sh check.sh " + COMMAND, "--no-claude-telemetry", TASK);
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(receiver.spans().stream().anyMatch(s -> s.name().equals("execute_tool Bash")));
            // What goes over the wire; the header is for the collector and is the one place where it belongs.
            String exported = receiver.everything().replace("Bearer canary-otlp-ffffff", "");
            ALL.forEach(canary -> assertFalse(exported.contains(canary), canary + " was exported"));
            assertFalse(Files.exists(project.resolve(".pa")));
            assertEquals(List.of(), readableByOthers(home.resolve("state")));
        }
    }

    @Test
    void notEvenWithContentCapturedOnRequest() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa.Result result = pa(receiver).with("CLAUDE_BIN", claude())
                    .with("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true")
                    .run(project, "--reasoner", "rules", "--verify", "sh check.sh " + COMMAND, TASK);
            assertEquals(0, result.exitCode(), result.toString());
            String exported = receiver.everything().replace("Bearer canary-otlp-ffffff", "");
            assertTrue(exported.contains("gen_ai.output.messages"));
            ALL.stream().filter(canary -> !canary.equals("canary-words") && !canary.equals("canary-command"))
                    .forEach(canary -> assertFalse(exported.contains(canary), canary + " was exported"));
        }
    }

    @Test
    void whatIsKeptOnDiskHasNoSecretAndIsItsOwnersOnly() throws Exception {
        Pa pa = new Pa(home).withBarePath().with("CLAUDE_BIN", claude());
        OtlpReceiver.environment(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC).forEach(pa::with);
        ENVIRONMENT.forEach(pa::with);
        Pa.Result result = pa.run(project, "--reasoner", "rules", "--verify", "sh check.sh", TASK);
        assertEquals(0, result.exitCode(), result.toString());
        List<String> found = new ArrayList<>();
        int[] files = {0};
        walk(home.resolve("state"), (file, attributes) -> {
            files[0]++;
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            // The journal is the session's own record of what was asked for and what was said; what leaves it is redacted again.
            boolean journal = file.getFileName().toString().equals("journal.jsonl");
            ALL.stream().filter(canary -> !journal || !SPOKEN.contains(canary)).filter(bytes::contains)
                    .forEach(canary -> found.add(canary + " in " + file));
        });
        assertEquals(List.of(), found);
        assertTrue(files[0] >= 1, "the run is noted as not delivered");
        assertEquals(List.of(), readableByOthers(home.resolve("state")));
        assertFalse(result.err().contains("canary-otlp"), result.err());
    }

    @Test
    void eachChildGetsOnlyWhatItNeeds() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa.Result result = pa(receiver).with("CLAUDE_BIN", claude()).run(project, "--reasoner", "rules", "--verify",
                    "sh check.sh", TASK);
            assertEquals(0, result.exitCode(), result.toString());
        }
        assertEquals(List.of(), secretsIn("check.env"), "of a verification command");
        // Claude Code needs its own key, what the user's tools need, and the collector's header, where it sends its own.
        assertEquals(List.of("canary-anthropic", "canary-aws", "canary-database", "canary-otlp", "canary-service"),
                secretsIn("worker.env"), "of Claude Code");
    }

    @Test
    void anyOtherWorkerGetsNoneOfPasSecrets() throws Exception {
        Files.writeString(home.resolve("worker.sh"), "env > " + home + "/worker.env; cat > /dev/null; echo x > done\n");
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa.Result result = pa(receiver).run(project, "--reasoner", "rules", "--verify", "sh check.sh", "--worker-cmd",
                    "sh " + home.resolve("worker.sh"), TASK);
            assertEquals(0, result.exitCode(), result.toString());
        }
        assertEquals(List.of(), secretsIn("check.env"), "of a verification command");
        assertEquals(List.of("canary-anthropic", "canary-aws", "canary-database", "canary-service"),
                secretsIn("worker.env"));
    }

    private List<String> secretsIn(String file) throws IOException {
        String environment = Files.readString(home.resolve(file));
        assertTrue(environment.contains("PATH="), environment);
        return ALL.stream().filter(environment::contains).sorted().toList();
    }

    /** Files that hold a canary and that a stranger could reach and read. */
    private static List<Path> readableByOthers(Path folder) throws IOException {
        List<Path> open = new ArrayList<>();
        walk(folder, (file, attributes) -> {
            Set<PosixFilePermission> permissions = attributes.permissions();
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (ALL.stream().anyMatch(bytes::contains) && (permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ)) && reachable(folder, file)) {
                open.add(file);
            }
        });
        return open;
    }

    private static boolean reachable(Path top, Path file) throws IOException {
        for (Path folder = file.getParent(); folder.startsWith(top); folder = folder.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            if (!permissions.contains(PosixFilePermission.GROUP_EXECUTE)
                    && !permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private interface Visitor {
        void visit(Path file, PosixFileAttributes attributes) throws IOException;
    }

    private static void walk(Path folder, Visitor visitor) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                visitor.visit(file, Files.readAttributes(file, PosixFileAttributes.class));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
