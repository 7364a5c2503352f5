package functions;

import agent.Bounds;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Type;
import agent.decision.Verification.Verdict;
import functions.tree.Deadline;
import functions.tree.Interruptible;
import functions.tree.Refused;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import process.CannotStart;
import process.CapturedProcess;
import process.CommandWords;
import process.Completed;
import process.Durations;
import process.ProcessSpec;

/**
 * {@code verify_product}: starts the product as a process tree, waits until it listens, sends requests on loopback, and ends the tree. A
 * product of type {@code cli} or {@code script} is run to its end instead. With {@code auto}, the product's behaviour decides
 * between the two.
 *
 * <p>It is started only with permission. The verdict: it passes when every answer is as expected, or the command ends with exit code 0.
 * It is skipped when it could not be started (unknown command, missing program, port taken by another program), and when actions in a
 * user interface were requested, which PA cannot carry out: an action that was not carried out has not passed.
 */
final class VerifyProduct {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int OUTPUT_SHOWN = 8 * 1024;
    private static final int BODY_SHOWN = 500;

    private final Commands commands;
    private final ProductStart starts;
    private final FunctionOptions options;
    private final Leave leave;

    VerifyProduct(Commands commands, Runners runners, FunctionOptions options, Leave leave) {
        this.leave = leave;
        this.commands = commands;
        this.starts = new ProductStart(commands, runners);
        this.options = options;
    }

    FunctionResult execute(Decision.VerifyProduct decision, Bounds bounds) throws InterruptedException {
        try {
            ProductPlan plan = ProductPlan.of(decision, starts);
            if (plan.command().isEmpty()) {
                return result(plan, Verdict.SKIPPED, "No way to start the product was found. Give start_command");
            }
            if (!leave.given(CommandWords.join(plan.command()), "the product, which PA's reasoner wants to try")) {
                return notStarted(plan, "there was no permission. " + Leave.HOW);
            }
            return plan.endsByItself() ? run(plan, bounds)
                    : Interruptible.call(bounds.interruption(), () -> serve(plan, bounds));
        } catch (Refused e) {
            return FunctionResult.refused(e.getMessage());
        }
    }

    private FunctionResult run(ProductPlan plan, Bounds bounds) throws InterruptedException {
        try {
            Completed run = commands.run(plan.command(), options.limits().command(), FunctionOptions.OUTPUT_CAP, bounds);
            return result(plan, run.succeeded() ? Verdict.PASS : Verdict.FAIL, Report.of(plan.command(), run));
        } catch (CannotStart e) {
            return notStarted(plan, e.getMessage());
        }
    }

    private FunctionResult serve(ProductPlan plan, Bounds bounds) throws InterruptedException {
        if (plan.port().isPresent() && LocalPorts.listener(plan.port().getAsInt()).isPresent()) {
            return notStarted(plan, "port " + plan.port().getAsInt() + " is taken by another program, and PA would have tested"
                    + " that program instead. Stop it, or use another port");
        }
        int port = plan.port().isPresent() ? plan.port().getAsInt() : LocalPorts.free();
        Map<String, String> environment = new TreeMap<>(commands.environment());
        // Most frameworks listen on the port in PORT.
        environment.put("PORT", Integer.toString(port));
        Duration limit = Commands.timeFor(options.limits().start(), bounds);
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
                boolean ended = plan.mayEnd();
                verdict = ended && code == 0 ? Verdict.PASS : Verdict.FAIL;
                report.append("→ exit code ").append(code).append(ended ? "\n" : ", before it listened on a port\n");
            } else {
                if (limit.compareTo(options.limits().start()) < 0) {
                    throw new InterruptedException("the run's time is over");
                }
                verdict = Verdict.FAIL;
                report.append("→ did not listen on ")
                        .append(plan.port().isPresent() ? "port " + port : "any port that it named")
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

    /** Waits until the product listens; empty when it ended before, or did not listen in time. */
    private static Optional<String> awaitStart(CapturedProcess product, ProductPlan plan, int expected, Duration limit)
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

    private Verdict ask(ProductPlan plan, String base, StringBuilder report, Bounds bounds) throws InterruptedException {
        Verdict verdict = Verdict.PASS;
        List<ProductRequest> endpoints = plan.endpoints().isEmpty()
                ? List.of(new ProductRequest("GET", "/", OptionalInt.empty(), "", OptionalInt.empty())) : plan.endpoints();
        for (ProductRequest endpoint : endpoints) {
            String said;
            boolean good = false;
            try {
                HttpProbe.Answer answer = HttpProbe.send(endpoint.method(), URI.create(base + endpoint.path()),
                        endpoint.body(), Commands.timeFor(options.limits().server(), bounds));
                good = endpoint.accepts(answer);
                String body = answer.body();
                said = answer.status() + answer.location().map(to -> " to " + to + " (not followed)").orElse("")
                        + (body.isEmpty() ? "" : ": " + body.substring(0, Math.min(BODY_SHOWN, body.length())));
            } catch (IOException e) {
                said = e.getMessage();
            } catch (IllegalArgumentException e) {
                said = "not a URL: " + e.getMessage();
            }
            report.append(good ? "ok   " : "FAIL ").append(endpoint)
                    .append(endpoint.expected().isPresent() ? " (expected " + endpoint.expected().getAsInt() + ")" : "")
                    .append(" → ").append(said).append('\n');
            verdict = good ? verdict : Verdict.FAIL;
        }
        return verdict;
    }

    private static FunctionResult notStarted(ProductPlan plan, String why) {
        return result(plan, Verdict.SKIPPED, "$ " + CommandWords.join(plan.command()) + "\n→ not started: " + why);
    }

    private static FunctionResult result(ProductPlan plan, Verdict verdict, String report) {
        Verdict whole = verdict == Verdict.PASS && !plan.uiActions().isEmpty() ? Verdict.SKIPPED : verdict;
        String ui = plan.uiActions().isEmpty() ? "" : "\nNot carried out, because PA has no browser: "
                + String.join("; ", plan.uiActions()) + ". So this is skipped at best, not passed; leave ui_actions out to"
                + " verify the rest.";
        return FunctionResult.verified(new Verification(Type.PRODUCT, whole, plan.subject()), report + ui);
    }
}
