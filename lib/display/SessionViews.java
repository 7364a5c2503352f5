package display;

import agent.History;
import console.Console;
import console.Format;
import console.Palette;
import console.ProgramName;
import console.Table;
import contract.Status;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import journal.Entry;
import journal.JournalReader;
import journal.SessionSummary;

/** Sessions shown again: the list, and one of them as a tree. */
public final class SessionViews {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final int FOLDER = 24;
    private static final int NAME = 64;

    private final Console console;
    private final Palette palette;

    public SessionViews(Console console) {
        this.console = console;
        this.palette = console.outPalette();
    }

    /** A table on stdout, newest first. */
    public void list(List<SessionSummary> sessions, boolean everywhere) {
        if (sessions.isEmpty()) {
            console.note("no sessions " + (everywhere ? "" : "here ") + "yet; run one: " + console.pasteable("pa \"task\"")
                    + (everywhere ? "" : ". Those of other folders: " + console.pasteable("pa sessions --all")));
            return;
        }
        List<String> heads = new ArrayList<>(List.of("SESSION", "STARTED", "STATUS", "TOOK", "ROUNDS", "COST"));
        if (everywhere) {
            heads.add("FOLDER");
        }
        heads.add("TASK");
        Table table = new Table(console.width(), heads.toArray(String[]::new));
        for (SessionSummary s : sessions) {
            List<String> cells = new ArrayList<>(List.of(s.id(), WHEN.format(s.started().atZone(ZoneId.systemDefault())),
                    s.status(), Format.duration(s.duration()), Integer.toString(s.totals().rounds()), Describe.cost(s.totals())));
            if (everywhere) {
                cells.add(s.directory().map(SessionViews::lastPart).orElse("?"));
            }
            cells.add((s.rehearsal() ? "[rehearsal] " : "") + s.task());
            table.row(cells.toArray(String[]::new));
        }
        table.lines(palette).forEach(console::out);
    }

    private static String lastPart(Path directory) {
        return Format.oneLine(directory.getFileName() == null ? "/" : directory.getFileName().toString(), FOLDER);
    }

    /** A session as a tree on stdout, with a link to its trace where there is one. */
    public void show(SessionSummary session, JournalReader.Contents journal, Optional<String> traceUrl) {
        JournalReader.Contents contents = Printable.of(journal);
        console.out(palette.bold(Format.oneLine(session.task(), Math.min(console.width(), 200))));
        console.out(palette.dim("session " + session.id() + palette.separator()
                + WHEN.format(session.started().atZone(ZoneId.systemDefault()))));
        console.out(palette.dim("reasoner " + Format.oneLine(session.reasoner(), NAME) + palette.separator() + "worker "
                + Format.oneLine(session.worker(), NAME)));
        if (session.rehearsal()) {
            console.out(palette.yellow("REHEARSAL: stand-ins answered, no model was called; tokens and cost are made up"));
        }
        RunTree.lines(RunTree.of(contents.entries(), palette), palette, console.width()).forEach(console::out);
        boolean good = session.status().equals(Status.COMPLETED.value());
        boolean running = session.status().equals("running");
        console.out((running ? palette.bullet() + " running" : good ? palette.ok() + " " + palette.green(session.status())
                : palette.failed() + " " + palette.red(session.status())) + " in " + Format.duration(session.duration()));
        console.out("  " + Describe.totals(session.totals(), palette));
        History history = new History();
        contents.entries().stream().map(Entry::event).forEach(history::on);
        history.outcome().ifPresent(o -> {
            console.out("  " + Format.oneLine(o.reason(), 400));
            if (!o.next().isEmpty()) {
                next(o.next(), session);
            }
        });
        if (session.status().equals("killed")) {
            next("to go on: pa resume " + session.id(), session);
        }
        session.traceId().ifPresent(id -> console.out(palette.dim("  trace ") + Format.oneLine(id, NAME)
                + traceUrl.map(url -> "  " + palette.link(url)).orElse("")));
        contents.unreadable().forEach(line -> console.note("line " + line + " of the journal cannot be read; it was left out"));
    }

    /** Where the session is now, which may be another place than when the step was written down. */
    private void next(String step, SessionSummary session) {
        console.out(palette.dim("  next: ")
                + console.pasteable(ProgramName.withDirectory(step, session.directory())));
    }
}
