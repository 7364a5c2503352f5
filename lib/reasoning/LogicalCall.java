package reasoning;

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
import java.util.List;
import java.util.Optional;
import reasoning.Fault.Remedy;

/**
 * One logical call of a model. It may need several requests, but is reported as one start, failed attempts, and one end. Used once.
 *
 * @param <Q> a request of the API
 * @param <A> an answer of it
 */
public final class LogicalCall<Q, A> {
    private final ModelApi<Q, A> api;
    private final RetryPolicy retry;
    private final Timing timing;
    private final Bounds bounds;
    private final RunListener listener;
    private final long start;
    private ModelCall call;
    private int attempts;
    private Optional<ModelApi.Facts> last = Optional.empty();
    private TokenUsage usage = TokenUsage.NONE;
    private Usd cost = Usd.ZERO;
    private boolean priced = true;

    public LogicalCall(ModelApi<Q, A> api, RetryPolicy retry, Timing timing, Bounds bounds, RunListener listener) {
        this.api = api;
        this.retry = retry;
        this.timing = timing;
        this.bounds = bounds;
        this.listener = listener;
        this.start = timing.nanos();
    }

    /** @throws ReasonerException when all requests failed */
    public A answer(Q request) throws InterruptedException, ReasonerException {
        Timing.check(bounds);
        call = api.call(request);
        listener.on(new RunEvent.ModelCallStarted(call, Optional.of(api.instructions(request))));
        Optional<Problem> error = Optional.of(Problem.passing(ErrorType.INTERNAL, "a bug in the code that asks the model"));
        try {
            A answer = ask(request);
            error = Optional.empty();
            return answer;
        } catch (ReasonerException e) {
            error = Optional.of(e.problem());
            throw e;
        } catch (InterruptedException e) {
            error = Optional.of(Problem.passing(ErrorType.INTERRUPTED, e.getMessage()));
            throw e;
        } finally {
            listener.on(new RunEvent.ModelCallEnded(call, ended(error), elapsed()));
        }
    }

    /** Whether the price of every answer so far was known. */
    public boolean priced() {
        return priced;
    }

    private A ask(Q first) throws InterruptedException, ReasonerException {
        Q request = first;
        while (true) {
            attempts++;
            Reply reply = api.send(request, bounds);
            Optional<A> answer = read(reply);
            Optional<Fault> objection = answer.isPresent() ? api.objection(answer.get()) : Optional.of(fault(reply));
            if (objection.isEmpty()) {
                return answer.get();
            }
            Fault fault = objection.get();
            Optional<Q> amended = fault.remedy() == Remedy.OTHER_REQUEST ? api.amend(request, fault) : Optional.empty();
            if (amended.isPresent()) {
                request = amended.get();
                report(fault, Optional.of(Duration.ZERO));
            } else if (fault.type() == ErrorType.MAX_TOKENS && answer.isPresent()) {
                // The incomplete answer is read all the same: the model is told that it was cut off.
                return answer.get();
            } else {
                timing.pause(delay(fault), bounds);
            }
        }
    }

    /** Reads and books an answer; empty when it has not the form of the API. */
    private Optional<A> read(Reply reply) {
        Optional<A> answer = reply instanceof Reply.Answer told ? api.read(told) : Optional.empty();
        answer.map(api::facts).ifPresent(this::book);
        return answer;
    }

    private Fault fault(Reply reply) {
        return reply instanceof Fault fault ? fault : api.malformed();
    }

    private void book(ModelApi.Facts facts) {
        last = Optional.of(facts);
        usage = usage.plus(facts.usage());
        facts.cost().ifPresent(amount -> cost = cost.plus(amount));
        priced &= facts.cost().isPresent();
    }

    /** Reports and returns the wait before the next request; ends the call when there is none. */
    private Duration delay(Fault fault) throws ReasonerException {
        Optional<Duration> delay = fault.remedy() == Remedy.LATER
                ? retry.delay(attempts, fault.asked(), elapsed(), timing.chance()) : Optional.empty();
        report(fault, delay);
        return delay.orElseThrow(() -> given(fault).toException());
    }

    private Fault given(Fault fault) {
        Optional<Duration> tooLong = fault.asked().filter(a -> a.compareTo(retry.longestAsked()) > 0);
        if (tooLong.isPresent()) {
            return fault.because("the server asks for a wait of " + tooLong.get().toSeconds() + " s, which is too long");
        }
        return attempts > 1 ? fault.because("after " + attempts + " attempts") : fault;
    }

    private void report(Fault fault, Optional<Duration> delay) {
        listener.on(new RunEvent.AttemptFailed(call, new ModelCall.Attempt(attempts, fault.status(), fault.type(),
                fault.message(), delay.map(Duration::toMillis).orElse(-1L))));
    }

    private ModelCall.Answer ended(Optional<Problem> error) {
        return new ModelCall.Answer(last.flatMap(ModelApi.Facts::model), last.flatMap(ModelApi.Facts::responseId),
                last.map(ModelApi.Facts::finishReasons).orElse(List.of()), usage,
                last.isPresent() && priced ? Optional.of(cost) : Optional.empty(), attempts, error);
    }

    private Duration elapsed() {
        return Duration.ofNanos(timing.nanos() - start);
    }
}
