package cli;

import cli.run.StateOption;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Format;
import contract.ExitCode;
import contract.Failure;
import contract.FallenEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import telemetry.PastTelemetry;

/** {@code pa telemetry}: shows and sends the telemetry of ended runs that was not delivered. */
@Command(name = "telemetry", mixinStandardHelpOptions = true,
        description = "Telemetry of ended runs: show what was not sent yet, or send it.",
        subcommands = {TelemetryCommand.Status.class, TelemetrySendCommand.class})
final class TelemetryCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw Failure.usage("telemetry needs a subcommand", "pa telemetry status; or pa telemetry send");
    }

    /** Shows the runs with unsent telemetry. */
    @Command(name = "status", mixinStandardHelpOptions = true, description = "Show the runs with unsent telemetry.")
    static final class Status extends Verb {
        @Option(names = "--json", description = "Print JSON, for a script.")
        boolean json;

        @Mixin StateOption state = new StateOption();

        @Override
        int run() {
            List<PastTelemetry.Waiting> waiting = PastTelemetry.waiting(state.in(environment, console));
            if (json) {
                console.out(json(waiting).toPrettyString());
            } else if (waiting.isEmpty()) {
                console.out("all telemetry was sent");
            } else {
                console.out(Format.plural(waiting.size(), "run") + " not delivered, the oldest from "
                        + Format.duration(Duration.between(waiting.get(0).started(), Instant.now())) + " ago");
                waiting.forEach(run -> console.out("  " + run.session() + "  for " + run.endpoint()));
                waiting.stream().map(PastTelemetry.Waiting::endpoint).distinct().forEach(endpoint ->
                        FallenEngine.at(endpoint, environment).ifPresent(why -> console.note(endpoint + ": " + console.pasteable(why))));
                console.note(console.palette().dim("send: ") + console.pasteable("pa telemetry send"));
            }
            return ExitCode.OK;
        }

        private static ObjectNode json(List<PastTelemetry.Waiting> waiting) {
            ObjectNode node = JsonMapper.builder().build().createObjectNode();
            ArrayNode runs = node.putArray("waiting");
            waiting.forEach(run -> runs.addObject().put("session", run.session()).put("folder", run.folder().toString())
                    .put("endpoint", run.endpoint()).put("started", run.started().toString()));
            return node;
        }
    }
}
