package functions;

import agent.Bounds;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Type;
import agent.decision.Verification.Verdict;
import functions.tree.Interruptible;
import functions.tree.Refused;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * {@code check_server}: asks a running server, on this machine unless other machines are allowed. The statuses 2xx and 3xx pass; any
 * other answer, or none in time, fails. If no server listens there, nothing is checked, and the result is skipped. Redirects are not
 * followed.
 */
record CheckServer(FunctionOptions options) {
    FunctionResult execute(Decision.CheckServer decision, Bounds bounds) throws InterruptedException {
        URI uri;
        try {
            uri = Loopback.checked(decision.url(), options.remoteServers());
        } catch (Refused e) {
            return FunctionResult.refused(e.getMessage());
        }
        Duration limit = Commands.timeFor(options.limits().server(), bounds);
        try {
            HttpProbe.Answer answer =
                    Interruptible.call(bounds.interruption(), () -> HttpProbe.send("GET", uri, "", limit));
            return result(uri, answer.good() ? Verdict.PASS : Verdict.FAIL, "GET " + uri + " → " + answer.status()
                    + answer.location().map(to -> " to " + to + " (not followed)").orElse("")
                    + (answer.body().isEmpty() ? "" : "\n" + answer.body()));
        } catch (IOException e) {
            if (limit.compareTo(options.limits().server()) < 0 && bounds.expired()) {
                throw new InterruptedException("the run's time is over");
            }
            if (HttpProbe.nobodyListens(e)) {
                return result(uri, Verdict.SKIPPED, "GET " + uri + " → no server listens there, so nothing was checked. Programs that"
                        + " the worker starts end with its round; use verify_product, which starts the product, asks it and"
                        + " stops it");
            }
            return result(uri, Verdict.FAIL, "GET " + uri + " → " + e.getMessage());
        }
    }

    private static FunctionResult result(URI uri, Verdict verdict, String output) {
        return FunctionResult.verified(new Verification(Type.SERVER, verdict, uri.toString()), output);
    }
}
