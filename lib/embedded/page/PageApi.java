package embedded.page;

import contract.Product;
import embedded.Memory;
import embedded.OtlpJson;
import embedded.intake.Intake;
import embedded.query.Panels;
import embedded.query.RunFilter;
import embedded.query.RunQueries;
import embedded.query.RunTrends;
import embedded.query.SeriesQueries;
import embedded.query.SignalReader;
import embedded.query.Timeline;
import embedded.query.TraceId;
import embedded.query.TraceNotes;
import embedded.query.TraceQueries;
import embedded.store.Store;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP interface of the page, open to all programs on this machine: lists and panels as plain JSON, traces and log records as
 * OTLP/JSON.
 */
final class PageApi {
    static final String PREFIX = "/api/";
    private static final String TRACES = "traces/";
    private static final Set<String> LARGE = Set.of("logs", "metrics", "panels", "series");
    private static final int MAX_ROWS = 200;
    private static final int MAX_LOGS = 2000;
    private static final int MAX_SERIES = 40;
    private static final long MAX_RANGE_SECONDS = TimeUnit.DAYS.toSeconds(3660);
    private static final long DEFAULT_RANGE_SECONDS = TimeUnit.HOURS.toSeconds(6);

    private final Store store;
    private final Intake intake;
    private final Memory memory;
    /** Not the wall clock, which may be set back. */
    private final long startedNanos = System.nanoTime();

    PageApi(Store store, Intake intake, Memory memory) {
        this.memory = memory;
        this.store = store;
        this.intake = intake;
    }

    /** Whether this is the one change that the page allows: deleting a trace. */
    static boolean deletes(HttpServerRequest request) {
        return request.method() == HttpMethod.DELETE && request.path().startsWith(PREFIX + TRACES);
    }

    /** Whether the answer may be of the largest size. */
    static boolean isLarge(HttpServerRequest request) {
        String what = request.path().substring(PREFIX.length());
        return what.startsWith(TRACES) || LARGE.contains(what);
    }

    /** @throws IllegalArgumentException when a parameter is wrong; the message explains it */
    Answer answer(HttpServerRequest request) throws SQLException, InterruptedException, IOException, ExecutionException {
        String path = request.path().substring(PREFIX.length());
        if (path.startsWith(TRACES)) {
            return trace(request, path.substring(TRACES.length()));
        }
        return switch (path) {
            case "runs" -> Answer.json(store.read(db -> RunQueries.list(db, runFilter(request), listing(request),
                    System.currentTimeMillis())));
            case "runs/choices" -> Answer.json(store.read(RunQueries::choices));
            case "trends" -> Answer.json(store.read(db -> RunTrends.read(db, runFilter(request),
                    number(request, "offset").map(Long::intValue).orElse(0), System.currentTimeMillis())));
            case "traces" -> Answer.json(store.read(db -> TraceQueries.list(db, filter(request))));
            case "services" -> Answer.json(store.read(TraceQueries::services));
            case "panels" -> Answer.json(store.read(db -> Panels.read(db, timeline(request))));
            case "metrics" -> Answer.json(store.read(SeriesQueries::catalog));
            case "series" -> series(request);
            case "logs" -> Answer.jsonBytes(OtlpJson.write(store.read(db -> SignalReader.recentLogs(db,
                    new SignalReader.LogFilter(parameter(request, "text").orElse(""), parameter(request, "service"),
                            number(request, "severity").map(Long::intValue), number(request, "from"),
                            number(request, "to"), skip(request), limit(request)))), Map.of()));
            case "health" -> health();
            default -> Answer.notFound("this resource does not exist: " + request.path());
        };
    }

    /** {@code ID} or {@code ID/logs}. */
    private Answer trace(HttpServerRequest request, String path) throws SQLException, InterruptedException, IOException,
            ExecutionException {
        boolean logs = path.endsWith("/logs");
        String id = logs ? path.substring(0, path.length() - "/logs".length()) : path;
        byte[] traceId = TraceId.parse(id).orElseThrow(() -> new IllegalArgumentException("a trace id is 32 hex digits"));
        if (logs) {
            return Answer.jsonBytes(OtlpJson.write(store.read(db -> SignalReader.logsOfTrace(db, traceId, MAX_LOGS)),
                    Map.of()));
        }
        if (request.method() == HttpMethod.DELETE) {
            return store.remove(traceId) ? Answer.nothing() : Answer.notFound("no trace " + id + " is stored");
        }
        Optional<TracesData> trace = store.read(db -> SignalReader.trace(db, traceId));
        if (trace.isEmpty()) {
            return Answer.notFound("no trace " + id + " is stored");
        }
        // OTLP/JSON with one more field, which readers of OTLP ignore.
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("notes", TraceNotes.of(trace.get()));
        long stored = store.read(db -> SignalReader.spans(db, traceId));
        long given = trace.get().getResourceSpansList().stream().flatMap(resource -> resource.getScopeSpansList().stream())
                .mapToLong(ScopeSpans::getSpansCount).sum();
        if (given < stored) {
            more.put("truncated", Map.of("shown", given, "stored", stored));
        }
        Answer answer = Answer.jsonBytes(OtlpJson.write(trace.get(), more));
        return parameter(request, "download").isPresent() ? answer.asFile("agentproxy-trace-" + id + ".json") : answer;
    }

