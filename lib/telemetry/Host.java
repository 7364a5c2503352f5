package telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The name of this machine. */
final class Host {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
    /** Where the kernel is not asked (macOS), the resolver is, which may wait for a name server for seconds. */
    private static final long PATIENCE_MILLIS = 200;
    private static final Optional<String> NAME = find();

    private Host() {}

    /** Empty when it cannot be found out quickly. */
    static Optional<String> name() {
        return NAME;
    }

    private static Optional<String> find() {
        try {
            return Optional.of(Files.readString(KERNEL).strip()).filter(name -> !name.isEmpty());
        } catch (IOException e) {
            return fromResolver();
        }
    }

    private static Optional<String> fromResolver() {
        return Background.within(PATIENCE_MILLIS, Background.ask("host-name", () -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }
}
