package functions;

import agent.Bounds;
import agent.Decision;
import agent.FunctionResult;
import agent.Verification;
import agent.Verification.Type;
import agent.Verification.Verdict;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import process.CannotStart;
import process.CapturedProcess;
import process.CommandWords;
import process.Completed;
import process.Durations;
import process.ProcessSpec;

/**
 * {@code verify_product}: starts the product as a tree of processes, waits until it listens, makes requests on loopback, and
 * ends the tree. A product of type {@code cli} or {@code script} is run to its end instead; with {@code auto} it is what it
 * turns out to be.
 *
 * <p>The verdict: it passes when every request is answered as expected, or the command ends with exit code 0. It is skipped
 * when it could not be started (no command known, program not installed, port taken by another), and when actions in a user
 * interface were asked for, which cannot be carried out here: what was not looked at has not passed.
 */
final class VerifyProduct {
    private static final Set<String> SERVERS = Set.of("api", "web", "server", "service");
    private static final Set<String> COMMANDS = Set.of("cli", "script");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int MOST_ENDPOINTS = 50;
    private static final int OUTPUT_SHOWN = 8 * 1024;
    private static final int BODY_SHOWN = 500;

    private final Commands commands;
    private final ProductStart starts;
    private final FunctionOptions options;

    VerifyProduct(Commands commands, Runners runners, FunctionOptions options) {
        this.commands = commands;
        this.starts = new ProductStart(commands, runners);
        this.options = options;
    }

    FunctionResult execute(Decision.VerifyProduct decision, Bounds bounds) throws InterruptedException {
        try {
            Plan plan = plan(decision);
            if (plan.command().isEmpty()) {
                return result(plan, Verdict.SKIPPED, "No way to start the product was found. Give start_command");
            }
            return plan.command(COMMANDS) ? run(plan, bounds)
                    : Interruptible.call(bounds.interruption(), () -> serve(plan, bounds));
        } catch (Refused e) {
            return FunctionResult.refused(e.getMessage());
        }
    }

    /** What was asked for, understood. */
    private record Plan(String type, List<String> command, OptionalInt port, List<Endpoint> endpoints, List<String> uiActions) {
        boolean command(Set<String> types) {
            return types.contains(type);
        }

        String subject() {
            return command.isEmpty() ? "the product" : CommandWords.join(command)
                    + (endpoints.isEmpty() ? "" : ": " + String.join(", ", endpoints.stream().map(Endpoint::toString).toList()));
        }
    }

