package containers;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import contract.ExitCode;
import contract.Failure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import services.Progress;
import services.Service;

/** Pulls images and checks whether they fit the engine's machine. */
final class Images {
    private static final Map<String, String> SAME = Map.of("x86_64", "amd64", "aarch64", "arm64");

    private final Connection engine;

    Images(Connection engine) {
        this.engine = engine;
    }

    /** @throws Failure when the pull fails; a failed pull is never ignored */
    void pull(Service service, Progress progress) throws InterruptedException {
        String image = service.image();
        progress.step(service.name(), "pulling " + image);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        PullProgress pulled = new PullProgress();
        ResultCallback.Adapter<PullResponseItem> callback = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(PullResponseItem item) {
                if (item.getErrorDetail() != null) {
                    problem.set(new IllegalStateException(item.getErrorDetail().getMessage()));
                } else if (pulled.take(item)) {
                    progress.step(service.name(), "pulling " + image + ", " + pulled.text());
                }
            }

            @Override
            public void onError(Throwable throwable) {
                problem.compareAndSet(null, throwable);
                super.onError(throwable);
            }
        };
        try {
            engine.client().pullImageCmd(image).exec(callback).awaitCompletion();
        } catch (RuntimeException e) {
            problem.compareAndSet(null, e);
        }
        if (problem.get() != null) {
            throw failed(image, problem.get());
        }
    }

    private static Failure failed(String image, Throwable problem) {
        String reason = EngineErrors.text(problem);
        boolean unknown = reason.contains("not found") || reason.contains("manifest unknown")
                || reason.contains("repository does not exist");
        return new Failure("cannot get the image " + image + ": " + reason, unknown
                ? "correct the image's name: --image, AGENTPROXY_STACK_IMAGE_…, or settings.properties"
                : "check the network; or load the image from a file (docker load) and use --pull never; or, without images at all:"
                        + " stack up --engine embedded",
                ExitCode.ERROR, problem);
    }

    /** @throws Failure when the image is not there, which only {@code --pull never} leads to */
    void check(Service service, Progress progress) {
        String architecture;
        try {
            architecture = Look.architecture(engine, service.image());
        } catch (NotFoundException e) {
            throw new Failure("the image " + service.image() + " is not on this machine, and --pull never forbids pulling it",
                    "load it with docker load, or use --pull missing", ExitCode.ERROR, e);
        }
        mismatch(service, architecture).ifPresent(progress::warn);
    }

    /** A warning when the image is for another kind of machine; it may still run if the engine emulates that kind. */
    Optional<String> mismatch(Service service, String architecture) {
        String wanted = normal(engine.architecture());
        String present = normal(architecture);
        return present.isEmpty() || wanted.isEmpty() || present.equals(wanted) ? Optional.empty()
                : Optional.of("the image " + service.image() + " is for " + present + ", the engine runs on " + wanted);
    }

    private static String normal(String architecture) {
        String name = architecture.toLowerCase(Locale.ROOT);
        return SAME.getOrDefault(name, name);
    }
}
