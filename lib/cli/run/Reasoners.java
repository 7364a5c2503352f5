package cli.run;

//SOURCES ../../gemini/package-info.java
//SOURCES ../../openai/package-info.java
//SOURCES ../../claudejudge/package-info.java
import claudejudge.ClaudeJudge;
import gemini.GeminiReasoner;
import java.util.ArrayList;
import java.util.List;
import openai.OpenAiReasoner;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import reasoning.ReasonerKind;
import reasoning.RulesReasoner;

/** The registry of reasoners. A new one is a package, its {@code //SOURCES} line above, and one line in the list. */
public final class Reasoners {
    static final String DEFAULT = "gemini";

    static final List<ReasonerKind> ALL = List.of(
            GeminiReasoner.KIND,
            OpenAiReasoner.KIND,
            ClaudeJudge.KIND,
            RulesReasoner.KIND);

    private Reasoners() {}

    /** Reads the word after {@code --reasoner}. */
    public static final class Converter implements ITypeConverter<ReasonerKind> {
        @Override
        public ReasonerKind convert(String word) {
            // No lambda: those of a class over picocli's old ones are in no archive, and each would cost 5 ms at every start.
            for (ReasonerKind kind : ALL) {
                if (kind.name().equalsIgnoreCase(word)) {
                    return kind;
                }
            }
            throw new TypeConversionException("the reasoner '" + word + "' does not exist; use one of "
                    + String.join(", ", new Candidates()));
        }
    }

    /** For the help and the shell's completion. */
    public static final class Candidates extends ArrayList<String> {
        public Candidates() {
            super(ALL.stream().map(ReasonerKind::name).toList());
        }
    }
}
