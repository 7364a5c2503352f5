package services;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the way from what an engine has to what it should have. Does nothing itself, so that it can be tested and shown. */
public final class Reconciler {
    private final String stack;
    private final StackOptions.Pull pull;

    public Reconciler(String stack, StackOptions.Pull pull) {
        this.stack = stack;
        this.pull = pull;
    }

    /** The name of a service's container and of its volume; the network has the stack's own. */
    public static String nameOf(String stack, String service) {
        return stack + "-" + service;
    }

    /** The actions, in an order in which they can be done; one {@code keep} per service that stays. */
    public Plan plan(List<Service> desired, Actual actual) {
        List<Action> actions = new ArrayList<>();
        desired.forEach(service -> pull(service, actual).ifPresent(actions::add));
        if (actual.network().isEmpty()) {
            actions.add(new Action.CreateNetwork(stack, "not there"));
        }
        for (Service service : desired) {
            String volume = nameOf(stack, service.name());
            if (service.volume().isPresent() && !actual.volumes().contains(volume)) {
                actions.add(new Action.CreateVolume(service, volume, "not there"));
            }
        }
        actions.addAll(orphans(desired, actual));
        desired.forEach(service -> actions.addAll(container(service, actual)));
        return new Plan(actions, conflicts(actual));
    }

    /** The same for these services, where one that stays is started again because somebody asked for it. */
    public Plan restart(List<Service> desired, Actual actual) {
        Plan plan = plan(desired, actual);
        List<Action> actions = new ArrayList<>();
        for (Action action : plan.actions()) {
            actions.add(action instanceof Action.Keep keep
                    ? new Action.Restart(keep.service(), keep.present(), "asked for, nothing changed") : action);
        }
        return new Plan(actions, plan.conflicts());
    }

    private Optional<Action> pull(Service service, Actual actual) {
        boolean local = actual.images().containsKey(service.image());
        return switch (pull) {
            case ALWAYS -> Optional.of(new Action.Pull(service, "--pull always"));
            case MISSING -> local ? Optional.empty() : Optional.of(new Action.Pull(service, "the image is not there"));
            case NEVER -> Optional.empty();
        };
    }

    private static List<Action> orphans(List<Service> desired, Actual actual) {
        return actual.containers().stream()
                .filter(container -> desired.stream().noneMatch(service -> service.name().equals(container.service())))
                .<Action>map(container -> new Action.Remove(container, "no longer part of the stack")).toList();
    }

    private List<Action> container(Service service, Actual actual) {
        List<Actual.Container> present = actual.containers().stream()
                .filter(container -> container.service().equals(service.name()))
                // Two can only be the work of somebody's hands: the one that runs is the one to keep.
                .sorted(Comparator.comparing(container -> container.state() != Actual.State.RUNNING)).toList();
        List<Action> actions = new ArrayList<>();
        present.stream().skip(1).forEach(container -> actions.add(new Action.Remove(container, "there are two of them")));
        actions.add(present.isEmpty() ? new Action.Create(service, "not there") : adjust(service, present.get(0), actual));
        return actions;
    }

    private Action adjust(Service service, Actual.Container present, Actual actual) {
        List<String> changes = Parts.differences(present.parts(), Parts.of(service));
        if (!changes.isEmpty()) {
            return new Action.Recreate(service, present, String.join(", ", changes));
        }
        String image = actual.images().get(service.image());
        if (image != null && !image.equals(present.imageId())) {
            return new Action.Recreate(service, present, service.image() + " is another image now");
        }
        if (service.volume().isPresent() && !actual.volumes().contains(nameOf(stack, service.name()))) {
            return new Action.Recreate(service, present, "its volume is gone");
        }
        return switch (present.state()) {
            case CREATED -> new Action.Recreate(service, present, "it was created but never started");
            case REMOVING, DEAD -> new Action.Recreate(service, present, "its removal was not finished");
            case PAUSED -> new Action.Recreate(service, present, "it is paused");
            case RESTARTING -> new Action.Recreate(service, present, "it restarts again and again");
            case EXITED -> present.attached()
                    ? new Action.Start(service, present, "it has stopped (exit code " + present.exitCode() + ")")
                    : new Action.Recreate(service, present, "its network is gone");
            case RUNNING -> present.attached() ? new Action.Keep(service, present, "as it should be")
                    : new Action.Recreate(service, present, "its network is gone");
        };
    }

    private static List<String> conflicts(Actual actual) {
        return actual.strangers().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(stranger -> "a " + stranger.getValue() + " named " + stranger.getKey() + " is there that this stack did"
                        + " not make").toList();
    }
}
