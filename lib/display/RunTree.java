package display;

import agent.Changes;
import agent.ModelCall;
import agent.Problem;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.Usd;
import agent.decision.Verification;
import console.Cells;
import console.Format;
import console.Palette;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import journal.Entry;

/** The tree of a session: rounds with their tools, checks, and decisions with their calls; each with its duration. */
public final class RunTree implements RunEventHandler {
    private static final int LABEL = 110;
    private static final int NAME = 40;
    /** With fewer columns beside its label, a detail gets a line of its own. */
    private static final int LEAST = 20;

    /** A line of the tree; {@code took} is empty when there is no duration, or no end. */
    public record Node(String label, Optional<Duration> took, String detail, List<Node> children) {}

    private final Palette palette;
    private final List<Node> roots = new ArrayList<>();
    private final Deque<List<Node>> open = new ArrayDeque<>();
    private final Map<String, OpenTool> tools = new LinkedHashMap<>();
    private int rounds;
    private String worker = "worker";
    private Instant now = Instant.EPOCH;
    private Instant selfCheck = Instant.EPOCH;

    /** A tool without an answer yet; {@code children} are the tools of the sub-agent that it started. */
    private record OpenTool(String tool, String detail, Optional<String> parent, List<Node> children) {}

    private RunTree(Palette palette) {
        this.palette = palette;
        open.push(roots);
    }

    /** The top level of the tree, in the order of events. An entry that a kill interrupted has no mark and no duration. */
    public static List<Node> of(List<Entry> entries, Palette palette) {
        RunTree tree = new RunTree(palette);
        entries.forEach(e -> {
            tree.now = e.at();
            tree.on(e.event());
        });
        tree.closeAll();
        return tree.roots;
    }

    /** The lines of a tree, drawn with branches; details are cut so that a line stays within {@code width} columns. */
    public static List<String> lines(List<Node> nodes, Palette palette, int width) {
        List<String> lines = new ArrayList<>();
        draw(nodes, "", palette, width, lines);
        return lines;
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        closeAll();
        worker = Format.oneLine(event.worker(), NAME);
        if (event.resumed()) {
            leaf(palette.dim("resumed"), Optional.empty(), "");
        }
    }

    @Override
    public void on(RunEvent.SelfCheckStarted event) {
        selfCheck = now;
        open.push(new ArrayList<>());
    }

    @Override
    public void on(RunEvent.SelfCheckEnded event) {
        end((event.problem().isPresent() ? palette.failed() : palette.ok()) + " self-check",
                Optional.of(Duration.between(selfCheck, now)), event.problem().map(Problem::message).orElse(""));
    }

    @Override
    public void on(RunEvent.ReasoningStarted event) {
        open.push(new ArrayList<>());
    }

    @Override
    public void on(RunEvent.FunctionStarted event) {
        open.push(new ArrayList<>());
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        rounds++;
        open.push(new ArrayList<>());
    }

    @Override
    public void on(RunEvent.ToolStarted event) {
        tools.put(event.id(), new OpenTool(event.tool(), Describe.tool(event), event.parent(), new ArrayList<>()));
    }

    @Override
    public void on(RunEvent.ToolEnded event) {
        List<Node> why = event.success() || event.reason().isBlank() ? List.of()
                : List.of(new Node(palette.red("why"), Optional.empty(), event.reason(), List.of()));
        toolEnded(event.id(), event.tool(), event.success(), Optional.of(event.duration()), event.interrupted(), why);
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        toolsCutOff();
        String mark = event.report().clean() ? palette.ok() : palette.failed();
        end(mark + " " + palette.bold("round " + rounds) + " " + worker, Optional.of(event.duration()),
                Describe.worker(event.report(), Changes.NONE).stream().filter(part -> !part.equals(Describe.changes(Changes.NONE)))
                        .collect(Collectors.joining(palette.separator())));
    }

    @Override
    public void on(RunEvent.TreeObserved event) {
        if (!event.changes().none() && !roots.isEmpty()) {
            leaf(palette.dim(Describe.changes(event.changes())), Optional.empty(),
                    Format.oneLine(String.join(" ", event.changes().paths()), LABEL));
        }
    }

