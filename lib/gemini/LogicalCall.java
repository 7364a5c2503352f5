package gemini;

import agent.Bounds;
import agent.ModelCall;
import agent.Problem;
import agent.ReasonerException;
import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import agent.Usd;
import contract.ErrorType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.Reply;
import reasoning.Timing;

/** One logical call: as many requests as it takes, told as one start, attempts that failed, and one end. Used once. */
final class LogicalCall {
    private final GeminiClient client;
    private final GeminiOptions options;
    private final Timing timing;
    private final Bounds bounds;
    private final RunListener listener;
    private final Amendments amendments = new Amendments();
    private final long start;
    private ModelCall call;
    private int attempts;
    private Optional<GenerateResponse> last = Optional.empty();
    private TokenUsage usage = TokenUsage.NONE;
    private Usd cost = Usd.ZERO;
    private boolean priced = true;

    LogicalCall(GeminiClient client, GeminiOptions options, Timing timing, Bounds bounds, RunListener listener) {
        this.client = client;
        this.options = options;
        this.timing = timing;
        this.bounds = bounds;
        this.listener = listener;
        this.start = timing.nanos();
    }

    /** @throws ReasonerException when no answer is to be had */
    GenerateResponse answer(GenerateRequest request) throws InterruptedException, ReasonerException {
        Timing.check(bounds);
        call = new ModelCall("gemini", options.model(), options.temperature(), request.generationConfig().maxOutputTokens(),
                client.server(), client.port());
        listener.on(new RunEvent.ModelCallStarted(call));
        Optional<Problem> error = Optional.of(problem(ErrorType.INTERNAL, "a defect while Gemini was asked"));
        try {
            GenerateResponse response = ask(request);
            error = Optional.empty();
            return response;
        } catch (ReasonerException e) {
            error = Optional.of(e.problem());
            throw e;
        } catch (InterruptedException e) {
            error = Optional.of(problem(ErrorType.INTERRUPTED, e.getMessage()));
            throw e;
        } finally {
            listener.on(new RunEvent.ModelCallEnded(call, ended(error), elapsed()));
        }
    }

    /** Whether every answer so far had a known price. */
    boolean priced() {
        return priced;
    }

    private GenerateResponse ask(GenerateRequest first) throws InterruptedException, ReasonerException {
        GenerateRequest request = first;
        while (true) {
            attempts++;
            Reply reply = client.generate(options.model(), request, options.callTimeout(), bounds);
            Optional<GenerateResponse> response = read(reply);
            Optional<Fault> objection = response.isPresent() ? objection(response.get()) : Optional.of(fault(reply));
            if (objection.isEmpty()) {
                return response.get();
            }
            Fault fault = objection.get();
            Optional<GenerateRequest> amended = amendments.amend(request, fault);
            if (amended.isPresent()) {
                request = amended.get();
                report(fault, Optional.of(Duration.ZERO));
            } else if (fault.type() == ErrorType.MAX_TOKENS) {
                // Read as it is: the model is told that its answer was cut.
                return response.get();
            } else {
                timing.pause(delay(fault), bounds);
            }
        }
    }

    /** Reads and books an answer; empty when it is none. */
    private Optional<GenerateResponse> read(Reply reply) {
        Optional<GenerateResponse> response = reply instanceof Reply.Answer answer
                ? GenerateResponse.parse(answer.body()) : Optional.empty();
        response.ifPresent(this::book);
        return response;
    }

    private Fault fault(Reply reply) {
        return reply instanceof Fault fault ? fault : client.faults().malformed();
    }

    private void book(GenerateResponse response) {
        last = Optional.of(response);
        TokenUsage used = response.usage();
        usage = usage.plus(used);
        String model = response.modelVersion() == null ? options.model() : response.modelVersion();
        Optional<Usd> amount = options.prices().cost(ModelName.unreleased(model), used, LocalDate.ofInstant(timing.now(), ZoneOffset.UTC));
        amount.ifPresent(a -> cost = cost.plus(a));
        priced &= amount.isPresent();
    }

    /** What is wrong with an answer that is one. */
    private Optional<Fault> objection(GenerateResponse response) {
        if (response.promptBlocked().isPresent()) {
            return Optional.of(blocked("Gemini refuses to read this conversation: " + response.promptBlocked().get(),
                    Remedy.NONE));
        } else if (response.candidate().isEmpty()) {
            return Optional.of(client.faults().malformed().because("no candidate in it"));
        } else if (response.answerBlocked().isPresent()) {
            return Optional.of(blocked("a filter of Gemini took its answer away: " + response.answerBlocked().get(),
                    Remedy.OTHER_REQUEST));
        } else if (response.cut()) {
            return Optional.of(Fault.of(ErrorType.MAX_TOKENS, "the answer was cut off where its tokens ended", "",
                    Remedy.OTHER_REQUEST));
        }
        return Optional.empty();
    }

    private static Fault blocked(String message, Remedy remedy) {
        return Fault.of(ErrorType.BLOCKED, message, "reword the task or its context, use another --model, or go on without "
                + "a model: --reasoner rules", remedy);
    }

    /** The wait before the same request is sent again, which is reported; the end when there is to be none. */
    private Duration delay(Fault fault) throws ReasonerException {
        Optional<Duration> delay = fault.remedy() == Remedy.LATER
                ? options.retry().delay(attempts, fault.asked(), elapsed(), timing.chance()) : Optional.empty();
        report(fault, delay);
        return delay.orElseThrow(() -> given(fault).toException());
    }

    private Fault given(Fault fault) {
        Optional<Duration> tooLong = fault.asked().filter(a -> a.compareTo(options.retry().longestAsked()) > 0);
        if (tooLong.isPresent()) {
            return fault.because("it asks to be left alone for " + tooLong.get().toSeconds() + " s");
        }
        return attempts > 1 ? fault.because("after " + attempts + " attempts") : fault;
    }

    private void report(Fault fault, Optional<Duration> delay) {
        listener.on(new RunEvent.AttemptFailed(call, new ModelCall.Attempt(attempts, fault.status(), fault.type(),
                fault.message(), delay.map(Duration::toMillis).orElse(-1L))));
    }

    private ModelCall.Answer ended(Optional<Problem> error) {
        boolean answered = last.isPresent();
        return new ModelCall.Answer(last.map(GenerateResponse::modelVersion), last.map(GenerateResponse::responseId),
                last.map(GenerateResponse::finishReasons).orElse(List.of()), usage,
                answered && priced ? Optional.of(cost) : Optional.empty(), attempts, error);
    }

    private static Problem problem(ErrorType type, String message) {
        return Problem.passing(type, message);
    }

    private Duration elapsed() {
        return Duration.ofNanos(timing.nanos() - start);
    }
}
