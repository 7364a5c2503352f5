package embedded.model;

import java.util.List;

/**
 * Spans of one trace, one resource and one scope that came in one request.
 *
 * @param words what the search finds this group by
 */
public record SpanGroup(byte[] traceId, SignalSource origin, List<SpanRecord> spans, String words) {}
