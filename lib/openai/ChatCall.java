package openai;

import agent.Bounds;
import agent.ModelCall;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.ErrorType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import reasoning.Excerpt;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.ModelApi;
import reasoning.Reply;
import reasoning.SystemPrompt;
import reasoning.Timing;

/**
 * One logical call. It also handles a server that refuses a field of the request, an answer that was cut off, and an answer in
 * prose: it asks again.
 */
final class ChatCall implements ModelApi<ObjectNode, ChatResponse> {
    private static final int SAID_CHARS = 200;
    private static final String ONLY_CALLS = "Your answer contained no valid function call. Answer with exactly one call of one of "
            + "the given functions, with arguments that are valid JSON, and nothing else.";

    private final ChatClient client;
    private final OpenAiOptions options;
    private final Timing timing;
    private final DroppedFields dropped;
    private boolean moreRoom;
    private boolean drawnAgain;
    private boolean reminded;

    ChatCall(ChatClient client, OpenAiOptions options, Timing timing, DroppedFields dropped) {
        this.client = client;
        this.options = options;
        this.timing = timing;
        this.dropped = dropped;
    }

    /** The request sets no temperature: some models accept only their default. */
    @Override
    public ModelCall call(ObjectNode request) {
        return new ModelCall("openai", options.model(), OptionalDouble.empty(), OptionalInt.of(OpenAiOptions.MAX_TOKENS),
                client.http().server(), client.http().port());
    }

    @Override
    public String instructions(ObjectNode request) {
        return SystemPrompt.TEXT;
    }

    @Override
    public Reply send(ObjectNode request, Bounds bounds) throws InterruptedException {
        return client.complete(request, bounds);
    }

    @Override
    public Optional<ChatResponse> read(Reply.Answer answer) {
        return ChatResponse.parse(answer);
    }

    @Override
    public Fault malformed() {
        return client.http().malformed();
    }

    @Override
    public Optional<Fault> objection(ChatResponse response) {
        if (response.refusal().isPresent()) {
            return Optional.of(Fault.of(ErrorType.BLOCKED, "the model refuses: "
                    + Excerpt.line(response.refusal().get(), SAID_CHARS), "reword the task or its context, or use another "
                    + "--model", Remedy.NONE));
        } else if (response.filtered()) {
            return Optional.of(Fault.of(ErrorType.BLOCKED, "a content filter removed the model's answer", "reword the task or its "
                    + "context, or use another --model", Remedy.OTHER_REQUEST));
        } else if (response.cut()) {
            return Optional.of(Fault.of(ErrorType.MAX_TOKENS, "the answer was cut off at the token limit", "",
                    Remedy.OTHER_REQUEST));
        } else if (response.call().isMissingNode() || response.arguments().isEmpty()) {
            String said = Excerpt.line(response.message().path("content").asText(""), SAID_CHARS);
            return Optional.of(Fault.of(ErrorType.MALFORMED, response.call().isMissingNode()
                    ? "the model answered in prose and called no function" + (said.isEmpty() ? "" : ": " + said)
                    : "the arguments of the model's call are not valid JSON: "
                            + Excerpt.line(response.call().path("arguments").asText(""), SAID_CHARS),
                    "use a model that can call functions; vLLM needs --enable-auto-tool-choice and a tool parser for it",
                    Remedy.OTHER_REQUEST));
        }
        return Optional.empty();
    }

    @Override
    public Optional<ObjectNode> amend(ObjectNode request, Fault fault) {
        ObjectNode other = request.deepCopy();
        switch (fault.type()) {
            case MAX_TOKENS -> {
                if (moreRoom) {
                    return Optional.empty();
                }
                moreRoom = true;
                return Optional.of(room(other, 2 * OpenAiOptions.MAX_TOKENS));
            }
            case BLOCKED -> {
                boolean first = !drawnAgain;
                drawnAgain = true;
                return first ? Optional.of(other) : Optional.empty();
            }
            case MALFORMED -> {
                if (reminded) {
                    return Optional.empty();
                }
                reminded = true;
                ((ArrayNode) other.path("messages")).addObject().put("role", "user").put("content", ONLY_CALLS);
                return Optional.of(other);
            }
            default -> {
                return dropped.drop(fault.message()) ? Optional.of(without(other)) : Optional.empty();
            }
        }
    }

    @Override
    public Facts facts(ChatResponse response) {
        return new Facts(response.model(), response.id(), response.finishReasons(), response.usage(),
                response.toldCost().or(() -> options.prices().cost(response.model().orElse(options.model()), response.usage(),
                        LocalDate.ofInstant(timing.now(), ZoneOffset.UTC))));
    }

    private ObjectNode room(ObjectNode request, int tokens) {
        String field = request.has(DroppedFields.MAX_TOKENS) ? DroppedFields.MAX_TOKENS : DroppedFields.MAX_COMPLETION_TOKENS;
        return request.put(field, tokens);
    }

    private ObjectNode without(ObjectNode request) {
        if (dropped.contains(DroppedFields.TOOL_CHOICE)) {
            request.remove(DroppedFields.TOOL_CHOICE);
        }
        if (dropped.contains(DroppedFields.PARALLEL)) {
            request.remove(DroppedFields.PARALLEL);
        }
        if (dropped.contains(DroppedFields.MAX_COMPLETION_TOKENS) && request.has(DroppedFields.MAX_COMPLETION_TOKENS)) {
            request.set(DroppedFields.MAX_TOKENS, request.remove(DroppedFields.MAX_COMPLETION_TOKENS));
        }
        return request;
    }
}
