package display;

import agent.loop.History;
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

/** Shows saved sessions: the list, or one session as a tree. */
public final class SessionViews {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final int FOLDER = 24;
    private static final int NAME = 64;
    private static final int LEAST = 30;

    private final Console console;
    private final Palette palette;

    public SessionViews(Console console) {
        this.console = console;
        this.palette = console.outPalette();
    }

    /**
     * A table on stdout, newest first.
     *
     * @param more the number of further sessions that are not in the list
     */
    public void list(List<SessionSummary> sessions, boolean everywhere, int more) {
        if (sessions.isEmpty()) {
            console.note("no sessions " + (everywhere ? "" : "here ") + "yet");
            console.steps("  " + palette.dim("next: "), "start one: pa \"task\""
                    + (everywhere ? "" : "; list those of all folders: pa sessions --all")).forEach(console::note);
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
                    s.status(), Format.duration(s.totals().duration()), Integer.toString(s.totals().rounds()),
                    Describe.cost(s.totals())));
            if (everywhere) {
                cells.add(s.directory().map(SessionViews::lastPart).orElse("?"));
            }
            cells.add((s.rehearsal() ? "[rehearsal] " : "") + s.task());
            table.row(cells.toArray(String[]::new));
        }
        // An id begins with the time of its start, so this column can be left out first.
        table.dispensable("STARTED", "ROUNDS", "TOOK", "FOLDER", "COST").lines(palette).forEach(console::out);
        if (more > 0) {
            console.note(palette.dim("… and " + Format.plural(more, "older session") + ": ")
                    + console.pasteable("pa sessions " + (everywhere ? "--all " : "") + "--limit 0"));
        }
    }

    private static String lastPart(Path directory) {
        return Format.oneLine(directory.getFileName() == null ? "/" : directory.getFileName().toString(), FOLDER);
    }

    /** A session as a tree on stdout, with a link to its trace where there is one. */
    public void show(SessionSummary session, JournalReader.Contents journal, Optional<String> traceUrl) {
        JournalReader.Contents contents = Printable.of(journal);
        console.out(palette.bold(Format.oneLine(session.task(), Math.min(console.width(), 200))));
        Format.flow(List.of("session " + session.id(), WHEN.format(session.started().atZone(ZoneId.systemDefault())),
                "reasoner " + Format.oneLine(session.reasoner(), NAME), "worker " + Format.oneLine(session.worker(), NAME)),
                palette.separator(), width(0)).forEach(l -> console.out(palette.dim(l)));
        if (session.rehearsal()) {
            Format.wrap("REHEARSAL: stand-ins answered, no model was called; tokens and cost are made up", width(0))
                    .forEach(l -> console.out(palette.yellow(l)));
        }
        RunTree.lines(RunTree.of(contents.entries(), palette), palette, console.width()).forEach(console::out);
        boolean good = session.status().equals(Status.COMPLETED.value());
        boolean running = session.status().equals("running");
        console.out((running ? palette.bullet() + " running" : good ? palette.ok() + " " + palette.green(session.status())
                : palette.failed() + " " + palette.red(session.status()))
                + " in " + Format.duration(session.totals().duration()));
        Format.flow(Describe.totals(session.totals()), palette.separator(), width(2)).forEach(l -> console.out("  " + l));
        History history = new History();
        contents.entries().stream().map(Entry::event).forEach(history::on);
        history.outcome().ifPresent(o -> {
            Format.wrap(Format.oneLine(o.reason(), 400), width(2)).forEach(l -> console.out("  " + l));
            if (!o.next().isEmpty()) {
                next(o.next(), session);
            }
        });
        if (session.status().equals("killed")) {
            next("to continue: pa resume " + session.id(), session);
        }
        session.traceId().ifPresent(id -> console.out(palette.dim("  trace ") + Format.oneLine(id, NAME)
                + traceUrl.map(url -> "  " + palette.link(url)).orElse("")));
        contents.unreadable().forEach(line -> console.note("line " + line + " of the journal cannot be read; it is left out"));
    }

    private int width(int indent) {
        return Math.max(LEAST, console.width() - indent - 1);
    }

    /** Adds the session's present folder: it may have moved since the step was written. */
    private void next(String step, SessionSummary session) {
        console.steps(palette.dim("  next: "), ProgramName.withDirectory(step, session.directory())).forEach(console::out);
    }
}
