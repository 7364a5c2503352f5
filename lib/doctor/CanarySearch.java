package doctor;

import com.fasterxml.jackson.databind.JsonNode;
import console.Format;
import contract.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sends the canary and searches for it at each place where it must arrive. */
record CanarySearch(Web web, Canary canary) {
    /** The Collector's queue needs less time to pass a span on, and Tempo to make it searchable. */
    private static final Duration SOON = Duration.ofSeconds(10);
    /** Two scrapes of 5 s need less time. */
    private static final Duration SCRAPED = Duration.ofSeconds(20);
    private static final List<String> REJECTED = List.of("rejectedSpans", "rejectedDataPoints", "rejectedLogRecords");
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Whether the OTLP/HTTP receiver accepts the whole body. A partial success counts as a failure. */
    Finding accepted(String address, String body, Credentials credentials) throws InterruptedException {
        Web.Answer answer = web.post(address, body, credentials);
        if (!answer.ok()) {
            return new Finding.Failed(answer.reason(), answer.status() == 401 || answer.status() == 403
                    ? Variables.OTLP_HEADERS + " must carry what this Collector asks for" : "stack logs otel-collector");
        }
        // A message without a count is a warning; the count says how many were refused.
        JsonNode partial = answer.json().path("partialSuccess");
        boolean refused = REJECTED.stream().anyMatch(field -> partial.path(field).asLong() > 0);
        return refused ? new Finding.Failed("refused: " + partial.path("errorMessage").asText("no reason is given"),
                "stack logs otel-collector") : new Finding.Ok("taken by " + address);
    }

    /** Waits until an address answers 200 for the canary's trace. */
    Finding trace(String address, String fix) throws InterruptedException {
        return await(SOON, "found by its id", () -> web.get(address), answer -> answer.ok() ? Optional.empty()
                : Optional.of("trace " + canary.traceId() + " has not arrived (" + answer.reason() + ")"), fix);
    }

    /** Waits until the canary's gauge is in the Prometheus text. */
    Finding text(String address, String fix) throws InterruptedException {
        return await(SOON, "shown there", () -> web.get(address), answer -> shown(answer.body()) ? Optional.empty()
                : Optional.of(answer.ok() ? Canary.METRIC + " has not arrived there" : answer.reason()), fix);
    }

    /** Whether Prometheus can scrape all its targets. */
    Finding targets(String prometheus) throws InterruptedException {
        // Just after its start Prometheus has not scraped yet: the target's health is "unknown".
        return await(SCRAPED, "all are up", () -> web.get(prometheus + "/api/v1/targets?state=active"), answer -> {
            if (!answer.ok()) {
                return Optional.of(answer.reason());
            }
            JsonNode targets = answer.json().path("data").path("activeTargets");
            if (targets.isEmpty()) {
                return Optional.of("it knows no targets yet");
            }
            for (JsonNode target : targets) {
                if (!target.path("health").asText().equals("up")) {
                    return Optional.of(target.path("labels").path("job").asText() + " at "
                            + target.path("scrapeUrl").asText() + " is " + target.path("health").asText() + ": "
                            + target.path("lastError").asText());
                }
            }
            return Optional.empty();
        }, "stack logs prometheus; your own targets on this machine must listen on the address of host.docker.internal");
    }

    /** Waits until Prometheus has the canary's gauge. */
    Finding sample(String prometheus) throws InterruptedException {
        return await(SCRAPED, "scraped", () -> web.get(prometheus + "/api/v1/query?query=" + Canary.METRIC), answer -> {
            for (JsonNode series : answer.json().path("data").path("result")) {
                if (series.path("value").path(1).asDouble() == canary.value()) {
                    return Optional.empty();
                }
            }
            return Optional.of(answer.ok() ? "the sample has not arrived; its target otel-collector is scraped every 5 s"
                    : answer.reason());
        }, "open /targets on Prometheus; the Collector's target must be up");
    }

    /** A question that is repeated until the answer is as expected. */
    interface Question {
        Web.Answer ask() throws InterruptedException;
    }

    /** Asks again until nothing is missing, or until the time is over. */
    static Finding await(Duration patience, String found, Question question,
            Function<Web.Answer, Optional<String>> missing, String fix) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            Optional<String> problem = missing.apply(question.ask());
            long passed = System.nanoTime() - begun;
            if (problem.isEmpty()) {
                return new Finding.Ok(found + " (" + Format.duration(Duration.ofNanos(passed)) + ")");
            }
            if (passed > patience.toNanos()) {
                return new Finding.Failed(problem.get() + ", after " + Format.duration(patience), fix);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Compares numbers, not text: Prometheus writes large numbers with an exponent. */
    private boolean shown(String text) {
        return text.lines().filter(line -> line.startsWith(Canary.METRIC + "{") || line.startsWith(Canary.METRIC + " "))
                .map(line -> line.replaceFirst("^([^{]*+)\\{.*}", "$1").trim().split("\\s+"))
                .anyMatch(parts -> parts.length > 1 && Double.parseDouble(parts[1]) == canary.value());
    }
}
