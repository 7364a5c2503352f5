package services;

import java.util.Locale;

/** One step from what is to what should be, and why. */
public sealed interface Action {
    /** What it is done to: a service, or {@code network}. */
    String subject();

    /** In a person's words, without the subject: what the record is called, unless it says more. */
    default String verb() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    String cause();

    /** Whether it leaves everything as it is. */
    default boolean idle() {
        return false;
    }

    /** The network that the services share. */
    record CreateNetwork(String name, String cause) implements Action {
        @Override
        public String subject() {
            return "network";
        }

        @Override
        public String verb() {
            return "create";
        }
    }

    /** Done to a service. */
    sealed interface OnService extends Action {
        Service service();

        @Override
        default String subject() {
            return service().name();
        }
    }

    /** The folder of a service that outlives its containers. */
    record CreateVolume(Service service, String name, String cause) implements OnService {
        @Override
        public String verb() {
            return "create volume";
        }
    }

    record Pull(Service service, String cause) implements OnService {
        @Override
        public String verb() {
            return "pull " + service.image();
        }
    }

    record Create(Service service, String cause) implements OnService {}

    /** Stops and removes the old container and makes a new one; data in the volume stays. */
    record Recreate(Service service, Actual.Container old, String cause) implements OnService {}

    record Start(Service service, Actual.Container old, String cause) implements OnService {}

    record Keep(Service service, Actual.Container present, String cause) implements OnService {
        @Override
        public boolean idle() {
            return true;
        }
    }

    /** A container of ours that no service wants. */
    record Remove(Actual.Container old, String cause) implements Action {
        @Override
        public String subject() {
            return old.service();
        }

        @Override
        public String verb() {
            return "remove " + old.name();
        }
    }

    /** Stops it in order and starts the same container again. */
    record Restart(Service service, Actual.Container present, String cause) implements OnService {}
}
