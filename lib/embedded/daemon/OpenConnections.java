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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections there may be at once, on all ports together. Each is an open file of this process. Where the system
 * lets it have no more, a connection waits unanswered for as long as the others stay, and the store cannot open what it
 * needs; so some are kept for that, and a connection beyond the bound is closed at once. Senders cannot take the last ones:
 * the page and the figures about the engine must answer while somebody floods it.
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

    private final Set<Integer> sendersPorts = ConcurrentHashMap.newKeySet();
    private final Set<Channel> senders = ConcurrentHashMap.newKeySet();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private volatile int most;
    private volatile boolean said;
    /** A file that can be closed when no other can be opened; null when there is none. */
    private Closeable spare;

    /** @param most connections at once */
    OpenConnections(int most) {
        this.most = most;
        spare = opened();
    }

    /** Opens nothing, so that it works also where no file can be opened: what is said is said by a file that is open. */
    private void sayThatSomeAreClosed() {
        if (!said) {
            said = true;
            Log.warn("with " + open.size() + " connections at once the surplus is closed, since this process may have no more"
                    + " files open; raise 'ulimit -n' and start the engine again");
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
            long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() + open.size() - KEPT_FILES;
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

    /** Whether there is room for a connection that was just accepted; it counts until it is closed. */
    synchronized boolean admits(Channel connection) {
        boolean sender = connection.localAddress() instanceof InetSocketAddress address && sendersPorts.contains(address.getPort());
        if (!room(sender)) {
            open.removeIf(known -> !known.isOpen());
            senders.removeIf(known -> !known.isOpen());
        }
        if (!room(sender)) {
            sayThatSomeAreClosed();
            return false;
        }
        open.add(connection);
        if (sender) {
            senders.add(connection);
        }
        connection.closeFuture().addListener(closed -> {
            open.remove(connection);
            senders.remove(connection);
        });
        return true;
    }

    private boolean room(boolean sender) {
        return open.size() < most && (!sender || senders.size() < mostOfSenders());
    }
}
