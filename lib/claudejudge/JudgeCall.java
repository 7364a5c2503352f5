package claudejudge;

import agent.Bounds;
import agent.ModelCall;
import contract.ErrorType;
import java.io.IOException;
import java.util.Optional;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.ModelApi;
import reasoning.Reply;
import workers.WorkerJson;

/** One logical call: as many processes as it takes. */
final class JudgeCall implements ModelApi<Question, JudgeAnswer> {
    /** The label of telemetry: the worker may be Claude Code too. */
    private static final String API = "claude_judge";
    private static final String UNNAMED = "default";

    private final JudgeProcess process;
    private final Optional<String> model;
    private boolean again;

    JudgeCall(JudgeProcess process, Optional<String> model) {
        this.process = process;
        this.model = model;
    }

    /** Claude Code says neither where it asks nor with which settings. */
    @Override
    public ModelCall call(Question request) {
        return new ModelCall(API, model.orElse(UNNAMED), 1, 0, "", 0);
    }

    @Override
    public String instructions(Question request) {
        return request.system();
    }

    @Override
    public Reply send(Question question, Bounds bounds) throws InterruptedException {
        return process.ask(question, bounds);
    }

    @Override
    public Optional<JudgeAnswer> read(Reply.Answer answer) {
        try {
            return Optional.of(new JudgeAnswer(WorkerJson.MAPPER.readTree(answer.body())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Fault malformed() {
        return Fault.of(ErrorType.MALFORMED, "Claude Code ended without an answer", "try it by hand: claude -p hello",
                Remedy.LATER);
    }

    @Override
    public Optional<Fault> objection(JudgeAnswer answer) {
        if (answer.isError()) {
            return Optional.of(JudgeFaults.of(answer));
        }
        return answer.structured().isObject() ? Optional.empty() : Optional.of(Fault.of(ErrorType.MALFORMED,
                "Claude Code answered in words, not in the shape that was asked for",
                "use another model (--model), or another --reasoner", Remedy.OTHER_REQUEST));
    }

    /** Answers are drawn by chance: once more the same. */
    @Override
    public Optional<Question> amend(Question question, Fault fault) {
        boolean first = !again;
        again = true;
        return first ? Optional.of(question) : Optional.empty();
    }

    @Override
    public Facts facts(JudgeAnswer answer) {
        return new Facts(answer.model(), answer.id(), answer.finishReasons(), answer.usage(), answer.cost());
    }
}
