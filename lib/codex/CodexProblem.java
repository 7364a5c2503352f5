package codex;

import agent.Hold;
import agent.Problem;
import agent.WorkerReport.Denial;
import com.fasterxml.jackson.core.JacksonException;
import contract.ErrorType;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workers.Texts;
import workers.WorkerJson;
import workers.WorkerLimits;
import workers.WorkerRun;

/** Decides whether a round of Codex is clean: exit code 0, {@code turn.completed}, something done, and nothing denied. */
final class CodexProblem {
    private static final String WHO = "Codex";
    private static final int MAX_MESSAGE = 500;
    /** As in {@code unexpected status 401 Unauthorized} and {@code exceeded retry limit, last status: 429 Too Many Requests}. */
    private static final Pattern STATUS = Pattern.compile("\\bstatus:? (\\d{3})\\b");
    private static final String TOO_LONG = "Codex ran out of room in the model's context window";
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    /** The tool router's lines on stderr. It also reports wrong calls of the model there, which are no denials. */
    private static final Pattern DENIED = Pattern.compile(
            "codex_core::tools::router: error=((?:approval policy is|patch rejected|exec command rejected)[^\\n]*)");

    private CodexProblem() {}

    /** Why the round is not clean; empty when it is. */
    static Optional<Problem> of(CodexRound round, WorkerRun.End end, WorkerLimits limits) {
        if (end.stop().isPresent()) {
            return end.stop().map(stop -> stop.problem(WHO, limits));
        }
        if (round.failure().isPresent()) {
            return Optional.of(failed(round.failure().get()));
        }
        if (end.livedOn() && round.unreachable().isPresent()) {
            return Optional.of(Problem.passing(ErrorType.IO, WHO + " waited for the network and did not reach the model's API "
                    + round.unreachable().get()));
        }
        int exit = end.livedOn() ? 0 : end.exitCode().orElse(-1);
        if (exit != 0) {
            return Optional.of(Problem.passing(ErrorType.EXIT, exit, WorkerRun.ended(WHO, exit) + said(round, end)));
        }
        if (round.total().isEmpty()) {
            return Optional.of(Problem.passing(ErrorType.NO_RESULT, WHO + " ended before its turn was complete" + said(round, end)));
        }
        if (!round.acted()) {
            return Optional.of(Problem.passing(ErrorType.NO_RESULT, WHO + " neither wrote nor did anything" + said(round, end)));
        }
        List<Denial> denials = denials(end.stderr());
        return denials.isEmpty() ? Optional.empty() : Optional.of(Problem.passing(ErrorType.PERMISSION_DENIED, WHO
                + " was not allowed to: " + denials.stream().map(Denial::detail).distinct().collect(Collectors.joining("; "))
                + "; see --permission-mode"));
    }

    /** The denials, which are reported on stderr only. Never the command itself: it may contain secrets. */
    static List<Denial> denials(String stderr) {
        List<Denial> denials = new ArrayList<>();
        for (Matcher line = DENIED.matcher(stderr); line.find();) {
            boolean patch = line.group(1).startsWith("patch");
            denials.add(new Denial(patch ? CodexLine.Kind.FILE_CHANGE.tool() : CodexLine.Kind.COMMAND_EXECUTION.tool(),
                    patch ? "a change that the sandbox does not allow" : "a command that needs more rights"));
        }
        return denials;
    }

    private static Problem failed(String message) {
        String text = WHO + "'s turn failed: " + Texts.oneLine(message, MAX_MESSAGE);
        Optional<Hold> limit = UsageLimit.in(message, ZonedDateTime.now());
        if (limit.isPresent()) {
            return Problem.passing(ErrorType.API, TOO_MANY_REQUESTS, text).held(limit.get());
        }
        if (badRequest(message)) {
            return Problem.passing(ErrorType.API, BAD_REQUEST, text);
        }
        Matcher status = STATUS.matcher(message);
        if (!status.find()) {
            // An API error without a status, or an error in Codex's own set-up: a provider without its key.
            return Problem.passing(ErrorType.NO_RESULT, text);
        }
        int code = Integer.parseInt(status.group(1));
        Problem problem = Problem.passing(ErrorType.API, code, text);
        return switch (code) {
            case 401, 403 -> problem.held(Hold.action("log in (codex login), or set the key of Codex's provider"));
            case 402 -> problem.held(Hold.action("add credit to the account that Codex uses"));
            case 404 -> problem.held(Hold.action("choose a model that the account may use, in Codex's own configuration"));
            default -> problem;
        };
    }

    /** Whether the conversation cannot be continued: it is too long, or the API refuses its content. */
    static boolean refused(String message) {
        return message.startsWith(TOO_LONG) || badRequest(message);
    }

    /** Only for a 400, Codex passes on the body of the answer (measured). */
    private static boolean badRequest(String message) {
        try {
            return message.startsWith("{") && WorkerJson.MAPPER.readTree(message).path("error").isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String said(CodexRound round, WorkerRun.End end) {
        String text = !end.stderr().isBlank() ? end.stderr() : !round.text().isBlank() ? round.text() : round.firstUnusable();
        String line = Texts.oneLine(text, MAX_MESSAGE);
        return line.isEmpty() ? "" : ": " + line;
    }
}
