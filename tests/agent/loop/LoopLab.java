package agent.loop;

import agent.Functions;
import agent.Interruption;
import agent.Limits;
import agent.Outcome;
import agent.Reasoner;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.Worker;
import agent.decision.Decision;
import agent.loop.Fakes.FakeTree;
import agent.loop.Fakes.TrustingJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run of the loop with scripted partners, and its events. */
abstract class LoopLab {
    static final Decision DONE = new Decision.MarkDone("it works", List.of("make test"));
    static final Limits LIMITS = Limits.defaults();

    final FakeTree tree = new FakeTree();
    final List<RunEvent> events = new ArrayList<>();
    final Interruption interruption = new Interruption();
    final TrustingJudge judge = new TrustingJudge();
    History history = new History();

    Outcome run(Limits limits, boolean verify, Reasoner reasoner, Worker worker, Functions functions) {
        return new Supervisor(Fakes.supervision(Fakes.task(), limits, verify, false, Optional.empty()), reasoner, worker,
                functions, tree, judge, history, List.of(events::add), interruption, RoundEnvironment.NONE).run();
    }

    static Decision send(String text) {
        return new Decision.SendToWorker(text, Optional.empty());
    }

    List<String> names() {
        return events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.toList());
    }
}
