package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import console.Console;
import contract.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import runner.Repository;

/** The help is complete, up to date, and correct at every terminal width. */
class HelpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, 100);
    private final Cli cli = new Cli(console, Map.of());

    private String help(String... words) {
        assertEquals(0, cli.run(words));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyOptionStandsUnderATitle() {
        CommandLine pa = cli.commandLine();
        assertEquals(null, HelpGroups.of(pa.getCommandSpec()).get("Other"), "options without a group in HelpGroups");
        pa.getSubcommands().forEach((name, command) ->
                assertEquals(null, HelpGroups.of(command.getCommandSpec()).get("Other"), name));
    }

    @Test
    void examplesFitANarrowTerminal() {
        for (CommandLine command : cli.commandLine().getSubcommands().values()) {
            for (String line : command.getCommandSpec().usageMessage().footer()) {
                assertTrue(line.length() <= 80, line);
            }
        }
        for (String line : cli.commandLine().getCommandSpec().usageMessage().footer()) {
            assertTrue(line.length() <= 80, line);
        }
    }

    @Test
    void theHelpOfARunHasGroupsExamplesVariablesAndEveryExitCode() {
        String help = help("--help");
        for (String title : List.of("Limits:", "How the work is checked:", "Examples:", "Environment:", "Exit codes:")) {
            assertTrue(help.contains(title), help);
        }
        for (Status status : Status.values()) {
            assertTrue(help.contains(status.value() + ": "), status.value() + "\n" + help);
        }
        assertTrue(help.indexOf("  0 ") < help.indexOf("  2 ") && help.indexOf("  2 ") < help.indexOf("  10 "), help);
    }

    /** To be made anew with {@code make docs}. */
    @Test
    void docsPaIsWhatTheProgramSays() throws IOException {
        List<String> docs = Files.readString(Repository.root().resolve("docs/pa.md")).strip().lines().toList();
        List<String> program = Manual.page().lines().toList();
        for (int i = 0; i < Math.max(docs.size(), program.size()); i++) {
            // The first line that differs: both pages whole would hide the message.
            assertEquals(i < docs.size() ? docs.get(i) : "", i < program.size() ? program.get(i) : "",
                    "docs/pa.md is not current, line " + (i + 1) + ": make docs");
        }
    }

    /** Asks bash itself. */
    @Test
    void theCompletionCompletesVerbsAndOptions(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("pa.bash"), help("completion"));
        String asked = "source " + script + "; COMP_WORDS=(pa --reas); COMP_CWORD=1; COMP_LINE='pa --reas'; _complete_pa; "
                + "echo \"${COMPREPLY[@]}\"; COMP_WORDS=(pa sess); COMP_LINE='pa sess'; _complete_pa; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", asked).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), answer);
        assertTrue(answer.contains("--reasoner") && answer.contains("sessions"), answer);
    }
}
