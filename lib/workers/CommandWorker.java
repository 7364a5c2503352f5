package workers;

import agent.Bounds;
import agent.Instruction;
import agent.Problem;
import agent.RunEvent;
import agent.RunListener;
import agent.Worker;
import agent.WorkerReport;
import contract.ErrorType;
import contract.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import process.CannotStart;
import process.CommandWords;
import process.ProcessSpec;

/**
 * Any command as a worker. The instruction goes to its standard input and nowhere else. Each line that it prints is a message of
 * the worker, and exit code 0 is a clean round. PA does not see a conversation, tools or costs.
 */
public final class CommandWorker implements Worker {
    private static final String WHO = "the worker command";
    private static final String HINT = "--worker-cmd takes a program on the PATH, or a path, and its arguments";
    private static final int MAX_MESSAGE = 500;
    /** The end of the output is kept for the reasoner. */
    private static final int MAX_TEXT = 8_000;

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final WorkerLimits limits;

    /**
     * @param command a line as a user writes it; no shell reads it
     * @param environment the base of the child's environment; PA's own secrets are removed
     * @throws Failure (usage) when the line has no words, an open quote, or needs a shell
     */
    public CommandWorker(String command, Path directory, Map<String, String> environment, WorkerLimits limits) {
        this.command = CommandWords.split(command);
        this.directory = directory;
        this.environment = environment;
        this.limits = limits;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public void selfCheck() {
        WorkingDirectory.check(directory);
        WorkerProgram.require(command.get(0), environment, HINT);
    }

    @Override
    public Optional<String> unpriced() {
        return Optional.of("the worker's command does not report its cost");
    }

    @Override
    public Map<String, String> environment() {
        return WorkerEnvironment.of(environment);
    }

    @Override
    public WorkerReport work(Instruction instruction, Map<String, String> variables, Bounds bounds, RunListener listener) {
        StringBuilder text = new StringBuilder();
        List<String> words = new ArrayList<>(command);
        try {
            words.set(0, WorkerProgram.require(words.get(0), environment, HINT).toString());
        } catch (Failure e) {
            return WorkerReport.notStarted(e.getMessage(), WorkerReport.Agent.UNKNOWN);
        }
        ProcessSpec spec = new ProcessSpec(words, directory, variables, instruction.text().getBytes(StandardCharsets.UTF_8));
        WorkerRun.End end;
        try {
            end = new WorkerRun<String>(spec, limits, bounds).run(CommandWorker::line, listener, arrival -> {
                if (!arrival.line().isBlank()) {
                    listener.on(new RunEvent.WorkerSaid(arrival.line()));
                    keep(text, arrival.line());
                }
            });
        } catch (CannotStart e) {
            return WorkerReport.notStarted(e.getMessage(), WorkerReport.Agent.UNKNOWN);
        }
        return new WorkerReport(problem(end, text), text.toString().strip(), end.ending());
    }

    private Optional<Problem> problem(WorkerRun.End end, StringBuilder text) {
        if (end.stop().isPresent()) {
            return end.stop().map(stop -> stop.problem(WHO, limits));
        }
        int exit = end.exitCode().orElse(-1);
        if (exit == 0) {
            return Optional.empty();
        }
        String said = Texts.oneLine(end.stderr().isBlank() ? text.toString() : end.stderr(), MAX_MESSAGE);
        return Optional.of(Problem.passing(ErrorType.EXIT, exit, WorkerRun.ended(WHO, exit)
                + (said.isEmpty() ? "" : ": " + said)));
    }

    private static String line(LineReader line) throws IOException {
        line.finish();
        String head = line.head();
        long left = line.length() - LineReader.HEAD;
        return left > 0 ? head + "… (" + left + " more characters)" : head;
    }

    private static void keep(StringBuilder text, String line) {
        text.append(line).append('\n');
        if (text.length() > 2 * MAX_TEXT) {
            text.delete(0, text.length() - MAX_TEXT);
        }
    }
}
