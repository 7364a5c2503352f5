package display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Events;
import agent.RunEvent;
import agent.Task;
import console.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import journal.Entry;
import journal.EventCodec;
import journal.Journal;
import journal.JournalTest;
import journal.SessionFolder;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker, a model or somebody else's journal says never moves the cursor, sets a title or hides a line, in any view. */
class HostileTextTest {
    /** Clears the screen, sets the title, rings, begins a command as one character, goes back over the line, turns it around. */
    private static final String HOSTILE = "\u001b[2J\u001b]0;owned\u0007\u009b31m\r\b\u202e\u200f\u061cend";

    @TempDir Path directory;
    private final Screen screen = new Screen(120);
    private final Console console = screen.console;
    private Sessions sessions;
    private SessionSummary session;
    private final List<RunEvent> events = new ArrayList<>();

    /** Every kind of event, and whatever is a text in it is hostile; words of ours stay what they are. */
    @BeforeEach
    void write() {
        for (RunEvent event : JournalTest.everyEvent()) {
            events.add(EventCodec.rewritten(event, text -> {
                boolean ours = text.matches("[A-Za-z_]+|[0-9].*|PT.*|.*Z");
                return ours ? text : text + HOSTILE;
            }));
        }
        StateHome home = new StateHome(directory.resolve("state"));
        try (SessionFolder folder = SessionFolder.hold(home.project(directory), "20260101-000000-aaaa");
                Journal journal = Journal.open(folder, Clock.systemUTC())) {
            journal.on(Events.runStarted(new Task("x" + HOSTILE, "task" + HOSTILE, directory, List.of(), List.of()),
                    agent.Limits.defaults(), "reasoner" + HOSTILE, "worker" + HOSTILE, true, false));
            journal.on(new RunEvent.Traced("trace" + HOSTILE));
            events.forEach(journal::on);
        }
        sessions = new Sessions(home, directory);
        session = sessions.list().get(0);
    }

    private void assertHarmless(String view) {
        String shown = screen.all();
        assertFalse(shown.isBlank(), view);
        shown.chars().filter(c -> c != '\n').forEach(c -> assertFalse(
                Character.isISOControl(c) || "\u202e\u200f\u061c".indexOf(c) >= 0,
                () -> view + " prints U+" + Integer.toHexString(c) + " in\n" + shown));
        screen.clear();
    }

    @Test
    void whatIsHostileIsInTheJournal() throws IOException {
        assertTrue(sessions.read(session).entries().stream().map(EventCodec::encode).filter(line -> line.contains("u001B[2J"))
                .count() > 15);
        assertEquals(List.of(), sessions.read(session).unreadable());
    }

    @Test
    void theListAndTheTree() {
        new SessionViews(console).list(List.of(session), true, 3);
        assertHarmless("the list");
        new SessionViews(console).show(session, sessions.read(session), Optional.empty());
        assertHarmless("the tree");
    }

    @Test
    void jsonForAScript() {
        new SessionJson(console).list(List.of(session));
        assertHarmless("the list as JSON");
        new SessionJson(console).show(session, sessions.read(session));
        assertHarmless("the session as JSON");
        for (Entry entry : sessions.read(session).entries()) {
            new JsonDisplay(console).on(entry);
        }
        assertHarmless("the events as JSON");
    }

    @Test
    void aRunThatGoesOn() {
        LineDisplay display = new LineDisplay(console, false,
                new LineDisplay.Header("rules", "claude", "",
                        new agent.loop.History().totals(java.time.Duration.ZERO), Optional::empty), true);
        QuietDisplay quiet = new QuietDisplay(console);
        for (RunEvent event : events) {
            display.on(Printable.of(event));
            quiet.on(Printable.of(event));
        }
        assertHarmless("the lines of a run");
    }
}
