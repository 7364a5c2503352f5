package cli.run;

import claude.ClaudeProgram;
import contract.Failure;
import contract.Variables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import journal.SessionFolder;
import rehearsal.Cast;
import rehearsal.Rehearsal;
import rehearsal.RehearsalScript;

/** The environment of a run: the real world, or a rehearsal's stand-ins. */
final class Stage implements AutoCloseable {
    private final Map<String, String> environment;
    private final Map<String, String> judgeEnvironment;
    private final Optional<Rehearsal> rehearsal;

    private Stage(Map<String, String> environment, Map<String, String> judgeEnvironment, Optional<Rehearsal> rehearsal) {
        this.environment = environment;
        this.judgeEnvironment = judgeEnvironment;
        this.rehearsal = rehearsal;
    }

    static Stage of(RunRequest request, SessionFolder folder) {
        Map<String, String> environment = new TreeMap<>(request.environment());
        request.options().claudeBin.ifPresent(bin -> environment.put(Variables.CLAUDE_BIN, bin));
        if (!request.plan().rehearsal()) {
            return new Stage(Map.copyOf(environment), Map.copyOf(environment), Optional.empty());
        }
        Cast cast = new Cast(request.options().reasoner.name(), request.options().worker.name());
        cast.missing().ifPresent(who -> {
            throw Failure.usage("there is no stand-in for " + who + ", so it cannot be rehearsed",
                        "rehearse with another --reasoner and --worker");
        });
        Optional<Path> claude = cast.wantsClaude() ? ClaudeProgram.find(environment) : Optional.empty();
        Optional<String> version = claude.flatMap(path -> ClaudeProgram.version(List.of(path.toString()), environment));
        try {
            Rehearsal rehearsal = Rehearsal.start(RehearsalScript.standard(), request.plan().task().directory(),
                    folder.path().resolve("rehearsal-home"), claude, version, cast);
            return new Stage(Map.copyOf(environment), rehearsal.environment(environment), Optional.of(rehearsal));
        } catch (IOException e) {
            throw Failure.error("the rehearsal cannot start: " + e.getMessage(), "it needs three free ports on 127.0.0.1", e);
        }
    }

    /** The environment of PA itself and of the checks. */
    Map<String, String> environment() {
        return environment;
    }

    /** The environment of the judge. */
    Map<String, String> judgeEnvironment() {
        return judgeEnvironment;
    }

    /** The environment of the worker. */
    Map<String, String> workerEnvironment() {
        return rehearsal.map(r -> r.workerEnvironment(environment)).orElse(environment);
    }

    /** The command that replaces the worker's own program; empty outside of a rehearsal. */
    Optional<List<String>> workerCommand() {
        return rehearsal.map(Rehearsal::workerCommand);
    }

    /** The label in every display of the run; empty without stand-ins. */
    String label() {
        return rehearsal.map(Rehearsal::label).orElse("");
    }

    @Override
    public void close() {
        rehearsal.ifPresent(Rehearsal::close);
    }
}