    @Override
    public void on(RunEvent.ModelCallEnded event) {
        leaf(event.answer().error().map(p -> palette.failed() + " ").orElse("") + Format.oneLine(event.call().api() + " "
                + event.answer().model().orElse(event.call().model()), NAME), Optional.of(event.duration()), call(event.answer()));
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        String label = event.reasoning().map(r -> palette.arrow() + " " + palette.bold(r.decision().function().value()))
                .orElseGet(() -> palette.failed() + " no decision");
        end(label, Optional.of(event.duration()), event.reasoning().map(r -> Describe.decision(r.decision()))
                .orElseGet(() -> event.problem().map(Problem::message).orElse("")));
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        Optional<Verification> verification = event.result().verification();
        end(Describe.mark(event.result(), palette) + " " + (event.automatic() ? "check" : event.decision().function().value())
                + verification.map(v -> " " + v.verdict().value()).orElse(""), Optional.of(event.duration()),
                verification.map(Verification::subject).orElse(event.result().success() ? "" : event.result().output()));
    }

    @Override
    public void on(RunEvent.StallDetected event) {
        leaf(palette.yellow("stall"), Optional.empty(), event.message());
    }

    @Override
    public void on(RunEvent.Notice event) {
        leaf(palette.yellow("note"), Optional.empty(), event.text());
    }

    @Override
    public void on(RunEvent.CheckEnded event) {
        leaf("check " + event.place().value(), Optional.of(event.duration()), Describe.check(event));
    }

    @Override
    public void on(RunEvent.Judged event) {
        leaf("evidence", Optional.empty(), event.evidence().level().value() + ": " + event.evidence().sentence());
        event.evidence().suspicions().forEach(s -> leaf(palette.yellow("suspicion"), Optional.empty(), Describe.suspicion(s)));
        event.evidence().notes().forEach(n -> leaf("note", Optional.empty(), n));
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        closeAll();
    }

    private static String call(ModelCall.Answer answer) {
        List<String> parts = new ArrayList<>();
        Describe.tokens(answer.usage()).ifPresent(parts::add);
        parts.add(answer.cost().map(Usd::toString).orElse("cost not known"));
        if (answer.attempts() > 1) {
            parts.add(answer.attempts() + " attempts");
        }
        answer.error().ifPresent(p -> parts.add(p.value()));
        return String.join(", ", parts);
    }

    private void leaf(String label, Optional<Duration> took, String detail) {
        open.peek().add(new Node(label, took, detail, List.of()));
    }

    private void end(String label, Optional<Duration> took, String detail) {
        List<Node> children = open.size() > 1 ? open.pop() : List.of();
        open.peek().add(new Node(label, took, detail, children));
    }

    /** @param more the children of the tool, after the tools of its sub-agent */
    private void toolEnded(String id, String name, boolean success, Optional<Duration> took, boolean cutOff, List<Node> more) {
        OpenTool tool = Optional.ofNullable(tools.remove(id)).orElse(new OpenTool(name, "", Optional.empty(), new ArrayList<>()));
        tool.children().addAll(more);
        Node node = new Node((success ? "" : palette.failed() + " ") + Format.oneLine(name, NAME), took,
                tool.detail() + (cutOff ? " (cut off)" : ""), tool.children());
        tool.parent().map(tools::get).map(OpenTool::children).orElseGet(open::peek).add(node);
    }

    /** Closes the tools without an end: the run was killed. The newest first, so that a sub-agent's tools stay below it. */
    private void toolsCutOff() {
        List<Map.Entry<String, OpenTool>> left = new ArrayList<>(tools.entrySet());
        Collections.reverse(left);
        left.forEach(tool -> toolEnded(tool.getKey(), tool.getValue().tool(), false, Optional.empty(), true, List.of()));
    }

    /** Closes the entries that were open when the run was killed. */
    private void closeAll() {
        toolsCutOff();
        while (open.size() > 1) {
            end(palette.failed() + " cut off", Optional.empty(), "");
        }
    }

    private static void draw(List<Node> nodes, String indent, Palette palette, int width, List<String> lines) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean last = i == nodes.size() - 1;
            String branch = palette.unicode() ? last ? "└─ " : "├─ " : last ? "`- " : "|- ";
            String took = node.took().map(d -> "  " + palette.cyan(Format.duration(d))).orElse("");
            String head = indent + palette.dim(branch) + node.label() + took;
            String below = indent + (last ? "   " : palette.dim(palette.unicode() ? "│  " : "|  "));
            int room = width - Cells.width(Format.printable(head)) - 3;
            if (node.detail().isBlank()) {
                lines.add(head);
            } else if (room >= LEAST) {
                lines.add(head + palette.dim("  " + Format.oneLine(node.detail(), Math.min(LABEL, room))));
            } else {
                lines.add(head);
                int whole = Math.max(LEAST, width - Cells.width(Format.printable(below)) - 3);
                lines.add(below + palette.dim("  " + Format.oneLine(node.detail(), Math.min(LABEL, whole))));
            }
            draw(node.children(), below, palette, width, lines);
        }
    }
}
