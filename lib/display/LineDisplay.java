package display;

import agent.Changes;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.TokenUsage;
import agent.Totals;
import agent.WorkerReport;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import console.Cells;
import console.Console;
import console.Format;
import console.Palette;
import console.ProgramName;
import console.StatusLine;
import contract.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows a run as lines on stderr: on a terminal in colour, with a last line that is updated all the time; in a pipe as plain
 * lines. The result goes to stdout at the end, for users who want only that.
 */
public final class LineDisplay implements RunEventHandler {
    private static final int SHOWN_OF_A_CHECK = 6;
    private static final int SAID = 200;
    /** The worker's messages shown in one round; the rest is in the journal. */
    private static final int SAYINGS = 20;
    private static final int TOOLS = 60;

    private final Console console;
    private final Palette palette;
    private final StatusLine status;
    private final Header header;
    private final boolean verbose;
    private Optional<WorkerReport> report = Optional.empty();
    private final Map<String, String> running = new LinkedHashMap<>();
    private final ToolIndents indents = new ToolIndents();
    private Duration roundTook = Duration.ZERO;
    private Optional<Path> directory = Optional.empty();
    private final NoteLines lines;
    private final LivingLine line;
    private int said;
    private int tools;

    /**
     * The data for the head of a run, in addition to its task.
     *
     * @param rehearsal a label with the names of the stand-ins; empty when there are none
     * @param before the totals of the session's earlier runs
     * @param traceUrl a link to the run's trace, once its id is known
     */
    public record Header(String reasoner, String worker, String rehearsal, Totals before,
            Supplier<Optional<String>> traceUrl) {}

    public LineDisplay(Console console, boolean living, Header header, boolean verbose) {
        this.console = console;
        this.palette = living ? console.palette() : console.palette().plain();
        this.status = new StatusLine(console, living);
        this.header = header;
        this.lines = new NoteLines(console, palette, status, verbose);
        this.line = new LivingLine(palette, () -> console.width() - NoteLines.TOOK, header.before());
        this.verbose = verbose;
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        directory = Optional.of(event.task().directory());
        line.started(event.limits());
        lines.note(palette.bold(Format.oneLine(event.task().text(), Math.max(20, Math.min(console.width(), SAID) - 5)))
                + (event.resumed() ? palette.dim(" (resumed)") : ""));
        Format.flow(List.of("session " + event.task().session(), "reasoner " + header.reasoner(), "worker " + header.worker()),
                palette.separator(), lines.width(2)).forEach(l -> lines.note(palette.dim("  " + l)));
        if (!event.task().directory().equals(Path.of("").toAbsolutePath())) {
            lines.note(palette.dim("  in " + event.task().directory()));
        }
        rehearsal();
    }

    @Override
    public void on(RunEvent.SelfCheckStarted event) {
        doing("checking that the worker and the reasoner are available");
    }

    @Override
    public void on(RunEvent.SelfCheckEnded event) {
        doing("");
        event.problem().ifPresent(p -> lines.marked(palette.failed() + " ", "self-check: " + Format.oneLine(p.message(), SAID * 2)));
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        int round = line.round();
        said = 0;
        tools = 0;
        lines.note(palette.cyan(palette.bullet()) + " " + palette.bold("round " + round) + " " + header.worker()
                + palette.dim(palette.separator()
                + lines.fit(event.instruction().text(), Cells.width(header.worker()) + 16)));
        doing(header.worker() + " thinks");
    }

    @Override
    public void on(RunEvent.WorkerSaid event) {
        if (said++ < SAYINGS) {
            lines.note("    " + lines.fit(event.text(), 4));
        } else if (said == SAYINGS + 1) {
            lines.note(palette.dim("    … more in the journal"));
        }
    }

    @Override
    public void on(RunEvent.ToolStarted event) {
        String what = Describe.tool(event);
        String indent = "    " + indents.started(event);
        running.put(event.id(), event.tool() + " " + what);
        if (tools++ < TOOLS) {
            lines.note(indent + palette.cyan(Format.oneLine(event.tool(), SAID)) + " "
                    + lines.fit(what, Cells.width(event.tool()) + indent.length() + 1));
        }
        atWork();
    }

