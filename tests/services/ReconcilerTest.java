package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import services.Actual.State;
import services.StackOptions.Pull;

class ReconcilerTest {
    private static final Service ONE = TestServices.service("one");
    private static final Service TWO = TestServices.service("two");
    private static final List<Service> BOTH = List.of(ONE, TWO);

    @Test
    void nothingThereMakesEverythingInOrder() {
        assertEquals(List.of("one: pull one:1 (the image is not there)", "two: pull two:1 (the image is not there)",
                "network: create (not there)", "one: create volume (not there)", "two: create volume (not there)",
                "one: create (not there)", "two: create (not there)"), said(plan(BOTH, Actual.nothing())));
    }

    @Test
    void anUnchangedStackIsLeftAlone() {
        Plan plan = plan(BOTH, running());
        assertEquals(List.of("one: keep (as it should be)", "two: keep (as it should be)"), said(plan));
        assertTrue(plan.idle());
    }

    @Test
    void aChangedFileRecreatesOnlyItsServiceAndNamesTheFile() {
        Plan plan = plan(List.of(TestServices.withFile(ONE, "a: 2"), TWO), running());
        assertEquals(List.of("one: recreate (one.yaml changed)", "two: keep (as it should be)"), said(plan));
        assertFalse(plan.idle());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            CREATED,    true,  recreate, it was created but never started
            REMOVING,   true,  recreate, its removal was not finished
            DEAD,       true,  recreate, its removal was not finished
            PAUSED,     true,  recreate, it is paused
            RESTARTING, true,  recreate, it restarts again and again
            EXITED,     true,  start,    it has stopped (exit code 0)
            EXITED,     false, recreate, its network is gone
            RUNNING,    true,  keep,     as it should be
            RUNNING,    false, recreate, its network is gone
            """)
    void everyStateIsBroughtToWhatShouldBe(State state, boolean attached, String verb, String cause) {
        Actual.Container container = TestServices.container(ONE, state);
        Actual.Container present = new Actual.Container(container.id(), container.name(), container.service(), state,
                container.parts(), container.imageId(), attached, 0, container.published());
        assertEquals(List.of("one: " + verb + " (" + cause + ")"), said(plan(List.of(ONE), with(List.of(present), ONE))));
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aChangeWinsOverEveryState(State state) {
        Plan plan = plan(List.of(TestServices.withFile(ONE, "a: 2")), with(List.of(TestServices.container(ONE, state)),
                ONE));
        assertEquals(List.of("one: recreate (one.yaml changed)"), said(plan));
    }

    @Test
    void anotherImageUnderTheSameNameRecreates() {
        Actual actual = running();
        Map<String, String> images = new HashMap<>(actual.images());
        images.put("one:1", "sha256:newer");
        Plan plan = plan(BOTH, new Actual(actual.network(), actual.volumes(), actual.containers(), Map.of(), images));
        assertEquals("one: recreate (one:1 is another image now)", said(plan).get(0));
    }

    @Test
    void aVolumeRemovedByHandIsMadeAgainWithItsContainer() {
        Actual actual = running();
        Plan plan = plan(BOTH, new Actual(actual.network(), Set.of("s-two"), actual.containers(), Map.of(),
                actual.images()));
        assertEquals(List.of("one: create volume (not there)", "one: recreate (its volume is gone)",
                "two: keep (as it should be)"), said(plan));
    }

    @Test
    void ofTwoContainersOfAServiceTheOneThatRunsStays() {
        Actual.Container stopped = TestServices.container(ONE, State.EXITED);
        Plan plan = plan(List.of(ONE), with(List.of(stopped, TestServices.container(ONE, State.RUNNING)), ONE));
        assertEquals(List.of("one: remove s-one (there are two of them)", "one: keep (as it should be)"), said(plan));
    }

    @Test
    void whatNoServiceWantsIsRemoved() {
        Actual.Container old = TestServices.container(TestServices.service("loki"), State.RUNNING);
        Plan plan = plan(List.of(ONE), with(List.of(old, TestServices.container(ONE, State.RUNNING)), ONE));
        assertEquals(List.of("loki: remove s-loki (no longer part of the stack)", "one: keep (as it should be)"),
                said(plan));
    }

    @Test
    void foreignThingsWithOurNamesAreConflictsAndNeverTouched() {
        Plan plan = plan(List.of(ONE), new Actual(Optional.empty(), Set.of(), List.of(), Map.of("s-one", "container"),
                Map.of()));
        assertEquals(List.of("a container named s-one is there that this stack did not make"), plan.conflicts());
        assertTrue(plan.only(Action.Remove.class).isEmpty());
        assertFalse(plan.idle());
    }

    @Test
    void pullAlwaysAndNeverMeanWhatTheySay() {
        Plan always = new Reconciler("s", Pull.ALWAYS).plan(List.of(ONE), running());
        assertEquals("one: pull one:1 (--pull always)", said(always).get(0));
        Plan never = new Reconciler("s", Pull.NEVER).plan(List.of(ONE), Actual.nothing());
        assertTrue(never.only(Action.Pull.class).isEmpty());
    }

    @Test
    void restartTakesChangesInAndStartsTheRestAgain() {
        Plan plan = new Reconciler("s", Pull.MISSING).restart(List.of(TestServices.withFile(ONE, "a: 2"), TWO), running());
        assertEquals(List.of("one: recreate (one.yaml changed)", "two: restart (asked for, nothing changed)"), said(plan));
    }

    @Test
    void everyPlanCarriedOutLeadsToAPlanWithNothingToDo() {
        List<List<Actual.Container>> starts = new ArrayList<>();
        starts.add(List.of());
        for (State state : State.values()) {
            starts.add(List.of(TestServices.container(ONE, state)));
            starts.add(List.of(TestServices.container(TestServices.withFile(ONE, "old: 1"), state),
                    TestServices.container(TWO, state)));
        }
        for (List<Actual.Container> start : starts) {
            Actual before = new Actual(Optional.empty(), Set.of(), start, Map.of(), Map.of());
            assertTrue(plan(BOTH, carriedOut(plan(BOTH, before), before)).idle(), () -> "from " + start);
        }
    }

    /** What an engine would hold after a plan. */
    private static Actual carriedOut(Plan plan, Actual before) {
        Map<String, Actual.Container> containers = new HashMap<>();
        before.containers().forEach(c -> containers.put(c.service(), c));
        plan.only(Action.Remove.class).forEach(a -> containers.remove(a.old().service()));
        Stream.concat(Stream.concat(plan.only(Action.Create.class).stream().map(Action.Create::service),
                plan.only(Action.Recreate.class).stream().map(Action.Recreate::service)),
                plan.only(Action.Start.class).stream().map(Action.Start::service))
                .forEach(s -> containers.put(s.name(), TestServices.container(s, State.RUNNING)));
        return with(List.copyOf(containers.values()), ONE, TWO);
    }

    private static Plan plan(List<Service> desired, Actual actual) {
        return new Reconciler("s", Pull.MISSING).plan(desired, actual);
    }

    private static Actual running() {
        return with(List.of(TestServices.container(ONE, State.RUNNING), TestServices.container(TWO, State.RUNNING)), ONE,
                TWO);
    }

    private static Actual with(List<Actual.Container> containers, Service... services) {
        Map<String, String> images = new HashMap<>();
        Set<String> volumes = new java.util.HashSet<>();
        for (Service service : services) {
            images.put(service.image(), "sha256:" + service.image());
            volumes.add("s-" + service.name());
        }
        return new Actual(Optional.of("net"), volumes, containers, Map.of(), images);
    }

    private static List<String> said(Plan plan) {
        return plan.actions().stream().map(a -> a.subject() + ": " + a.verb() + " (" + a.cause() + ")").toList();
    }
}
