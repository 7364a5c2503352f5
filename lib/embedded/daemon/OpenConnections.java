package embedded.daemon;

import com.sun.management.UnixOperatingSystemMXBean;
import embedded.Log;
import io.netty.channel.Channel;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How many connections there may be at once, on all ports together. Each is an open file of this process. Where the system
 * lets it have no more, a connection waits unanswered for as long as the others stay, and the store cannot open what it
 * needs; so some are kept for that. Beyond the bound the connection goes that has been idle longest; where none is idle, the new
 * one is closed at once. Senders cannot take the last ones: the page and the figures about the engine must answer while somebody
 * floods it.
 */
final class OpenConnections {
    /** Files that the engine opens while it runs: the store once more to check it, libraries, what the system tells. */
    private static final int KEPT_FILES = 24;
    /** So many are taken while the system lets them be. */
    private static final int FEWEST = 4;
    /** Opens on every Unix, and needs nothing. */
    private static final Path NOTHING = Path.of("/dev/null");

    /** Of four connections, so many are left to the page. */
    private static final int QUARTER = 4;
    private static final int MOST_KEPT = 16;

    /** One that has just been answered may be about to ask again. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A request that is not answered by then is none: its body has a minute (see {@code embedded.intake.BodyReader}). */
    private static final long UNFINISHED_NANOS = TimeUnit.SECONDS.toNanos(90);
    /** Who connects means to ask. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier clock;
    private final Set<Integer> sendersPorts = ConcurrentHashMap.newKeySet();
    private final Map<Channel, ConnectionState> senders = new ConcurrentHashMap<>();
    /** All others. */
    private final Map<Channel, ConnectionState> others = new ConcurrentHashMap<>();
    private volatile int most;
    private volatile boolean said;
    private volatile boolean idleSaid;
    /** A file that can be closed when no other can be opened; null when there is none. */
    private Closeable spare;

    /** @param most connections at once */
    OpenConnections(int most) {
        this(most, System::nanoTime);
    }

    /** @param clock nanoseconds */
    OpenConnections(int most, LongSupplier clock) {
        this.most = most;
        this.clock = clock;
        spare = opened();
    }

    /** Opens nothing, so that it works also where no file can be opened: what is said is said by a file that is open. */
    private void sayThatSomeAreClosed() {
        if (!said) {
            said = true;
            Log.warn("with " + count() + " connections at once the surplus is closed: this process may have no more files open, or no"
                    + " more connections; raise 'ulimit -n' and start the engine again, or let fewer send");
        }
    }

    private static Closeable opened() {
        try {
            return Files.exists(NOTHING) ? Files.newInputStream(NOTHING) : null;
        } catch (IOException e) {
            return null; // no file can be opened
        }
    }

    /** Makes room for one file where there is none; whether it could. */
    synchronized boolean releaseSpareFile() {
        if (spare == null) {
            return false;
        }
        try {
            spare.close();
        } catch (IOException e) {
            Log.warn("closing " + NOTHING, e);
        }
        spare = null;
        return true;
    }

    /** Keeps that room for the next time; whether there was any left. */
    synchronized boolean takeSpareFile() {
        if (spare == null) {
            spare = opened();
        }
        if (spare == null) {
            sayThatSomeAreClosed();
        }
        return spare != null;
    }

    /** Leaves room for what is open besides, as of now; to be called when everything listens. */
    void boundByOpenFiles() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() + count() - KEPT_FILES;
            most = (int) Math.max(FEWEST, Math.min(most, free));
        }
    }

    /** Connections at once. */
    int most() {
        return most;
    }

    /** Those who send connect to this port. */
    void sendersPort(int port) {
        sendersPorts.add(port);
    }

    /** Of the connections at once, those that senders may have. */
    int mostOfSenders() {
        return most - Math.min(MOST_KEPT, most / QUARTER);
    }

    /** Connections that are open. */
    int count() {
        return senders.size() + others.size();
    }

    /** Of these, those whose request has begun and is not answered. */
    long asking() {
        return Stream.of(senders, others).flatMap(some -> some.values().stream()).filter(ConnectionState::asks).count();
    }

    /** Whether there is room for a connection that was just accepted, or can be made; it counts until it is closed. */
    synchronized boolean admits(Channel connection) {
        boolean sender = connection.localAddress() instanceof InetSocketAddress address && sendersPorts.contains(address.getPort());
        if (!room(sender)) {
            senders.keySet().removeIf(known -> !known.isOpen());
            others.keySet().removeIf(known -> !known.isOpen());
        }
        // Others may have more than what is kept for them, until a sender needs it.
        if (!room(sender) && !closeOneOf(sender && senders.size() >= mostOfSenders() ? senders : others)) {
            sayThatSomeAreClosed();
            return false;
        }
        Map<Channel, ConnectionState> all = sender ? senders : others;
        ConnectionState state = new ConnectionState(clock);
        connection.pipeline().addFirst(state);
        all.put(connection, state);
        connection.closeFuture().addListener(closed -> all.remove(connection));
        return true;
    }

    private boolean room(boolean sender) {
        return count() < most && (!sender || senders.size() < mostOfSenders());
    }

    /** Makes room: closes the one that has been idle longest, else one that began a request and never ends it. */
    private boolean closeOneOf(Map<Channel, ConnectionState> some) {
        Optional<Channel> idle = oldest(some, false, IDLE_NANOS).or(() -> oldest(some, true, UNFINISHED_NANOS));
        if (idle.isPresent() && !idleSaid) {
            idleSaid = true;
            Log.warn("with " + count() + " connections at once those that are idle longest are closed, so that others get in");
        }
        idle.ifPresent(channel -> {
            some.remove(channel);
            channel.close();
        });
        return idle.isPresent();
    }

    private static Optional<Channel> oldest(Map<Channel, ConnectionState> some, boolean asking, long atLeast) {
        return some.entrySet().stream().filter(entry -> entry.getValue().asks() == asking && entry.getValue().age() >= atLeast)
                .max(Comparator.comparingLong(entry -> entry.getValue().age())).map(Map.Entry::getKey);
    }

    /** Closes those from which no byte ever came; called every few seconds. */
    void closeSilent() {
        for (Map<Channel, ConnectionState> some : List.of(senders, others)) {
            some.forEach((channel, state) -> {
                if (state.isSilent() && state.age() > SILENT_NANOS) {
                    channel.close();
                }
            });
        }
    }
}
