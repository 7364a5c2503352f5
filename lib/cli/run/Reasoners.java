package cli.run;

//SOURCES ../../gemini/package-info.java
//SOURCES ../../openai/package-info.java
//SOURCES ../../claudejudge/package-info.java
import claudejudge.ClaudeJudgeKind;
import gemini.GeminiKind;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import openai.OpenAiKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import reasoning.ReasonerKind;
import reasoning.RulesKind;

/** The registry of reasoners. A new one is a package, its {@code //SOURCES} line above, and one line in the list. */
public final class Reasoners {
    static final String DEFAULT = "gemini";

    static final List<ReasonerKind> ALL = List.of(
            new GeminiKind(),
            new OpenAiKind(),
            new ClaudeJudgeKind(),
            new RulesKind());

    private Reasoners() {}

    static String names() {
        return ALL.stream().map(ReasonerKind::name).collect(Collectors.joining(", "));
    }

    /** Reads the word after {@code --reasoner}. */
    public static final class Converter implements ITypeConverter<ReasonerKind> {
        @Override
        public ReasonerKind convert(String word) {
            return ALL.stream().filter(kind -> kind.name().equalsIgnoreCase(word)).findFirst()
                    .orElseThrow(() -> new TypeConversionException("the reasoner '" + word + "' does not exist; use one of " + names()));
        }
    }

    /** For the help and the shell's completion. */
    public static final class Candidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ALL.stream().map(ReasonerKind::name).iterator();
        }
    }
}
