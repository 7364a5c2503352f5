package cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The group of each option in the help: by the user's purpose, not by the alphabet. */
final class HelpGroups {
    /** A command with fewer options has one list without groups. */
    private static final int FEW = 9;
    private static final String REST = "Other";

    private static final Map<String, Set<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("The task", Set.of("--task", "--session", "--working-dir", "--context-dir", "--screenshot",
                "--add-screenshot", "--rehearse"));
        GROUPS.put("Who decides, and who works", Set.of("--reasoner", "--model", "--worker", "--worker-cmd", "--claude-bin",
                "--permission-mode", "--setting-sources"));
        GROUPS.put("How the work is checked", Set.of("--verify", "--no-verify", "--evidence", "--baseline", "--accept",
                "--base", "--run-new-checks", "--no-allow-check", "--no-qa", "--remote-servers"));
        GROUPS.put("Limits", Set.of("--max-iterations", "--max-cost", "--max-turns", "--timeout", "--worker-idle",
                "--worker-timeout", "--end-stalled-rounds", "--check-timeout", "--wait"));
        GROUPS.put("Output, storage and telemetry", Set.of("--display", "--json", "--verbose", "--notify", "--telemetry",
                "--no-claude-telemetry", "--state-dir"));
        GROUPS.put("About pa", Set.of("--help", "--version"));
    }

    private HelpGroups() {}

    /** The command's options by the titles of their groups, in order; hidden ones are left out. */
    static Map<String, List<OptionSpec>> of(CommandSpec command) {
        List<OptionSpec> shown = command.options().stream().filter(option -> !option.hidden()).toList();
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        if (shown.size() < FEW) {
            groups.put("Options", shown);
            return groups;
        }
        List<OptionSpec> rest = new ArrayList<>(shown);
        GROUPS.forEach((title, names) -> {
            List<OptionSpec> in = shown.stream().filter(option -> names.contains(option.longestName())).toList();
            if (!in.isEmpty()) {
                groups.put(title, in);
                rest.removeAll(in);
            }
        });
        if (!rest.isEmpty()) {
            groups.put(REST, rest);
        }
        return groups;
    }
}