    private Answer series(HttpServerRequest request) throws SQLException, InterruptedException {
        String name = parameter(request, "name").orElseThrow(() -> new IllegalArgumentException("the metric is missing: name=…"));
        Timeline timeline = timeline(request);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("stepSeconds", timeline.stepMillis() / 1000);
        answer.put("times", timeline.seconds());
        List<Map<String, Object>> series = new ArrayList<>();
        store.read(db -> {
            new SeriesQueries(db, timeline).lines(name, MAX_SERIES).forEach(line -> series.add(line.asMap()));
            return null;
        });
        answer.put("series", series);
        return Answer.json(answer);
    }

    private Answer health() throws SQLException, InterruptedException {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("version", Product.VERSION);
        health.put("state", store.isDamaged() ? "damaged" : store.trouble().isPresent() ? "refusing" : "ready");
        health.put("trouble", store.trouble());
        health.put("refusedPoints", store.refusedPoints());
        health.put("seriesLeftOut", store.live().leftOut());
        health.put("upSeconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
        health.put("bytes", store.bytesOnDisk());
        health.put("requests", intake.accepted());
        health.put("refused", intake.refused());
        health.put("memory", memory());
        health.put("series", store.live().at(System.currentTimeMillis()).size());
        return Answer.json(health);
    }

    private Map<String, Object> memory() {
        Map<String, Object> bytes = new LinkedHashMap<>();
        bytes.put("held", memory.used());
        bytes.put("limit", memory.limit());
        return bytes;
    }

    private static TraceQueries.Filter filter(HttpServerRequest request) {
        Optional<Boolean> errors = parameter(request, "status").map(status -> switch (status) {
            case "error" -> true;
            case "ok" -> false;
            default -> throw new IllegalArgumentException("status must be error or ok, not " + status);
        });
        return new TraceQueries.Filter(parameter(request, "text").orElse(""), parameter(request, "service"), errors,
                number(request, "minMs"), number(request, "maxMs"), before(request), limit(request));
    }

    private static RunFilter runFilter(HttpServerRequest request) {
        Optional<Boolean> rehearsals = parameter(request, "rehearsals").map(wanted -> switch (wanted) {
            case "only" -> true;
            case "none" -> false;
            default -> throw new IllegalArgumentException("rehearsals must be only or none, not " + wanted);
        });
        return new RunFilter(parameter(request, "status").map(list -> List.of(list.split(","))).orElse(List.of()),
                parameter(request, "evidence"), parameter(request, "project"), parameter(request, "worker"),
                parameter(request, "reasoner"), parameter(request, "model"), rehearsals, number(request, "from"),
                number(request, "to"), parameter(request, "text").orElse(""));
    }

    private static RunQueries.Listing listing(HttpServerRequest request) {
        boolean descending = parameter(request, "direction").map(direction -> switch (direction) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw new IllegalArgumentException("direction must be asc or desc, not " + direction);
        }).orElse(true);
        return new RunQueries.Listing(parameter(request, "sort").orElse("start"), descending, skip(request),
                limit(request));
    }

    private static int skip(HttpServerRequest request) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number(request, "skip").orElse(0L)));
    }

    private static Timeline timeline(HttpServerRequest request) {
        long seconds = number(request, "range").orElse(DEFAULT_RANGE_SECONDS);
        if (seconds < 60 || seconds > MAX_RANGE_SECONDS) {
            throw new IllegalArgumentException("range must be in seconds, from 60 to " + MAX_RANGE_SECONDS);
        }
        return Timeline.endingAt(System.currentTimeMillis(), TimeUnit.SECONDS.toMillis(seconds));
    }

    private static long before(HttpServerRequest request) {
        return number(request, "before").orElse(Long.MAX_VALUE);
    }

    private static int limit(HttpServerRequest request) {
        return (int) Math.max(1, Math.min(MAX_ROWS, number(request, "limit").orElse(50L)));
    }

    private static Optional<String> parameter(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getParam(name)).filter(value -> !value.isBlank());
    }

    private static Optional<Long> number(HttpServerRequest request, String name) {
        return parameter(request, name).map(value -> {
            try {
                return Long.parseLong(value.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " must be a whole number, not " + value, e);
            }
        });
    }
}
