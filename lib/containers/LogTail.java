package containers;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import containers.engine.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads a container's log line by line, stdout and stderr together. */
final class LogTail {
    private static final long PATIENCE_SECONDS = 10;

    private final Connection engine;

    LogTail(Connection engine) {
        this.engine = engine;
    }

    /** The last lines; empty when there is no such container. */
    List<String> last(String id, int lines) throws InterruptedException {
        List<String> found = Collections.synchronizedList(new ArrayList<>());
        try (Lines callback = new Lines(found::add)) {
            command(id, lines).exec(callback).awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (NotFoundException e) {
            return List.of();
        } catch (IOException e) {
            return List.copyOf(found);
        }
        return List.copyOf(found);
    }

    /** The last lines and all that follow, until it is closed or the container ends. */
    Lines follow(String id, int lines, Consumer<String> line) {
        return command(id, lines).withFollowStream(true).exec(new Lines(line));
    }

    private LogContainerCmd command(String id, int lines) {
        return engine.client().logContainerCmd(id).withStdOut(true).withStdErr(true).withTail(lines);
    }

    /** Puts frames, which end anywhere, together to lines. */
    static final class Lines extends ResultCallback.Adapter<Frame> {
        private static final int LONGEST = 64 * 1024;

        private final Consumer<String> line;
        private final StringBuilder rest = new StringBuilder();

        Lines(Consumer<String> line) {
            this.line = line;
        }

        @Override
        public synchronized void onNext(Frame frame) {
            rest.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
                line.accept(rest.substring(0, end).stripTrailing());
                rest.delete(0, end + 1);
            }
            if (rest.length() > LONGEST) {
                flush();
            }
        }

        @Override
        public void onComplete() {
            flush();
            super.onComplete();
        }

        private synchronized void flush() {
            if (rest.length() > 0) {
                line.accept(rest.toString().stripTrailing());
                rest.setLength(0);
            }
        }
    }
}
