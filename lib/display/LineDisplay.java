package display;

import agent.Changes;
import agent.FunctionResult;
import agent.RunEvent;
import agent.RunListener;
import agent.Verification;
import agent.WorkerReport;
import console.Console;
import console.Format;
import console.Palette;
import console.StatusLine;
import contract.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells a run in lines on stderr: on a terminal in colour, with a last line that lives; in a pipe plainly. The result goes
 * to stdout at the end, for whoever wants only that.
 */
public final class LineDisplay implements RunListener {
    private static final int SHOWN_OF_A_CHECK = 6;
    private static final int SAID = 200;
    private static final int LEAST = 30;
    /** Columns of a duration with the space before it. */
    private static final int TOOK = 12;
    /** Words of the worker in one round; what is beyond is in the journal. */
    private static final int SAYINGS = 20;
    private static final int TOOLS = 60;

    private final Console console;
    private final Palette palette;
    private final StatusLine status;
    private final Header header;
    private final boolean verbose;
    private Optional<WorkerReport> report = Optional.empty();
    private Duration roundTook = Duration.ZERO;
    private int rounds;
    private int said;
    private int tools;
    private String now = "";

    /**
     * What stands at the head of a run beside its task.
     *
     * @param rehearsal the label that says what stands in; empty when nothing does
     * @param rounds how many rounds the session had before
     * @param traceUrl where the run's trace can be seen, once its id is known
     */
    public record Header(String reasoner, String worker, String rehearsal, int rounds,
            Supplier<Optional<String>> traceUrl) {}

