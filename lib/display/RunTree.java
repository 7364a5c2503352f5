package display;

import agent.ModelCall;
import agent.RunEvent;
import agent.Usd;
import agent.Verification;
import console.Format;
import console.Palette;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import journal.Entry;

/** The tree of a session: rounds with their tools, checks, decisions with their calls; each with its duration. */
public final class RunTree {
    private static final int LABEL = 110;

    /** A line of the tree; {@code took} is empty for what has no duration, or has not ended. */
    public record Node(String label, Optional<Duration> took, String detail, List<Node> children) {}

    private final Palette palette;
    private final List<Node> roots = new ArrayList<>();
    private final Deque<List<Node>> open = new ArrayDeque<>();
    private final Map<String, String> tools = new HashMap<>();
    private int rounds;
    private String worker = "worker";
    private Instant now = Instant.EPOCH;
    private Instant selfCheck = Instant.EPOCH;

    private RunTree(Palette palette) {
        this.palette = palette;
        open.push(roots);
    }

    /** The top level of the tree, in the order of events. What a kill cut off has no mark and no duration. */
    public static List<Node> of(List<Entry> entries, Palette palette) {
        RunTree tree = new RunTree(palette);
        entries.forEach(e -> {
            tree.now = e.at();
            tree.add(e.event());
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

    private void add(RunEvent event) {
        if (event instanceof RunEvent.RunStarted e) {
            closeAll();
            worker = e.worker();
            if (e.resumed()) {
                leaf(palette.dim("resumed"), Optional.empty(), "");
            }
        } else if (event instanceof RunEvent.SelfCheckStarted) {
            selfCheck = now;
            open.push(new ArrayList<>());
        } else if (event instanceof RunEvent.ReasoningStarted || event instanceof RunEvent.FunctionStarted) {
            open.push(new ArrayList<>());
        } else if (event instanceof RunEvent.SelfCheckEnded e) {
            end(e.problem().map(p -> palette.failed() + " self-check: " + p.message()).orElse(palette.ok() + " self-check"),
                    Optional.of(Duration.between(selfCheck, now)), "");
        } else if (event instanceof RunEvent.WorkerStarted) {
            rounds++;
            open.push(new ArrayList<>());
        } else if (event instanceof RunEvent.ToolStarted e) {
            tools.put(e.id(), e.detail());
        } else if (event instanceof RunEvent.ToolEnded e) {
            leaf((e.success() ? "" : palette.failed() + " ") + Format.oneLine(e.tool(), LABEL), Optional.of(e.duration()),
                    tools.getOrDefault(e.id(), "") + (e.interrupted() ? " (cut off)" : ""));
        } else if (event instanceof RunEvent.WorkerEnded e) {
            String mark = e.report().clean() ? palette.ok() : palette.failed();
            end(mark + " " + palette.bold("round " + rounds) + " " + worker, Optional.of(e.duration()),
                    Describe.worker(e.report(), agent.Changes.NONE, palette).replaceAll("(, | · )?no file changed$", ""));
        } else if (event instanceof RunEvent.TreeObserved e) {
            if (!e.changes().none() && !roots.isEmpty()) {
                leaf(palette.dim(Describe.changes(e.changes())), Optional.empty(),
                        Format.oneLine(String.join(" ", e.changes().paths()), LABEL));
            }
        } else {
            addDecision(event);
        }
    }

    private void addDecision(RunEvent event) {
        if (event instanceof RunEvent.ModelCallEnded e) {
            leaf(e.answer().error().map(p -> palette.failed() + " ").orElse("") + e.call().api() + " "
                    + e.answer().model().orElse(e.call().model()), Optional.of(e.duration()), call(e.answer()));
        } else if (event instanceof RunEvent.ReasoningEnded e) {
            String label = e.reasoning().map(r -> palette.arrow() + " " + palette.bold(r.decision().function().value()))
                    .orElseGet(() -> palette.failed() + " no decision");
            end(label, Optional.of(e.duration()), e.reasoning().map(r -> Describe.decision(r.decision()))
                    .orElseGet(() -> e.problem().map(agent.Problem::message).orElse("")));
        } else if (event instanceof RunEvent.FunctionEnded e) {
            Optional<Verification> verification = e.result().verification();
            end(Describe.mark(e.result(), palette) + " " + (e.automatic() ? "check" : e.decision().function().value())
                    + verification.map(v -> " " + v.verdict().value()).orElse(""), Optional.of(e.duration()),
                    verification.map(Verification::subject).orElse(e.result().success() ? "" : e.result().output()));
        } else if (event instanceof RunEvent.StallDetected e) {
            leaf(palette.yellow("stall"), Optional.empty(), e.message());
        } else if (event instanceof RunEvent.Notice e) {
            leaf(palette.yellow("note"), Optional.empty(), e.text());
        } else if (event instanceof RunEvent.RunEnded) {
            closeAll();
        }
    }

    private static String call(ModelCall.Answer answer) {
        List<String> parts = new ArrayList<>();
        Describe.tokens(answer.usage()).ifPresent(parts::add);
        parts.add(answer.cost().map(Usd::toString).orElse("cost not known"));
        if (answer.attempts() > 1) {
            parts.add(answer.attempts() + " attempts");
        }
        answer.error().ifPresent(p -> parts.add(p.type()));
        return String.join(", ", parts);
    }

    private void leaf(String label, Optional<Duration> took, String detail) {
        open.peek().add(new Node(label, took, detail, List.of()));
    }

    private void end(String label, Optional<Duration> took, String detail) {
        List<Node> children = open.size() > 1 ? open.pop() : List.of();
        open.peek().add(new Node(label, took, detail, children));
    }

    /** What was open when a run was killed. */
    private void closeAll() {
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
            int room = Math.max(20, Math.min(LABEL, width - Format.printable(head).length() - 2));
            lines.add(node.detail().isBlank() ? head : head + palette.dim("  " + Format.oneLine(node.detail(), room)));
            String rest = last ? "   " : palette.dim(palette.unicode() ? "│  " : "|  ");
            draw(node.children(), indent + rest, palette, width, lines);
        }
    }
}
