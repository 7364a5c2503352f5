package containers;

import contract.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import services.Progress;
import services.Service;
import services.StackOptions;

/** Looks, before anything is made, whether what will be published can be reached from here, and by whom else. */
final class ReachCheck {
    private ReachCheck() {}

    /** @throws Failure (usage) when the ports would be open only where nobody of us is */
    static void of(Connection engine, StackOptions options, List<Service> services, Progress progress) {
        engine.clockWarning().ifPresent(progress::warn);
        if (!loopback(options.bind())) {
            progress.warn(OpenPorts.warning(options.bind(), engine.remote() ? engine.address().getHost() : "this machine",
                    services));
        } else if (engine.remote()) {
            throw Failure.usage("the engine runs on " + engine.address().getHost() + ": ports on its " + options.bind()
                    + " cannot be reached from here", "give --bind an address of that machine, in a network that you trust"
                    + example(engine.address().getHost()));
        }
    }

    private static boolean loopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** When the engine is addressed by number, that number is most likely the one. */
    private static String example(String host) {
        return host.matches("[0-9.]+") ? ": --bind " + host : host.startsWith("[")
                ? ": --bind " + host.substring(1, host.length() - 1) : "";
    }
}
