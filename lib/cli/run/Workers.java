package cli.run;

//SOURCES ../../claude/package-info.java
//SOURCES ../../codex/package-info.java
import claude.ClaudeWorker;
import codex.CodexWorker;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import workers.WorkerKind;

/** The registry of workers. A new one is a package, its {@code //SOURCES} line above, and one line in the list. */
final class Workers {
    static final String DEFAULT = "claude";

    static final List<WorkerKind> ALL = List.of(
            ClaudeWorker.KIND,
            CodexWorker.KIND);

    private Workers() {}

    /** Reads the word after {@code --worker}. */
    static final class Converter implements ITypeConverter<WorkerKind> {
        @Override
        public WorkerKind convert(String word) {
            // No lambda: those of a class over picocli's old ones are in no archive, and each would cost 5 ms at every start.
            for (WorkerKind kind : ALL) {
                if (kind.name().equalsIgnoreCase(word)) {
                    return kind;
                }
            }
            throw new TypeConversionException("the worker '" + word + "' does not exist; use one of "
                    + String.join(", ", new Candidates())
                    + ", or any other program with --worker-cmd CMD");
        }
    }

    /** For the help and the shell's completion. */
    static final class Candidates extends ArrayList<String> {
        Candidates() {
            super(ALL.stream().map(WorkerKind::name).toList());
        }
    }
}
