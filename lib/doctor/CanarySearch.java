package doctor;

import com.fasterxml.jackson.databind.JsonNode;
import console.Format;
import contract.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends the canary and looks for it where it must come by.
 *
 * @param credentials for those who are asked
 */
record CanarySearch(Web web, Canary canary, Credentials credentials) {
    /** The Collector's queue needs less time to pass a span on, and Tempo to make it searchable. */
    static final Duration SOON = Duration.ofSeconds(10);
    /** Two scrapes of 5 s need less time. */
    static final Duration SCRAPED = Duration.ofSeconds(20);
    /** Panels of the last minutes are empty when a clock is further off. */
    private static final Duration DRIFT = Duration.ofSeconds(30);
    private static final List<String> REJECTED = List.of("rejectedSpans", "rejectedDataPoints", "rejectedLogRecords");
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Whether the OTLP/HTTP receiver accepts the whole body. A partial success counts as a failure. */
    Finding accepted(String address, String body, Credentials senders) throws InterruptedException {
        Web.Answer answer = web.post(address, body, senders);
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

    /** Waits for the canary's trace at a server that answers 200 when it has it. */
    Finding trace(String server, Duration patience, String fix) throws InterruptedException {
        String address = server + "/api/traces/" + canary.traceId();
        return await(patience, "found by its id", () -> web.get(address, credentials), answer -> answer.ok() ? Optional.empty()
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

    /** Waits for the canary's gauge in Prometheus. @param note behind that it is not there */
    Finding sample(String prometheus, Duration patience, String note, String fix) throws InterruptedException {
        String address = prometheus + "/api/v1/query?query=" + Canary.METRIC;
        return await(patience, "there", () -> web.get(address, credentials), answer -> {
            for (JsonNode series : answer.json().path("data").path("result")) {
                if (series.path("value").path(1).asDouble() == canary.value()) {
                    return Optional.empty();
                }
            }
            return Optional.of(answer.ok() ? "the sample has not arrived" + note : answer.reason());
        }, fix);
    }

    /** Whether the clock of a Prometheus that was asked for its {@code time()} goes as the one here. */
    static Finding clock(Web.Answer answer, String unanswered, String meaning, String fix) {
        double there = answer.json().path("data").path("result").path(1).asDouble();
        if (there == 0) {
            return new Finding.Failed(answer.reason(), unanswered);
        }
        long ahead = Math.round(there - System.currentTimeMillis() / 1000.0);
        return Math.abs(ahead) <= DRIFT.toSeconds() ? new Finding.Ok("as here, within " + (Math.abs(ahead) + 1) + " s")
                : new Finding.Failed(Math.abs(ahead) + " s " + (ahead < 0 ? "behind" : "ahead") + meaning, fix);
    }

    /** A question that is repeated until the answer is as expected. */
    interface Question {
        Web.Answer ask() throws InterruptedException;
    }

    /** Asks again until nothing is missing, or until the time is over. */
    private static Finding await(Duration patience, String found, Question question,
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
