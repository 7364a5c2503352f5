package cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Console;
import console.Format;
import contract.ExitCode;
import contract.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import telemetry.TelemetrySpool;

/** {@code pa telemetry}: what could not be delivered and waits on disk. */
@Command(name = "telemetry", mixinStandardHelpOptions = true,
        description = "What could not be delivered: show it, or send it now.",
        subcommands = {TelemetryCommand.Status.class, TelemetryCommand.Flush.class})
final class TelemetryCommand implements Callable<Integer> {
    @ParentCommand PaCommand pa;

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
        throw Failure.usage("telemetry needs a verb", "pa telemetry status, or pa telemetry flush");
    }

    /** Shows what waits. */
    @Command(name = "status", mixinStandardHelpOptions = true, description = "Show what waits to be sent.")
    static final class Status implements Callable<Integer> {
        @Option(names = "--json", description = "As JSON, for a script.")
        boolean json;

        @ParentCommand TelemetryCommand parent;

        private final Console console;
        private final Map<String, String> environment;

        Status(Console console, Map<String, String> environment) {
            this.console = console;
            this.environment = environment;
        }

        @Override
        public Integer call() {
            parent.pa.refuseTaskBeside("telemetry");
            TelemetrySpool.Status status = TelemetrySpool.status(environment);
            if (json) {
                console.out(json(status).toPrettyString());
            } else if (status.files() == 0) {
                console.out("nothing waits to be sent");
            } else {
                console.out(Format.plural(status.files(), "request") + ", " + Format.count(status.bytes()) + " bytes, in "
                        + status.folder() + status.oldest().map(o -> ", the oldest from "
                        + Format.duration(Duration.between(o, Instant.now())) + " ago").orElse(""));
                status.signals().forEach(kept -> console.out("  " + kept.signal().value() + ": "
                        + Format.plural(kept.files(), "request") + ", " + Format.plural(kept.items(), "item")));
                console.note(console.palette().dim("send it: ") + "pa telemetry flush");
            }
            return ExitCode.OK;
        }

        private static ObjectNode json(TelemetrySpool.Status status) {
            ObjectNode node = JsonMapper.builder().build().createObjectNode()
                    .put("folder", status.folder().toString())
                    .put("files", status.files())
                    .put("bytes", status.bytes())
                    .put("oldest", status.oldest().map(Instant::toString).orElse(null));
            ArrayNode signals = node.putArray("signals");
            status.signals().forEach(kept -> signals.addObject().put("signal", kept.signal().value())
                    .put("files", kept.files()).put("items", kept.items()).put("bytes", kept.bytes()));
            return node;
        }
    }

    /** Sends what waits. */
    @Command(name = "flush", mixinStandardHelpOptions = true, description = "Send what waits to the configured endpoint.")
    static final class Flush implements Callable<Integer> {
        private static final Duration LIMIT = Duration.ofSeconds(30);

        @Option(names = "--json", description = "As JSON, for a script.")
        boolean json;

        @ParentCommand TelemetryCommand parent;

        private final Console console;
        private final Map<String, String> environment;

        Flush(Console console, Map<String, String> environment) {
            this.console = console;
            this.environment = environment;
        }

        @Override
        public Integer call() {
            parent.pa.refuseTaskBeside("telemetry");
            TelemetrySpool.Flush flush = TelemetrySpool.flush(environment, LIMIT);
            if (json) {
                console.out(JsonMapper.builder().build().createObjectNode()
                        .put("sent", flush.sent())
                        .put("rejected", flush.rejected())
                        .put("remaining", flush.remaining())
                        .put("problem", flush.problem().orElse(null)).toPrettyString());
            } else {
                console.out(Format.plural(flush.sent(), "request") + " sent, " + flush.remaining() + " remaining"
                        + (flush.rejected() > 0 ? ", " + flush.rejected() + " rejected by the receiver for good" : ""));
                flush.problem().ifPresent(problem -> console.note("pa: not everything was sent: " + problem));
            }
            return flush.problem().isEmpty() ? ExitCode.OK : ExitCode.ERROR;
        }
    }
}
