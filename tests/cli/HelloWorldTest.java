package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import claude.InstalledClaude;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rehearsal.Messages;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;

/**
 * The first task of everybody, in an empty folder, with nothing to be read on standard input and the real Claude Code. The models
 * behind it and the reviewer are stand-ins.
 */
class HelloWorldTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"gemini, 0, completed, reviewed", "rules, 10, unproven, none"})
    void aScriptInAnEmptyFolderIsReviewedAndNeverRun(String reasoner, int exit, String status, String level) throws Exception {
        Path home = Files.createDirectories(folder.toRealPath().resolve("home"));
        Path project = Files.createDirectories(folder.toRealPath().resolve("empty"));
        Path ran = home.resolve("ran");
        Path program = InstalledClaude.require();
        MessagesStandIn messages = Messages.byInstruction(instruction -> ModelTurn.use("", "Bash",
                JsonNodeFactory.instance.objectNode().put("description", "write")
                        .put("command", "printf '#!/bin/sh\\ntouch " + ran + "\\necho hello world\\n' > hello.sh")));
        try (messages; ReviewerStandIn reviewer = new ReviewerStandIn()) {
            Pa pa = reviewer.in(new Pa(home)).with("CLAUDE_BIN", program.toString()).with("ANTHROPIC_BASE_URL", messages.url())
                    .with("ANTHROPIC_API_KEY", "made-up").with("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
                    .with("CLAUDE_CONFIG_DIR", home.resolve("claude").toString());
            Pa.Result result = pa.run(project, "Create a hello world script", "--reasoner", reasoner, "--no-telemetry");
            assertEquals(exit, result.exitCode(), result.toString());
            assertTrue((result.out() + result.err()).contains(status), result.toString());
            assertTrue((result.out() + result.err()).contains(level), result.toString());
        }
        assertTrue(Files.readString(project.resolve("hello.sh")).contains("hello world"));
        assertFalse(Files.exists(ran), "the script was run");
        try (Stream<Path> files = Files.list(project)) {
            assertEquals(1, files.count());
        }
    }
}
