package cli;

import console.Console;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/pa.md, made from what {@code --help} is made from, so that it is never older than the program. {@code make docs}. */
public final class Manual {
    private final StringBuilder text = new StringBuilder();

    private Manual() {}

    /** The whole page. */
    public static String page() {
        CommandLine pa = new Cli(new Console(System.out, System.err, 100), Map.of()).commandLine();
        Manual manual = new Manual();
        manual.text.append("# pa\nMade from the program by `make docs`; a test says when it is not current.\n");
        manual.command(pa);
        return manual.text.toString().stripTrailing();
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        text.append("\n## ").append(spec.qualifiedName()).append('\n');
        paragraph(spec.usageMessage().description());
        text.append("\n```\n").append(synopsis(command)).append("```\n");
        for (PositionalParamSpec word : spec.positionalParameters()) {
            if (!word.hidden()) {
                text.append("\n`").append(word.paramLabel()).append("`: ").append(described(word)).append('\n');
            }
        }
        HelpGroups.of(spec).forEach(this::options);
        block(spec.usageMessage().footerHeading().replace("%n", "").replace(":", ""), spec.usageMessage().footer());
        if (Help.runs(spec) && spec.parent() == null) {
            table("Environment", "variable", HelpTexts.environment());
            table("Exit codes", "code", HelpTexts.exitCodes());
        }
        Set<CommandLine> below = new LinkedHashSet<>(command.getSubcommands().values());
        below.stream().filter(c -> !c.getCommandSpec().usageMessage().hidden()).forEach(this::command);
    }

    private static String synopsis(CommandLine command) {
        String[] own = command.getCommandSpec().usageMessage().customSynopsis();
        if (own.length > 0) {
            return String.join("\n", own).replace("%n", "\n") + "\n";
        }
        CommandSpec spec = command.getCommandSpec();
        List<String> words = new ArrayList<>(List.of(spec.qualifiedName()));
        if (!spec.options().isEmpty()) {
            words.add("[OPTIONS]");
        }
        spec.positionalParameters().stream().filter(p -> !p.hidden())
                .forEach(p -> words.add(p.arity().min() == 0 ? "[" + p.paramLabel() + "]" : p.paramLabel()));
        String below = command.getSubcommands().values().stream().map(CommandLine::getCommandSpec)
                .filter(c -> !c.usageMessage().hidden()).map(CommandSpec::name).distinct().collect(Collectors.joining(" | "));
        return "Usage: " + String.join(" ", words) + "\n"
                + (below.isEmpty() ? "" : "       " + spec.qualifiedName() + " " + below + "\n");
    }

    private void options(String title, List<OptionSpec> options) {
        text.append("\n### ").append(title).append("\n| option | |\n|---|---|\n");
        for (OptionSpec option : options) {
            String names = java.util.Arrays.stream(option.names()).map(n -> "`" + (option.negatable()
                    ? n.replaceFirst("^--", "--[no-]") : n) + "`").collect(Collectors.joining(", "));
            String label = option.arity().max() == 0 || option.type() == boolean.class || option.negatable() ? ""
                    : " `" + option.paramLabel() + "`";
            text.append("| ").append(names).append(label).append(" | ").append(described(option)).append(" |\n");
        }
    }

    @SuppressWarnings("deprecation") // the only way to have the variables of a description filled in
    private static String described(ArgSpec argument) {
        return cell(String.join(" ", argument.renderedDescription()));
    }

    private static String cell(String words) {
        return words.replaceAll("\\s+", " ").strip().replace("|", "\\|").replace("<", "&lt;");
    }

    private void paragraph(String... lines) {
        String joined = String.join(" ", lines).strip();
        if (!joined.isEmpty()) {
            text.append(joined).append('\n');
        }
    }

    private void block(String title, String... lines) {
        List<String> used = java.util.Arrays.stream(lines).filter(l -> !l.isBlank()).map(String::stripTrailing).toList();
        if (!used.isEmpty()) {
            text.append("\n### ").append(title).append("\n```\n");
            used.forEach(line -> text.append(line.replaceFirst("^ {2}", "")).append('\n'));
            text.append("```\n");
        }
    }

    private void table(String title, String head, Map<String, String> rows) {
        text.append("\n### ").append(title).append("\n| ").append(head).append(" | |\n|---|---|\n");
        rows.forEach((name, meaning) -> text.append("| `").append(name).append("` | ").append(cell(meaning)).append(" |\n"));
    }
}
