package display;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Console;
import java.nio.file.Path;
import java.util.List;
import journal.Entry;
import journal.EventCodec;
import journal.JournalReader;
import journal.SessionSummary;

/** Sessions for a script: JSON on stdout, durations in seconds, money as exact decimal strings. */
public record SessionJson(Console console) {
    private static final double MILLIS = 1000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public void list(List<SessionSummary> sessions) {
        ArrayNode all = JSON.createArrayNode();
        sessions.forEach(s -> all.add(summary(s)));
        console.out(Printable.json(all.toPrettyString()));
    }

    /** The summary together with all events. */
    public void show(SessionSummary session, JournalReader.Contents contents) {
        ObjectNode node = summary(session);
        ArrayNode events = node.putArray("events");
        for (Entry entry : contents.entries()) {
            try {
                events.add(JSON.readTree(EventCodec.encode(entry)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        console.out(Printable.json(node.toPrettyString()));
    }

    private static ObjectNode summary(SessionSummary s) {
        ObjectNode node = JSON.createObjectNode()
                .put("format", JsonDisplay.FORMAT)
                .put("id", s.id())
                .put("task", s.task())
                .put("status", s.status())
                .put("started", s.started().toString())
                .put("duration_seconds", s.totals().duration().toMillis() / MILLIS)
                .put("rehearsal", s.rehearsal())
                .put("reasoner", s.reasoner())
                .put("worker", s.worker())
                .put("rounds", s.totals().rounds())
                .put("decisions", s.totals().iterations())
                .put("input_tokens", s.totals().usage().input())
                .put("output_tokens", s.totals().usage().output())
                .put("cost_usd", s.totals().cost().amount().toPlainString())
                .put("cost_complete", !s.totals().costIncomplete());
        s.traceId().ifPresentOrElse(id -> node.put("trace_id", id), () -> node.putNull("trace_id"));
        return node.put("working_directory", s.directory().map(Path::toString).orElse(null)).put("folder", s.folder().toString());
    }
}