    public LineDisplay(Console console, boolean living, Header header, boolean verbose) {
        this.console = console;
        this.palette = living ? console.palette() : new Palette(false, console.palette().unicode());
        this.status = new StatusLine(console, living);
        this.header = header;
        this.rounds = header.rounds();
        this.verbose = verbose;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted e) {
            started(e);
        } else if (event instanceof RunEvent.SelfCheckStarted) {
            doing("looking whether the worker and the reasoner are there");
        } else if (event instanceof RunEvent.SelfCheckEnded e) {
            doing("");
            e.problem().ifPresent(p -> note("  " + palette.failed() + " self-check: " + Format.oneLine(p.message(), SAID * 2)));
        } else if (event instanceof RunEvent.WorkerStarted e) {
            workerStarted(e);
        } else if (event instanceof RunEvent.WorkerSaid e) {
            workerSaid(e.text());
        } else if (event instanceof RunEvent.ToolStarted e) {
            toolStarted(e);
        } else if (event instanceof RunEvent.ToolEnded e) {
            if (!e.success()) {
                note("    " + palette.failed() + " " + Format.oneLine(e.tool(), SAID) + (e.interrupted() ? " was cut off" : " failed"));
            }
        } else if (event instanceof RunEvent.WorkerNotice e) {
            if (verbose || e.kind().equals("api_retry") || e.kind().equals("permission_denied")) {
                note(palette.dim("    " + Format.oneLine(e.kind(), SAID) + ": " + fit(e.text(), e.kind().length() + 6)));
            }
        } else if (event instanceof RunEvent.WorkerEnded e) {
            report = Optional.of(e.report());
            roundTook = e.duration();
            doing("");
        } else if (event instanceof RunEvent.TreeObserved e) {
            report.ifPresent(r -> workerEnded(r, e.changes()));
        } else {
            onDecision(event);
        }
    }

    private void onDecision(RunEvent event) {
        if (event instanceof RunEvent.FunctionStarted e) {
            doing((e.automatic() ? "checking: " : e.decision().function().value() + ": ") + Describe.decision(e.decision()));
        } else if (event instanceof RunEvent.FunctionEnded e) {
            functionEnded(e);
        } else if (event instanceof RunEvent.ReasoningStarted) {
            doing(header.reasoner() + " decides");
        } else if (event instanceof RunEvent.ReasoningEnded e) {
            reasoned(e);
        } else if (event instanceof RunEvent.AttemptFailed e) {
            String wait = e.attempt().delayMillis() < 0 ? "" : "; trying again in "
                    + Format.duration(Duration.ofMillis(e.attempt().delayMillis()));
            note(palette.dim("    " + e.call().api() + " attempt " + e.attempt().number() + ": "
                    + Format.oneLine(e.attempt().message(), SAID) + wait));
        } else if (event instanceof RunEvent.StallDetected e) {
            note("  " + palette.yellow("stall: ") + Format.oneLine(e.message(), SAID)
                    + (e.stopping() ? "; stopping" : "; the reasoner is told to try something else"));
        } else if (event instanceof RunEvent.Notice e) {
            note("  " + palette.yellow("note: ") + Format.oneLine(e.text(), SAID * 2));
        } else if (event instanceof RunEvent.RunEnded e) {
            ended(e);
        }
    }

    private void started(RunEvent.RunStarted e) {
        note(palette.bold(Format.oneLine(e.task().text(), Math.max(20, Math.min(console.width(), SAID) - 5)))
                + (e.resumed() ? palette.dim(" (resumed)") : ""));
        note(palette.dim("  session " + e.task().session() + palette.separator() + "reasoner " + header.reasoner()
                + palette.separator() + "worker " + header.worker()));
        if (!header.rehearsal().isEmpty()) {
            note("  " + palette.yellow(header.rehearsal()));
        }
    }

    private void workerStarted(RunEvent.WorkerStarted e) {
        rounds++;
        said = 0;
        tools = 0;
        note(palette.cyan(palette.bullet()) + " " + palette.bold("round " + rounds) + " " + header.worker()
                + palette.dim(palette.separator()
                + fit(e.instruction().text(), header.worker().length() + 16)));
        doing(header.worker() + " works");
    }

    private void workerSaid(String text) {
        if (said++ < SAYINGS) {
            note("    " + fit(text, 4));
        } else if (said == SAYINGS + 1) {
            note(palette.dim("    … more in the journal"));
        }
    }

    private void toolStarted(RunEvent.ToolStarted e) {
        now = e.tool() + " " + e.detail();
        if (tools++ < TOOLS) {
            note("    " + palette.cyan(Format.oneLine(e.tool(), SAID)) + " " + fit(e.detail(), e.tool().length() + 5));
        }
        doing(header.worker() + " works" + palette.separator() + now);
    }

    private void workerEnded(WorkerReport ended, Changes changes) {
        report = Optional.empty();
        String mark = ended.clean() ? palette.ok() : palette.failed();
        String details = Describe.worker(ended, changes, palette);
        if (details.length() + header.worker().length() + TOOK + 8 <= console.width()) {
            note("  " + mark + " " + header.worker() + palette.dim(palette.separator()) + details + took(roundTook));
        } else {
            note("  " + mark + " " + header.worker() + took(roundTook));
            note("    " + details);
        }
        if (!ended.clean() && !ended.stderr().isBlank()) {
            Describe.tail(ended.stderr(), SHOWN_OF_A_CHECK).forEach(l -> note(palette.dim("      | " + fit(l, 8))));
        }
    }

    private void functionEnded(RunEvent.FunctionEnded e) {
        doing("");
        FunctionResult result = e.result();
        String what = result.verification().map(Verification::subject).orElse(Describe.decision(e.decision()));
        String verdict = result.verification().map(v -> ": " + v.verdict().value())
                .orElse(result.equals(FunctionResult.INTERRUPTED) ? ": interrupted" : "");
        if (e.automatic()) {
            note("  " + Describe.mark(result, palette) + " check" + palette.dim(palette.separator())
                    + fit(what, 12 + verdict.length() + TOOK) + verdict + took(e.duration()));
        } else if (result.verification().isPresent() || !result.success()) {
            note("    " + Describe.mark(result, palette) + " " + Format.oneLine(
                    result.verification().isPresent() ? what + verdict : result.output(), SAID) + took(e.duration()));
        }
        if (result.verification().filter(v -> !v.passed()).isPresent()) {
            Describe.tail(result.output(), SHOWN_OF_A_CHECK)
                    .forEach(l -> note(palette.dim("      | " + fit(l, 8))));
        }
    }

    private void reasoned(RunEvent.ReasoningEnded e) {
        doing("");
        e.reasoning().ifPresent(r -> {
            String about = Describe.decision(r.decision());
            note("  " + palette.arrow() + " " + palette.bold(r.decision().function().value())
                    + (about.isEmpty() ? "" : palette.dim(palette.separator())) + fit(about, r.decision().function().value().length() + 7 + TOOK)
                    + took(e.duration()));
            if (!r.thought().isBlank()) {
                note(palette.dim("    why: " + fit(r.thought(), 9)));
            }
        });
        e.problem().ifPresent(p -> note("  " + palette.failed() + " no decision: " + Format.oneLine(p.message(), SAID * 2)));
    }

    private void ended(RunEvent.RunEnded e) {
        // A round that was cut off before its changes were looked at.
        report.ifPresent(r -> workerEnded(r, Changes.NONE));
        status.close();
        boolean good = e.outcome().status() == Status.COMPLETED;
        console.note("");
        console.note((good ? palette.ok() + " " + palette.green("completed") : palette.failed() + " "
                + palette.red(e.outcome().status().value())) + " in " + Format.duration(e.totals().duration()));
        console.note("  " + Describe.totals(e.totals(), palette));
        console.out(Format.printable(e.outcome().reason()).strip());
        if (!e.outcome().next().isEmpty()) {
            console.note("  " + palette.dim("next: ") + e.outcome().next());
        }
        if (!header.rehearsal().isEmpty()) {
            console.note("  " + palette.yellow(header.rehearsal()));
        }
        header.traceUrl().get().ifPresent(url -> console.note("  " + palette.dim("trace: ") + palette.link(url)));
    }

    /** One line of text that leaves room for {@code used} columns beside it on a terminal; elsewhere nothing needs to fit. */
    private String fit(String text, int used) {
        return Format.oneLine(text, verbose ? SAID * 10 : Math.max(LEAST, Math.min(SAID, console.width() - used)));
    }

    private String took(Duration duration) {
        return palette.dim("  " + Format.duration(duration));
    }

    private void doing(String what) {
        status.show(() -> what);
    }

    private void note(String line) {
        status.note(line);
    }
}
