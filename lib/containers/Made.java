package containers;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import services.Progress;

/** The objects that one {@code up} has made so far, for their removal after a failure. Thread-safe. */
final class Made {
    private final Connection engine;
    private final ContainerMaker maker;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    /** Comes before the rest: an engine removes no network or volume that a container uses. */
    private final Deque<Runnable> undoContainers = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> volumes = ConcurrentHashMap.newKeySet();

    Made(Connection engine, ContainerMaker maker) {
        this.engine = engine;
        this.maker = maker;
    }

    synchronized void network(String id, String name) {
        names.add("network " + name);
        undo.push(() -> engine.client().removeNetworkCmd(id).exec());
    }

    synchronized void volume(String name) {
        volumes.add(name);
        names.add("volume " + name);
        undo.push(() -> engine.client().removeVolumeCmd(name).exec());
    }

    /** @param grace for data that was there before; a volume of this very start needs none */
    synchronized void container(String id, String name, Duration grace) {
        names.add("container " + name);
        undoContainers.push(() -> {
            if (!volumes.contains(name)) {
                maker.stop(id, grace);
            }
            maker.remove(id);
        });
    }

    /**
     * Removes it all, containers first and the newest first of each kind; what cannot be removed is told and left to the next
     * {@code up} or {@code down}.
     */
    synchronized void takeBack(Progress progress) {
        Deque<Runnable> all = new ArrayDeque<>(undoContainers);
        all.addAll(undo);
        if (all.isEmpty()) {
            return;
        }
        // The clean-up may have been caused by an interruption; it must not be interrupted itself.
        boolean interrupted = Thread.interrupted();
        progress.step("stack", "removing the objects of this start (" + String.join(", ", names) + ")");
        while (!all.isEmpty()) {
            try {
                all.pop().run();
            } catch (NotFoundException e) {
                continue;
            } catch (ConflictException e) {
                progress.warn("not removed, because it is in use: " + EngineErrors.text(e));
            } catch (DockerException e) {
                progress.warn("could not be removed: " + EngineErrors.text(e) + "; stack down tries again");
            } catch (RuntimeException e) {
                progress.warn("the engine does not answer any more, so some objects may be left: run stack down when it is back");
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
