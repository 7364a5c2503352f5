package containers;

import com.github.dockerjava.api.exception.DockerException;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import services.Actual;
import services.Engine;
import services.Service;

/** What several services say, as one stream of lines. */
final class ServiceLogs {
    private final LogTail tails;

    ServiceLogs(Connection engine) {
        this.tails = new LogTail(engine);
    }

    /** The last lines of each of these containers, in the order of the services. */
    void last(List<Service> services, List<Actual.Container> containers, int tail, Consumer<Engine.LogLine> lines)
            throws InterruptedException {
        for (Service service : services) {
            for (Actual.Container container : of(service, containers)) {
                tails.last(container.id(), tail).forEach(text -> lines.accept(new Engine.LogLine(service.name(), text)));
            }
        }
    }

    /** The same, and all that they say from now on, until interrupted or until all have ended. */
    void follow(List<Service> services, List<Actual.Container> containers, int tail, Consumer<Engine.LogLine> lines)
            throws InterruptedException {
        List<LogTail.Lines> following = new ArrayList<>();
        try {
            for (Service service : services) {
                for (Actual.Container container : of(service, containers)) {
                    following.add(tails.follow(container.id(), tail,
                            text -> lines.accept(new Engine.LogLine(service.name(), text))));
                }
            }
            for (LogTail.Lines one : following) {
                one.awaitCompletion();
            }
        } catch (DockerException e) {
            throw EngineErrors.during("reading logs", e);
        } finally {
            following.forEach(ServiceLogs::close);
        }
    }

    private static List<Actual.Container> of(Service service, List<Actual.Container> containers) {
        return containers.stream().filter(container -> container.service().equals(service.name())).toList();
    }

    private static void close(LogTail.Lines lines) {
        try {
            lines.close();
        } catch (IOException e) {
            return;
        }
    }
}
