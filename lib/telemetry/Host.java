package telemetry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
        CompletableFuture<String> name = new CompletableFuture<>();
        Background.run("host-name", () -> {
            try {
                name.complete(InetAddress.getLocalHost().getHostName());
            } catch (UnknownHostException e) {
                name.completeExceptionally(e);
            }
        });
        try {
            return Optional.of(name.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
