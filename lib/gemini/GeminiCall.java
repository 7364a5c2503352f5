package gemini;

import agent.Bounds;
import agent.ModelCall;
import contract.ErrorType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.ModelApi;
import reasoning.Reply;
import reasoning.SystemPrompt;
import reasoning.Timing;

/** One logical call of Gemini. */
record GeminiCall(GeminiClient client, GeminiOptions options, Timing timing,
        Amendments amendments) implements ModelApi<GenerateRequest, GenerateResponse> {
    @Override
    public ModelCall call(GenerateRequest request) {
        return new ModelCall("gemini", options.model(), GeminiOptions.TEMPERATURE, request.generationConfig().maxOutputTokens(),
                client.http().server(), client.http().port());
    }

    @Override
    public String instructions(GenerateRequest request) {
        return SystemPrompt.TEXT;
    }

    @Override
    public Reply send(GenerateRequest request, Bounds bounds) throws InterruptedException {
        return client.generate(options.model(), request, options.sending().callTimeout(), bounds);
    }

    @Override
    public Optional<GenerateResponse> read(Reply.Answer answer) {
        return GenerateResponse.parse(answer.body());
    }

    @Override
    public Fault malformed() {
        return client.http().malformed();
    }

    @Override
    public Optional<Fault> objection(GenerateResponse response) {
        if (response.promptBlocked().isPresent()) {
            return Optional.of(blocked("Gemini refuses to read this conversation: " + response.promptBlocked().get(),
                    Remedy.NONE));
        } else if (response.candidate().isEmpty()) {
            return Optional.of(client.http().malformed().because("it contains no candidate"));
        } else if (response.answerBlocked().isPresent()) {
            return Optional.of(blocked("a filter of Gemini removed its answer: " + response.answerBlocked().get(),
                    Remedy.OTHER_REQUEST));
        } else if (response.cut()) {
            return Optional.of(Fault.of(ErrorType.MAX_TOKENS, "the answer was cut off at the token limit", "",
                    Remedy.OTHER_REQUEST));
        }
        return Optional.empty();
    }

    @Override
    public Optional<GenerateRequest> amend(GenerateRequest request, Fault fault) {
        return amendments.amend(request, fault);
    }

    @Override
    public Facts facts(GenerateResponse response) {
        Optional<String> model = Optional.ofNullable(response.modelVersion());
        return new Facts(model, Optional.ofNullable(response.responseId()), response.finishReasons(), response.usage(),
                options.prices().cost(model.orElse(options.model()), response.usage(),
                        LocalDate.ofInstant(timing.now(), ZoneOffset.UTC)));
    }

    private static Fault blocked(String message, Remedy remedy) {
        return Fault.of(ErrorType.BLOCKED, message, "reword the task or its context, use another --model, or continue without "
                + "a model: --reasoner rules", remedy);
    }
}
