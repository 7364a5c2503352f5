package agent.loop;

import agent.Problem;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunEvent;
import agent.RunListener;
import agent.Stopwatch;
import contract.ErrorType;
import contract.Failure;
import java.util.Optional;

/** Does a thing and tells of it: its start, and its end however it ends. */
public final class Told {
    private Told() {}

    /** What {@link #selfCheck} does. */
    public interface Check {
        void run() throws InterruptedException;
    }

    /** What {@link #decision} does. */
    interface Question {
        Reasoning answer() throws InterruptedException, ReasonerException;
    }

    public static void selfCheck(RunListener listener, Check check) throws InterruptedException {
        listener.on(new RunEvent.SelfCheckStarted());
        Optional<Problem> problem = interrupted();
        try {
            check.run();
            problem = Optional.empty();
        } catch (Failure e) {
            problem = Optional.of(Problem.fatal(ErrorType.SELF_CHECK, e.getMessage()));
            throw e;
        } finally {
            listener.on(new RunEvent.SelfCheckEnded(problem));
        }
    }

    static Reasoning decision(int iteration, RunListener listener, Question question) throws InterruptedException, ReasonerException {
        listener.on(new RunEvent.ReasoningStarted(iteration));
        Stopwatch took = new Stopwatch();
        Optional<Reasoning> reasoning = Optional.empty();
        Optional<Problem> problem = interrupted();
        try {
            reasoning = Optional.of(question.answer());
            problem = Optional.empty();
            return reasoning.get();
        } catch (ReasonerException e) {
            problem = Optional.of(e.problem());
            throw e;
        } finally {
            listener.on(new RunEvent.ReasoningEnded(iteration, reasoning, problem, took.elapsed()));
        }
    }

    /** What it is until it has ended in another way. */
    private static Optional<Problem> interrupted() {
        return Optional.of(Problem.passing(ErrorType.INTERRUPTED, "interrupted"));
    }
}
