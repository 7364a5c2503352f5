package containers.engine;

import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.DockerException;
import contract.ExitCode;
import contract.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import services.Actual;

/** Runs a command in a container with our input and output. */
public final class CommandRunner {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int BUFFER = 32 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d{1,9})\\s*$");
    private static final int ENDINGS = 50;
    private static final long ENDING_MILLIS = 100;
    /** What ends a program whose reader has gone. */
    private static final int SIGPIPE = 13;

    private final Connection engine;

    public CommandRunner(Connection engine) {
        this.engine = engine;
    }

    /**
     * Returns when it has ended and all its output is passed on, or when nobody reads that any more.
     *
     * @throws Failure when the service does not run, the engine refuses or goes away, or does not say how it has ended
     */
    public CommandEnd run(String service, List<Actual.Container> containers, List<String> command, CommandStreams streams)
            throws InterruptedException {
        Actual.Container container = containers.stream()
                .filter(c -> c.service().equals(service) && c.state() == Actual.State.RUNNING).findFirst()
                .orElseThrow(() -> new Failure(service + " does not run", "stack up", ExitCode.ERROR));
        try {
            return run(container.id(), command, streams);
        } catch (FrameSplitter.ReaderGone e) {
            return new CommandEnd(ExitCode.ofSignal(SIGPIPE), true);
        } catch (IOException e) {
            throw EngineErrors.during("running " + command.get(0) + " in " + service, new UncheckedIOException(e));
        } catch (DockerException e) {
            throw new Failure("cannot run " + command.get(0) + " in " + service + ": " + EngineErrors.text(e),
                    "these images are small: only Grafana and Prometheus have a shell", ExitCode.ERROR, e);
        } catch (RuntimeException e) {
            // So docker-java tells that the engine has gone.
            if (EngineErrors.lost(e)) {
                throw EngineErrors.during("running " + command.get(0) + " in " + service, e);
            }
            throw e;
        }
    }

    private CommandEnd run(String container, List<String> command, CommandStreams streams) throws IOException,
            InterruptedException {
        boolean terminal = streams.screen().isPresent();
        FrameSplitter output = new FrameSplitter(streams, terminal);
        String id = engine.client().execCreateCmd(container).withAttachStdin(true).withAttachStdout(true)
                .withAttachStderr(true).withTty(terminal).withCmd(command.toArray(String[]::new)).exec().getId();
        try (Duplex duplex = Duplex.open(engine.address(), engine.tlsContext(), CONNECT)) {
            byte[] rest = start(duplex, id, terminal);
            CompletableFuture<Void> shown = new CompletableFuture<>();
            daemon("exec-output", () -> {
                try {
                    output.copy(duplex, rest);
                    shown.complete(null);
                } catch (IOException | RuntimeException e) {
                    shown.completeExceptionally(e);
                }
            });
            daemon("exec-input", () -> pass(streams.in(), duplex));
            streams.screen().ifPresent(screen -> {
                resize(id, screen.size());
                screen.whenResized(size -> resize(id, size));
            });
            shown.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException(e.getCause());
        }
        int code = exitCode(id, command.get(0));
        return new CommandEnd(code, !EngineErrors.cannotStart(code, output.opening()));
    }

    /** Asks for the connection to become the command's own. Returns what came after the head of the answer. */
    private byte[] start(Duplex duplex, String id, boolean terminal) throws IOException {
        String body = "{\"Detach\":false,\"Tty\":" + terminal + "}";
        byte[] request = ("POST /v" + engine.apiVersion() + "/exec/" + id + "/start HTTP/1.1\r\nHost: engine\r\n"
                + "Content-Type: application/json\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        duplex.write(request, request.length);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        int end = -1;
        while (end < 0 && received.size() < LONGEST_HEAD) {
            more(duplex, received);
            end = received.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        }
        String head = received.toString(StandardCharsets.ISO_8859_1).substring(0, Math.max(0, end));
        int length = head.length() + 4;
        // 101 is the answer of today; engines that do not know the upgrade say 200 and go on the same way.
        if (!head.matches("(?s)HTTP/1\\.[01] (101|200) .*")) {
            Matcher announced = LENGTH.matcher(head);
            int expected = announced.find() ? Integer.parseInt(announced.group(1)) : 0;
            while (received.size() < length + expected) {
                more(duplex, received);
            }
            String text = received.toString(StandardCharsets.UTF_8);
            throw new DockerException(text.substring(Math.min(text.length(), length)), 0);
        }
        byte[] all = received.toByteArray();
        return Arrays.copyOfRange(all, length, all.length);
    }

    private static void more(Duplex duplex, ByteArrayOutputStream received) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = duplex.read(buffer);
        if (read < 0) {
            throw new IOException("the engine has closed the connection");
        }
        received.write(buffer, 0, read);
    }

    /** Our input becomes the command's; its end too. A command that does not want it any more is no error. */
    private static void pass(InputStream in, Duplex duplex) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                duplex.write(buffer, read);
            }
            duplex.endOutput();
        } catch (IOException e) {
            return;
        }
    }

    private void resize(String id, CommandStreams.Size size) {
        try {
            engine.client().resizeExecCmd(id).withSize(size.rows(), size.columns()).exec();
        } catch (RuntimeException e) {
            // The command has ended, or the engine cannot: it then keeps the size that it has.
            return;
        }
    }

    /** Engines close the connection a moment before they know how the command has ended. */
    private int exitCode(String id, String program) throws InterruptedException {
        boolean running = false;
        for (int i = 0; i < ENDINGS; i++) {
            InspectExecResponse now = engine.client().inspectExecCmd(id).exec();
            running = Boolean.TRUE.equals(now.isRunning());
            if (!running && now.getExitCodeLong() != null) {
                return now.getExitCodeLong().intValue();
            }
            Thread.sleep(ENDING_MILLIS);
        }
        throw Failure.error(running ? program + " has closed its output and still runs: its exit code is unknown"
                : "the engine does not report the exit code of " + program, "all its output has been printed", null);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
