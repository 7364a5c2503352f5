package display;

import agent.Evidence;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.RunListener;
import agent.Suspicion;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Console;
import console.Format;
import contract.Status;
import java.util.Optional;

/** Shows a verdict to the user or to a script. */
public record EvidenceViews(Console console) {
    private static final int LEAST = 30;

    /** Reports each check at its start, because it can take minutes. */
    public RunListener progress() {
        return new RunEventHandler() {
            @Override
            public void on(RunEvent.CheckStarted event) {
                console.note("  checking " + event.what() + ": " + event.command());
            }

            @Override
            public void on(RunEvent.CheckEnded event) {
                console.note("    " + event.verification().verdict().value() + "  " + Format.duration(event.duration()));
            }
        };
    }

    /**
     * Prints the verdict on stdout, as lines or as one JSON object. For the user, the output of a red check comes before it.
     *
     * @param output of a red check; empty otherwise
     */
    public void print(Evidence evidence, Status status, String base, Optional<String> check, String output, boolean json) {
        if (json) {
            json(evidence, status, base, check);
        } else {
            output.lines().forEach(line -> console.note("    | " + line));
            show(evidence, status, base, check);
        }
    }

    /**
     * Prints the verdict as lines on stdout.
     *
     * @param status the end of a run that would claim this work to be done
     */
    private void show(Evidence evidence, Status status, String base, Optional<String> check) {
        wrapped("", status.value() + ": " + evidence.sentence());
        wrapped("  ", "evidence " + evidence.level().value() + evidence.reviewer().map(m -> ", reviewed by " + m).orElse("")
                + ", compared with " + base + check.map(c -> ", by " + c).orElse(", no check known"));
        evidence.guarded().forEach(path -> console.out("  changed, and defines the check: " + path));
        for (Suspicion suspicion : evidence.suspicions()) {
            wrapped("  ", (suspicion.hard() ? "hard suspicion: " : "suspicion: ") + Describe.suspicion(suspicion));
        }
        evidence.notes().forEach(note -> wrapped("  ", "note: " + note));
    }

    /** Wraps lines to the terminal; in a pipe each sentence is one line, for {@code grep}. */
    private void wrapped(String indent, String text) {
        Format.wrap(text, Math.max(LEAST, console.width() - indent.length() - 1)).forEach(line -> console.out(indent + line));
    }

    /** Prints the verdict as one JSON object on stdout. */
    private void json(Evidence evidence, Status status, String base, Optional<String> check) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", status.value()).put("exit", status.exitCode())
                .put("level", evidence.level().value()).put("sentence", evidence.sentence()).put("base", base);
        check.ifPresent(c -> json.put("check", c));
        evidence.reviewer().ifPresent(r -> json.put("reviewer", r));
        json.putPOJO("failToPass", evidence.failToPass());
        json.put("passToPass", evidence.passToPass());
        json.putPOJO("guarded", evidence.guarded());
        ArrayNode suspicions = json.putArray("suspicions");
        for (Suspicion each : evidence.suspicions()) {
            suspicions.addObject().put("rule", each.rule()).put("hard", each.hard()).put("file", each.file())
                    .put("line", each.line()).put("reason", each.reason()).put("liftedBy", each.liftedBy());
        }
        json.putPOJO("notes", evidence.notes());
        console.out(json.toString());
    }
}
