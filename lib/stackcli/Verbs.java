package stackcli;

import java.time.Duration;
import services.Progress;

/** Code that several commands share. */
final class Verbs {
    private Verbs() {}

    /** Shows every action also without {@code --verbose}, as {@code --dry-run} promises. */
    static Progress telling(ConsoleProgress progress) {
        return with(progress, progress::tell);
    }

    /** Passes everything on, and remembers every action. */
    static Progress noticing(ConsoleProgress progress, Runnable notice) {
        return with(progress, (service, action, cause) -> {
            notice.run();
            progress.action(service, action, cause);
        });
    }

    @FunctionalInterface
    private interface Actions {
        void action(String service, String action, String cause);
    }

    private static Progress with(ConsoleProgress progress, Actions actions) {
        return new Progress() {
            @Override
            public void step(String service, String what) {
                progress.step(service, what);
            }

            @Override
            public void ready(String service, Duration took) {
                progress.ready(service, took);
            }

            @Override
            public void action(String service, String action, String cause) {
                actions.action(service, action, cause);
            }

            @Override
            public void warn(String text) {
                progress.warn(text);
            }
        };
    }
}
