package agent.loop;

import agent.Bounds;
import agent.Instruction;
import agent.RunListener;
import agent.Worker;
import agent.WorkerReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker that records its instructions; the test decides its actions in a round. */
public abstract class FakeWorker implements Worker {
    public final List<Instruction> told = new ArrayList<>();

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public void selfCheck() {}

    @Override
    public Map<String, String> environment() {
        return new HashMap<>();
    }

    @Override
    public final WorkerReport work(Instruction instruction, Map<String, String> env, Bounds bounds, RunListener listener) {
        told.add(instruction);
        return round(env, bounds, listener);
    }

    protected abstract WorkerReport round(Map<String, String> env, Bounds bounds, RunListener listener);
}