    private Plan plan(Decision.VerifyProduct decision) throws Refused {
        String type = decision.productType().orElse("auto").strip().toLowerCase(Locale.ROOT);
        if (!SERVERS.contains(type) && !COMMANDS.contains(type) && !type.equals("auto")) {
            throw new Refused("refused: product_type is one of api, web, cli, script, auto, not " + type);
        }
        if (decision.endpointsToTest().size() > MOST_ENDPOINTS) {
            throw new Refused("refused: at most " + MOST_ENDPOINTS + " endpoints");
        }
        List<String> command = starts.command(decision.startCommand()).orElse(List.of());
        OptionalInt port = decision.port();
        List<Endpoint> endpoints = new ArrayList<>();
        for (String text : decision.endpointsToTest()) {
            Endpoint endpoint = Endpoint.parse(text);
            endpoints.add(endpoint);
            if (port.isEmpty()) {
                port = endpoint.port();
            } else if (endpoint.port().isPresent() && !endpoint.port().equals(port)) {
                throw new Refused("refused: " + text + " is on another port than " + port.getAsInt());
            }
        }
        if (port.isEmpty()) {
            port = ProductStart.portIn(command);
        }
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
            throw new Refused("refused: there is no port " + port.getAsInt());
        }
        return new Plan(type, command, port, endpoints, decision.uiActions());
    }

    private FunctionResult run(Plan plan, Bounds bounds) throws InterruptedException {
        try {
            Completed run = commands.run(plan.command(), options.commandLimit(), options.outputCap(), bounds);
            return result(plan, run.succeeded() ? Verdict.PASS : Verdict.FAIL, Report.of(plan.command(), run));
        } catch (CannotStart e) {
            return notStarted(plan, e.getMessage());
        }
    }

    private FunctionResult serve(Plan plan, Bounds bounds) throws InterruptedException {
        if (plan.port().isPresent() && LocalPorts.listener(plan.port().getAsInt()).isPresent()) {
            return notStarted(plan, "port " + plan.port().getAsInt() + " is taken by another program, which would have been"
                    + " tested instead. Stop it, or use another port");
        }
        int port = plan.port().isPresent() ? plan.port().getAsInt() : LocalPorts.free();
        Map<String, String> environment = new TreeMap<>(commands.environment());
        // Most frameworks listen where PORT says.
        environment.put("PORT", Integer.toString(port));
        Duration limit = Commands.timeFor(options.startLimit(), bounds);
        ProcessSpec spec = ProcessSpec.of(plan.command(), commands.workspace().root(), environment);
        CapturedProcess product;
        try {
            product = CapturedProcess.start(spec, OUTPUT_SHOWN);
        } catch (CannotStart e) {
            return notStarted(plan, e.getMessage());
        }
        try {
            Optional<String> base = awaitStart(product, plan, port, limit);
            StringBuilder report = new StringBuilder("$ " + CommandWords.join(plan.command()) + "\n");
            Verdict verdict;
            if (base.isPresent()) {
                report.append("→ listens on ").append(base.get()).append('\n');
                verdict = ask(plan, base.get(), report, bounds);
            } else if (product.exitCode().isPresent()) {
                int code = product.exitCode().getAsInt();
                boolean ended = plan.type().equals("auto") && plan.endpoints().isEmpty();
                verdict = ended && code == 0 ? Verdict.PASS : Verdict.FAIL;
                report.append("→ exit code ").append(code).append(ended ? "\n" : ", before it listened on a port\n");
            } else {
                if (limit.compareTo(options.startLimit()) < 0) {
                    throw new InterruptedException("the run's time is over");
                }
                verdict = Verdict.FAIL;
                report.append("→ did not listen on ").append(plan.port().isPresent() ? "port " + port : "any port it named")
                        .append(" within ").append(Durations.text(limit)).append('\n');
            }
            product.close();
            String output = Report.plain(product.output()).strip();
            report.append(output.isEmpty() ? "It printed nothing." : "It printed:\n" + output);
            return result(plan, verdict, report.toString());
        } finally {
            product.close();
        }
    }

    /** Waits until the product listens; empty when it ended or did not in time. */
    private static Optional<String> awaitStart(CapturedProcess product, Plan plan, int expected, Duration limit)
            throws InterruptedException {
        Deadline deadline = Deadline.in(limit);
        while (!deadline.over()) {
            OptionalInt announced = plan.port().isPresent() ? OptionalInt.empty() : ProductStart.announced(product.output());
            for (int port : announced.isPresent() ? new int[] {announced.getAsInt(), expected} : new int[] {expected}) {
                Optional<String> address = LocalPorts.listener(port);
                if (address.isPresent()) {
                    return Optional.of("http://" + address.get() + ":" + port);
                }
            }
            if (product.waitFor(LOOK_AGAIN)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Verdict ask(Plan plan, String base, StringBuilder report, Bounds bounds) throws InterruptedException {
        Verdict verdict = Verdict.PASS;
        List<Endpoint> endpoints = plan.endpoints().isEmpty()
                ? List.of(new Endpoint("GET", "/", OptionalInt.empty(), "", OptionalInt.empty())) : plan.endpoints();
        for (Endpoint endpoint : endpoints) {
            String said;
            boolean good = false;
            try {
                HttpProbe.Answer answer = HttpProbe.send(endpoint.method(), URI.create(base + endpoint.path()),
                        endpoint.body(), Commands.timeFor(options.serverLimit(), bounds));
                good = endpoint.accepts(answer);
                String body = answer.body();
                said = answer.status() + answer.location().map(to -> " to " + to + " (not followed)").orElse("")
                        + (body.isEmpty() ? "" : ": " + body.substring(0, Math.min(BODY_SHOWN, body.length())));
            } catch (IOException e) {
                said = e.getMessage();
            } catch (IllegalArgumentException e) {
                said = "no URL: " + e.getMessage();
            }
            report.append(good ? "ok   " : "FAIL ").append(endpoint)
                    .append(endpoint.expected().isPresent() ? " (expected " + endpoint.expected().getAsInt() + ")" : "")
                    .append(" → ").append(said).append('\n');
            verdict = good ? verdict : Verdict.FAIL;
        }
        return verdict;
    }

    private static FunctionResult notStarted(Plan plan, String why) {
        return result(plan, Verdict.SKIPPED, "$ " + CommandWords.join(plan.command()) + "\n→ not started: " + why);
    }

    private static FunctionResult result(Plan plan, Verdict verdict, String report) {
        Verdict whole = verdict == Verdict.PASS && !plan.uiActions().isEmpty() ? Verdict.SKIPPED : verdict;
        String ui = plan.uiActions().isEmpty() ? "" : "\nNot carried out, there is no browser here: "
                + String.join("; ", plan.uiActions()) + ". So this is skipped at best, not passed; leave ui_actions out to"
                + " verify the rest.";
        return FunctionResult.verified(new Verification(Type.PRODUCT, whole, plan.subject()), report + ui);
    }
}
