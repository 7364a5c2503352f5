package claudejudge;

import agent.Bounds;
import agent.ModelCall;
import contract.ErrorType;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.ModelApi;
import reasoning.Reply;
import workers.WorkerJson;

/** One logical call. It can need several processes. */
final class JudgeCall implements ModelApi<Question, JudgeAnswer> {
    /** The label in telemetry. It differs from the worker's, because the worker may be Claude Code too. */
    private static final String API = "claude_judge";
    private static final String UNNAMED = "default";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final JudgeProcess process;
    private final Optional<String> model;
    private boolean again;

    JudgeCall(JudgeProcess process, Optional<String> model) {
        this.process = process;
        this.model = model;
    }

    /** Claude Code does not report the settings of its requests. */
    @Override
    public ModelCall call(Question request) {
        Optional<URI> server = process.server();
        return new ModelCall(API, model.orElse(UNNAMED), OptionalDouble.empty(), OptionalInt.empty(),
                server.map(URI::getHost).orElse(""), server.map(JudgeCall::port).orElse(0));
    }

    private static int port(URI server) {
        return server.getPort() >= 0 ? server.getPort() : "http".equals(server.getScheme()) ? HTTP_PORT : HTTPS_PORT;
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
        return Fault.of(ErrorType.MALFORMED, "Claude Code ended without an answer", "try Claude Code by hand: claude -p hello",
                Remedy.LATER);
    }

    @Override
    public Optional<Fault> objection(JudgeAnswer answer) {
        if (answer.isError()) {
            return Optional.of(JudgeFaults.of(answer));
        }
        return answer.structured().isObject() ? Optional.empty() : Optional.of(Fault.of(ErrorType.MALFORMED,
                "Claude Code answered in prose, not in the required JSON form",
                "use another model (--model), or another --reasoner", Remedy.OTHER_REQUEST));
    }

    /** The model's answers differ by chance: the same question again can work. */
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