    @Override
    public void on(RunEvent.ToolEnded event) {
        running.remove(event.id());
        atWork();
        if (!event.success()) {
            String indent = "    " + indents.of(event.id());
            lines.note(indent + palette.failed() + " " + Format.oneLine(event.tool(), SAID) + palette.dim(palette.separator())
                    + lines.fit(Describe.failure(event), Cells.width(event.tool()) + indent.length() + 6));
        }
    }

    @Override
    public void on(RunEvent.WorkerNotice event) {
        if (verbose || event.kind().equals("api_retry") || event.kind().equals("permission_denied")) {
            lines.note(palette.dim("    " + Format.oneLine(event.kind(), SAID) + ": "
                    + lines.fit(event.text(), event.kind().length() + 6)));
        }
    }

    @Override
    public void on(RunEvent.WorkerUsed event) {
        line.uses(event.usage());
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        running.clear();
        indents.clear();
        line.uses(TokenUsage.NONE);
        line.spent(event.report().effort().usage(), event.report().effort().cost());
        report = Optional.of(event.report());
        roundTook = event.duration();
        doing("");
    }

    @Override
    public void on(RunEvent.TreeObserved event) {
        report.ifPresent(r -> workerEnded(r, event.changes()));
    }

    @Override
    public void on(RunEvent.FunctionStarted event) {
        doing((event.automatic() ? "checking: " : event.decision().function().value() + ": ")
                + Describe.decision(event.decision()));
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        doing("");
        FunctionResult result = event.result();
        String what = result.verification().map(Verification::subject).orElse(Describe.decision(event.decision()));
        String verdict = result.verification().map(v -> ": " + v.verdict().value())
                .orElse(result.equals(FunctionResult.INTERRUPTED) ? ": interrupted" : "");
        if (event.automatic()) {
            lines.note("  " + Describe.mark(result, palette) + " check" + palette.dim(palette.separator())
                    + lines.fit(what, 12 + verdict.length() + NoteLines.TOOK) + verdict + lines.took(event.duration()));
        } else if (result.verification().isPresent() || !result.success()) {
            lines.note("    " + Describe.mark(result, palette) + " " + Format.oneLine(
                    result.verification().isPresent() ? what + verdict : result.output(), SAID) + lines.took(event.duration()));
        }
        if (result.verification().filter(v -> !v.passed()).isPresent()) {
            DecisiveLines.of(result.output(), SHOWN_OF_A_CHECK).forEach(lines::quoted);
        }
    }

    @Override
    public void on(RunEvent.ReasoningStarted event) {
        line.decision();
        doing(header.reasoner() + " decides");
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        doing("");
        event.reasoning().ifPresent(r -> {
            String about = Describe.decision(r.decision());
            lines.note("  " + palette.arrow() + " " + palette.bold(r.decision().function().value())
                    + (about.isEmpty() ? "" : palette.dim(palette.separator()))
                    + lines.fit(about, r.decision().function().value().length() + 7 + NoteLines.TOOK)
                    + lines.took(event.duration()));
            if (!r.thought().isBlank()) {
                lines.note(palette.dim("    why: " + lines.fit(r.thought(), 9)));
            }
        });
        event.problem().ifPresent(p -> lines.marked(palette.failed() + " ", "no decision: " + Format.oneLine(p.message(), SAID * 2)));
    }

    @Override
    public void on(RunEvent.ModelCallEnded event) {
        line.spent(event.answer().usage(), event.answer().cost());
    }

    @Override
    public void on(RunEvent.AttemptFailed event) {
        String wait = event.attempt().delayMillis() < 0 ? "" : "; trying again in "
                + Format.duration(Duration.ofMillis(event.attempt().delayMillis()));
        lines.wrapped(event.call().api() + " attempt " + event.attempt().number() + ": "
                + Format.oneLine(event.attempt().message(), SAID) + wait).forEach(l -> lines.note("    " + palette.dim(l)));
    }

