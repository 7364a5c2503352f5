package journal;

import agent.Origin;
import contract.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out where this process runs. */
public final class Origins {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    /** machine-id(5): "should be considered confidential", so only a hash of it is kept. Both places are usual. */
    private static final List<Path> MACHINE = List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int DIGITS = 16;

    private Origins() {}

    /** Takes microseconds; what cannot be told is empty. */
    public static Origin here(Map<String, String> environment) {
        return new Origin(host(MACHINE, HOST_NAME, environment), boot(BOOT), ProcessHandle.current().pid());
    }

    static String host(List<Path> machine, Path hostName, Map<String, String> environment) {
        for (Path file : machine) {
            Optional<String> id = line(file);
            if (id.isPresent()) {
                return hash("agentproxy host " + id.get());
            }
        }
        return line(hostName).or(() -> Optional.ofNullable(environment.get("HOSTNAME")))
                .filter(name -> !name.isEmpty() && !name.equals("localhost")).map(name -> hash("agentproxy name " + name))
                .orElse("");
    }

    static String boot(Path file) {
        // Where the kernel has no such file (macOS), the first process began when the machine did.
        return line(file).or(() -> ProcessHandle.of(1).flatMap(first -> first.info().startInstant())
                .map(start -> "init-" + start.getEpochSecond())).orElse("");
    }

    private static Optional<String> line(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String hash(String text) {
        return Sha256.hex(text).substring(0, DIGITS);
    }
}
