package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completions of {@code pa} in a real bash. */
class CompletedWordsTest {
    @TempDir Path folder;

    @Test
    void everyOptionOffersItsOwnWords() throws Exception {
        Pa.Result printed = new Pa(folder).run(folder, "completion");
        assertEquals(0, printed.exitCode(), printed.toString());
        Path script = Files.writeString(folder.resolve("pa.bash"), printed.out());
        List<List<String>> asked = List.of(
                List.of("pa --reasoner", "claude gemini openai rules"),
                List.of("pa --worker", "claude codex"),
                List.of("pa --display", "json plain quiet rich simple"),
                List.of("pa --evidence", "independent none own_tests reviewed unchanged"),
                List.of("pa --baseline", "beside claimed off"),
                List.of("pa --permission-mode", "acceptEdits bypassPermissions default dontAsk plan"),
                List.of("pa verify --reasoner", "claude gemini openai rules"),
                List.of("pa telemetry", "flush send status"));
        StringBuilder bash = new StringBuilder("compopt() { :; }; source " + script + "\n");
        for (List<String> one : asked) {
            bash.append("COMP_WORDS=(").append(one.get(0)).append(" ''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=();"
                    + " _complete_pa; echo \"${COMPREPLY[*]}\"\n");
        }
        Process process = new ProcessBuilder("bash", "-c", bash.toString()).redirectErrorStream(true).start();
        List<String> answers = new ArrayList<>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> answers.add(
                String.join(" ", new TreeSet<>(List.of(line.strip().split("\\s+"))))));
        assertEquals(0, process.waitFor(), answers.toString());
        for (int i = 0; i < asked.size(); i++) {
            assertEquals(asked.get(i).get(1), answers.get(i), asked.get(i).get(0));
        }
    }
}
