package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.RunEvent;
import agent.StallPattern;
import agent.ToolAction;
import agent.ToolAction.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The stalls that are detected inside a round. */
class LiveStallsTest {
    private final LiveStalls stalls = new LiveStalls();
    private final List<StallPattern> seen = new ArrayList<>();
    private int calls;

    private void call(Kind kind, String fingerprint, boolean success) {
        call(kind, fingerprint, success, Optional.empty());
    }

    private void call(Kind kind, String fingerprint, boolean success, Optional<String> parent) {
        String id = "t" + ++calls;
        stalls.started(new RunEvent.ToolStarted(id, "Tool", "x", "", parent, new ToolAction(kind, fingerprint)))
                .ifPresent(stall -> seen.add(stall.pattern()));
        stalls.ended(new RunEvent.ToolEnded(id, "Tool", success, false, Duration.ZERO));
    }

    @Test
    void tenActionsWithoutAnEditAreOneNotice() {
        for (int i = 0; i < 9; i++) {
            call(i % 2 == 0 ? Kind.READ : Kind.RUN, "f" + i, true);
        }
        assertEquals(List.of(), seen);
        call(Kind.READ, "f9", true);
        assertEquals(List.of(StallPattern.NO_EDIT), seen);
        call(Kind.READ, "f10", true);
        assertEquals(List.of(StallPattern.NO_EDIT), seen, "it is told once");
        call(Kind.EDIT, "", true);
        for (int i = 0; i < 10; i++) {
            call(Kind.READ, "g" + i, true);
        }
        assertEquals(List.of(StallPattern.NO_EDIT, StallPattern.NO_EDIT), seen, "an edit begins anew");
    }

    @Test
    void anEditThatFailsIsNone() {
        for (int i = 0; i < 9; i++) {
            call(Kind.READ, "f" + i, true);
        }
        call(Kind.EDIT, "e", false);
        call(Kind.READ, "f10", true);
        assertEquals(List.of(StallPattern.NO_EDIT), seen);
    }

    @Test
    void theSameActionThreeTimesWithinEightIsNoticedUnlessThereWasANewEdit() {
        call(Kind.RUN, "test", true);
        call(Kind.EDIT, "e1", true);
        call(Kind.RUN, "test", true);
        call(Kind.EDIT, "e2", true);
        call(Kind.RUN, "test", true);
        assertEquals(List.of(), seen, "checking after each edit is work");
        call(Kind.RUN, "other", true);
        call(Kind.RUN, "test", true);
        call(Kind.RUN, "another", true);
        call(Kind.RUN, "test", true);
        assertEquals(List.of(StallPattern.SAME_TOOL), seen);
    }

    @Test
    void theSameEditAgainAndAgainIsNoProgress() {
        call(Kind.EDIT, "e", true);
        call(Kind.EDIT, "e", false);
        call(Kind.RUN, "test", true);
        call(Kind.EDIT, "e", false);
        assertEquals(List.of(StallPattern.SAME_TOOL), seen);
    }

    @Test
    void whatLiesFurtherApartIsNotTheSameAgain() {
        for (int i = 0; i < 3; i++) {
            call(Kind.RUN, "test", true);
            for (int j = 0; j < 4; j++) {
                call(Kind.EDIT, "", false);
            }
        }
        assertEquals(List.of(StallPattern.NO_EDIT), seen, "not the same, but nothing is edited either");
    }

    @Test
    void readingWhatWasJustReadIsNoticed() {
        call(Kind.READ, "a", true);
        call(Kind.READ, "b", true);
        call(Kind.READ, "c", true);
        call(Kind.READ, "a", true);
        assertEquals(List.of(), seen, "three actions ago is not just now");
        call(Kind.READ, "c", true);
        assertEquals(List.of(StallPattern.READ_AGAIN), seen);
    }

    @Test
    void aFileThatIsReadAgainAfterAnEditIsNot() {
        call(Kind.READ, "a", true);
        call(Kind.EDIT, "e", true);
        call(Kind.READ, "a", true);
        assertEquals(List.of(), seen);
    }

    @Test
    void whatIsNotKnownAndWhatSubAgentsDoCountsForNothing() {
        for (int i = 0; i < 20; i++) {
            call(Kind.OTHER, "", true);
            call(Kind.READ, "a", true, Optional.of("task"));
        }
        assertEquals(List.of(), seen);
    }
}
