package journal;

import agent.RunEvent;
import agent.RunListener;
import contract.Failure;
import contract.KnownSecrets;
import contract.OwnerFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends every event to the session's journal before it takes effect. A process that is killed at any point loses at most
 * the line being written. When a line cannot be written the run must end: this listener throws, once.
 */
public final class Journal implements RunListener, AutoCloseable {
    private final SessionFolder folder;
    private final FileChannel channel;
    private final Clock clock;
    private final KnownSecrets secrets;
    private final List<EntryListener> listeners = new ArrayList<>();
    private long sequence;
    private boolean broken;

    private Journal(SessionFolder folder, FileChannel channel, long sequence, Clock clock, KnownSecrets secrets) {
        this.secrets = secrets;
        this.folder = folder;
        this.channel = channel;
        this.sequence = sequence;
        this.clock = clock;
    }

    public static Journal open(SessionFolder folder, Clock clock) {
        return open(folder, clock, KnownSecrets.NONE);
    }

    /**
     * Opens the journal of a session for appending; what a killed run left half written at its end is cut off.
     *
     * @param secrets are taken out of whatever is written
     */
    public static Journal open(SessionFolder folder, Clock clock, KnownSecrets secrets) {
        try {
            FileChannel channel = OwnerFiles.open(folder.journal(), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            JournalReader.Contents present = JournalReader.read(folder.journal());
            channel.truncate(present.wholeBytes());
            channel.position(present.wholeBytes());
            return new Journal(folder, channel, present.lastSequence(), clock, secrets);
        } catch (IOException e) {
            throw StateHome.unwritable(folder.journal(), e);
        }
    }

    /** @param sequence of the last entry that is there */
    static Journal over(SessionFolder folder, FileChannel channel, long sequence, Clock clock) {
        return new Journal(folder, channel, sequence, clock, KnownSecrets.NONE);
    }

    /** From now on {@code listener} is told of every entry that is written. */
    public synchronized void tell(EntryListener listener) {
        listeners.add(listener);
    }

    /** The number of the newest entry, over all runs of the session; 0 when there is none. */
    public long sequence() {
        return sequence;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (broken) {
            return;
        }
        Entry entry = new Entry(++sequence, clock.instant(), EventCodec.redacted(event, secrets));
        String line = EventCodec.encode(entry) + "\n";
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            broken = true;
            throw unwritable(folder, e);
        }
        // A listener with a defect must not end the run.
        listeners.removeIf(listener -> !told(listener, entry));
    }

    private static boolean told(EntryListener listener, Entry entry) {
        try {
            listener.on(entry);
            return true;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static Failure unwritable(SessionFolder folder, IOException cause) {
        return Failure.error("the journal cannot be written: " + folder.journal() + ": " + cause.getMessage(),
                "free disk space or fix the permissions; what was written is kept, and the session can be resumed", cause);
    }
}