    @Override
    public void on(RunEvent.StallDetected event) {
        lines.marked(palette.yellow("stall: "), Format.oneLine(event.message(), SAID)
                + (event.pattern().inRound() ? event.stopping() ? "; the round is ended" : ""
                : event.stopping() ? "; stopping" : "; the reasoner is told to try something else"));
    }

    @Override
    public void on(RunEvent.Notice event) {
        lines.marked(palette.yellow("note: "), Format.oneLine(event.text(), SAID * 2));
    }

    @Override
    public void on(RunEvent.CheckStarted event) {
        if (verbose) {
            lines.note("    " + palette.dim("checking " + event.what() + " in a copy"));
        }
    }

    @Override
    public void on(RunEvent.CheckEnded event) {
        lines.wrapped("in the copy: " + Describe.check(event) + "  " + Format.duration(event.duration()))
                .forEach(l -> lines.note("    " + palette.dim(l)));
    }

    @Override
    public void on(RunEvent.Judged event) {
        lines.note("  evidence " + palette.bold(event.evidence().level().value()));
        lines.wrapped(event.evidence().sentence()).forEach(l -> lines.note("    " + l));
        event.evidence().suspicions().forEach(s -> {
            lines.note("    " + palette.yellow("suspicion:"));
            lines.wrapped(Describe.suspicion(s)).forEach(l -> lines.note("    " + l));
        });
        event.evidence().notes().forEach(n -> lines.wrapped(n).forEach(l -> lines.note("    " + palette.dim(l))));
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        // The round was cut off before its changes were observed.
        report.ifPresent(r -> workerEnded(r, Changes.NONE));
        status.close();
        boolean good = event.outcome().status() == Status.COMPLETED;
        console.note("");
        console.note((good ? palette.ok() + " " + palette.green("completed") : palette.failed() + " "
                + palette.red(event.outcome().status().value())) + " in " + Format.duration(event.totals().duration()));
        Format.flow(Describe.totals(event.totals()), palette.separator(), lines.width(2)).forEach(l -> console.note("  " + l));
        String reason = Format.printable(event.outcome().reason()).strip();
        if (Describe.hasResult(event.outcome().status())) {
            console.out(reason);
        } else {
            lines.wrapped(reason).forEach(l -> console.note("  " + l));
        }
        if (!event.outcome().next().isEmpty()) {
            console.steps("  " + palette.dim("next: "), ProgramName.withDirectory(event.outcome().next(), directory))
                    .forEach(console::note);
        }
        rehearsal();
        header.traceUrl().get().ifPresent(url -> console.note("  " + palette.dim("trace: ") + palette.link(url)));
    }

    private void workerEnded(WorkerReport ended, Changes changes) {
        report = Optional.empty();
        String mark = ended.clean() ? palette.ok() : palette.failed();
        List<String> details = Describe.worker(ended, changes);
        String line = String.join(palette.separator(), details);
        if (Cells.width(line) + Cells.width(header.worker()) + NoteLines.TOOK + 8 <= console.width()) {
            lines.note("  " + mark + " " + header.worker() + palette.dim(palette.separator()) + line + lines.took(roundTook));
        } else {
            lines.note("  " + mark + " " + header.worker() + lines.took(roundTook));
            Format.flow(details, palette.separator(), lines.width(4)).forEach(l -> lines.note("    " + l));
        }
        if (!ended.clean() && !ended.ending().stderr().isBlank()) {
            Describe.tail(ended.ending().stderr(), SHOWN_OF_A_CHECK).forEach(lines::quoted);
        }
    }

    private void rehearsal() {
        if (!header.rehearsal().isEmpty()) {
            Format.wrap(header.rehearsal(), lines.width(2)).forEach(l -> lines.note("  " + palette.yellow(l)));
        }
    }

    private void doing(String what) {
        status.show(() -> line.text(what));
    }

    /** The running tool that was called last. Between tools the worker thinks, and no tool is shown. */
    private void atWork() {
        String last = "";
        for (String tool : running.values()) {
            last = tool;
        }
        doing(last.isEmpty() ? header.worker() + " thinks" : last);
    }
}
