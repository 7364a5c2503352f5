package display;

import agent.RunEvent;
import agent.RunEventHandler;
import agent.decision.Verification;
import console.Console;
import console.Format;
import console.Palette;
import contract.Failure;
import java.util.List;
import journal.Entry;

/** One round of a session in full: the instruction, the worker's messages and tools, the check's whole output, the decision. */
public final class RoundView implements RunEventHandler {
    private static final String INDENT = "    ";

    private final Console console;
    private final Palette palette;
    private final int wanted;
    private final ToolIndents indents = new ToolIndents();
    private int round;

    private RoundView(Console console, int wanted) {
        this.console = console;
        this.palette = console.outPalette();
        this.wanted = wanted;
    }

    /** @throws Failure (usage) when the session has no such round */
    public static void show(Console console, List<Entry> entries, int wanted) {
        RoundView view = new RoundView(console, wanted);
        entries.forEach(entry -> view.on(entry.event()));
        if (wanted < 1 || wanted > view.round) {
            throw Failure.usage("the session has no round " + wanted, view.round == 0 ? "it has none at all"
                    : "it has " + Format.plural(view.round, "round") + ": --round 1" + (view.round > 1 ? " to " + view.round : ""));
        }
    }

    private boolean shown() {
        return round == wanted;
    }

    private void head(String text) {
        console.out(text);
    }

    private void body(String text) {
        Format.printable(text).strip().lines().forEach(line -> console.out(INDENT + line));
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        round++;
        indents.clear();
        if (shown()) {
            head(palette.bold("round " + round) + palette.separator() + "instruction");
            body(event.instruction().text());
        }
    }

    @Override
    public void on(RunEvent.WorkerSaid event) {
        if (shown()) {
            head("  " + palette.cyan("says"));
            body(event.text());
        }
    }

    @Override
    public void on(RunEvent.ToolStarted event) {
        String indent = indents.started(event);
        if (shown()) {
            String what = Format.printable(Describe.tool(event)).strip();
            boolean lines = what.indexOf('\n') >= 0;
            head("  " + indent + palette.cyan(Format.oneLine(event.tool(), Integer.MAX_VALUE)) + (lines ? "" : " " + what));
            if (lines) {
                body(what);
            }
        }
    }

    @Override
    public void on(RunEvent.ToolEnded event) {
        if (shown() && !event.success()) {
            head("  " + indents.of(event.id()) + palette.failed() + " " + Format.oneLine(event.tool(), Integer.MAX_VALUE)
                    + palette.separator() + Format.oneLine(Describe.failure(event), Integer.MAX_VALUE));
        }
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        if (shown()) {
            head((event.report().clean() ? palette.ok() : palette.failed()) + " the worker's round"
                    + palette.dim("  " + Format.duration(event.duration())));
            event.report().error().ifPresent(problem -> body(problem.message()));
            body(event.report().ending().stderr());
        }
    }

    @Override
    public void on(RunEvent.TreeObserved event) {
        if (shown() && !event.changes().none()) {
            head(Describe.changes(event.changes()));
            event.changes().paths().forEach(this::body);
        }
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        if (shown()) {
            head(Describe.mark(event.result(), palette) + " " + (event.automatic() ? "check" : event.decision().function().value())
                    + event.result().verification().map(Verification::subject).map(s -> palette.separator()
                            + Format.oneLine(s, Integer.MAX_VALUE)).orElse("")
                    + palette.dim("  " + Format.duration(event.duration())));
            body(event.result().output());
        }
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        if (!shown()) {
            return;
        }
        event.reasoning().ifPresent(reasoning -> {
            head(palette.arrow() + " " + palette.bold(reasoning.decision().function().value())
                    + palette.dim("  " + Format.duration(event.duration())));
            body(Describe.decisionInFull(reasoning.decision()));
            if (!reasoning.thought().isBlank()) {
                head("  " + palette.dim("why"));
                body(reasoning.thought());
            }
        });
        event.problem().ifPresent(problem -> {
            head(palette.failed() + " no decision");
            body(problem.message());
        });
    }
}
