package codex;

import java.util.Optional;
import java.util.Set;
import workers.WorkerKind;
import workers.WorkerSetup;

/** {@code --worker codex}. */
public final class CodexKind implements WorkerKind {
    @Override
    public String name() {
        return "codex";
    }

    @Override
    public Set<String> secrets() {
        return Set.of("OPENAI_API_KEY");
    }

    @Override
    public Made create(WorkerSetup setup) {
        return new Made(new CodexWorker(CodexOptions.of(setup)), Optional.empty());
    }
}
