package containers.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.util.function.Supplier;

/** Turns an engine's refusals into messages for the user. */
public final class EngineErrors {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** As shells and container engines report a command that cannot be run, and one that is not there. */
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private EngineErrors() {}

    /** The engine's own words, without the JSON and the exception around them. */
    public static String text(Throwable problem) {
        String text = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        int brace = text.indexOf('{');
        if (problem instanceof DockerException && brace >= 0) {
            try {
                JsonNode message = JSON.readTree(text.substring(brace)).path("message");
                if (message.isTextual()) {
                    return message.asText().strip();
                }
            } catch (JsonProcessingException e) {
                return text;
            }
        }
        return text.strip();
    }

    /** Whether the engine refused because somebody holds a port. */
    public static boolean portTaken(Throwable problem) {
        String text = text(problem);
        return text.contains("port is already allocated") || text.contains("address already in use");
    }

    /** Whether the engine's machine does not have the address to publish on. */
    public static boolean noSuchAddress(Throwable problem) {
        return text(problem).contains("cannot assign requested address");
    }

    /**
     * Whether a command has not even been started, rather than having ended with a code that shells use for that too.
     *
     * @param opening the first words on its output, which are then the engine's
     */
    static boolean cannotStart(int exitCode, String opening) {
        return (exitCode == NOT_EXECUTABLE || exitCode == NOT_FOUND) && (opening.contains("OCI runtime exec failed")
                || opening.contains("OCI runtime attempted to invoke") || opening.contains("executable file")
                && opening.contains("not found in $PATH"));
    }

    /** A failure for what went wrong while doing something; passes a failure on as it is. */
    public static Failure during(String what, Throwable problem) {
        if (problem instanceof Failure failure) {
            return failure;
        }
        if (lost(problem)) {
            return new Failure("the container engine stopped answering while " + what, "start it again, then: stack up",
                    ExitCode.NO_ENGINE, problem);
        }
        String text = text(problem);
        String hint = text.contains("no space left on device") || text.contains("disk quota exceeded")
                ? "the engine's disk is full: docker system df shows what is on it" : "";
        return Failure.error("the engine refused while " + what + ": " + text, hint, problem);
    }

    /** Asks the engine; what goes wrong is told as a failure {@link #during} that. */
    public static <T> T asking(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw during(what, e);
        }
    }

    /** Whether the engine could not be spoken to at all, as opposed to having said no. */
    static boolean lost(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof DockerException) {
                return false;
            }
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
