// Reads OTLP/JSON: spans as a tree, attributes as values.

/** Nanoseconds since 1970 as BigInt; what is missing is 0. */
const nanos = text => { try { return BigInt(text || 0); } catch { return 0n; } };

export function value(any) {
  if (!any) return '';
  if ('stringValue' in any) return any.stringValue;
  if ('intValue' in any) return Number(any.intValue);
  if ('doubleValue' in any) return Number(any.doubleValue);
  if ('boolValue' in any) return any.boolValue;
  if (any.arrayValue) return (any.arrayValue.values || []).map(value);
  if (any.kvlistValue) return Object.fromEntries((any.kvlistValue.values || []).map(e => [e.key, value(e.value)]));
  if ('bytesValue' in any) return `base64:${any.bytesValue}`;
  return '';
}

export const text = v => typeof v === 'object' ? JSON.stringify(v) : String(v);

/** Pairs of key and value, in the order they were sent. */
export const pairs = attributes => (attributes || []).map(a => [a.key, value(a.value)]);

/** Spans of all groups, flat, each with its service, resource and scope. */
export function spans(data) {
  const all = [];
  for (const group of data.resourceSpans || []) {
    const resource = pairs(group.resource?.attributes);
    const service = String(resource.find(([key]) => key === 'service.name')?.[1] || 'unknown_service');
    for (const scoped of group.scopeSpans || []) {
      for (const span of scoped.spans || []) {
        all.push({
          id: span.spanId, parent: span.parentSpanId || '', name: span.name || '(no name)', kind: span.kind || 0, service,
          resource, scope: scoped.scope || {}, start: nanos(span.startTimeUnixNano), end: nanos(span.endTimeUnixNano),
          attributes: pairs(span.attributes), error: span.status?.code === 2, statusMessage: span.status?.message || '',
          events: (span.events || []).map(e => ({name: e.name || '', time: nanos(e.timeUnixNano), attributes: pairs(e.attributes)})),
          links: span.links || [], children: [], logs: [], missing: false,
        });
      }
    }
  }
  return all;
}

/** Log records, flat, oldest first. */
export function logs(data) {
  const all = [];
  for (const group of data.resourceLogs || []) {
    const resource = pairs(group.resource?.attributes);
    const service = String(resource.find(([key]) => key === 'service.name')?.[1] || 'unknown_service');
    for (const scoped of group.scopeLogs || []) {
      for (const log of scoped.logRecords || []) {
        all.push({
          time: nanos(log.timeUnixNano || log.observedTimeUnixNano), severity: log.severityNumber || 0,
          severityText: log.severityText || '', body: text(value(log.body)), attributes: pairs(log.attributes),
          event: log.eventName || '', traceId: log.traceId || '', spanId: log.spanId || '', service, resource,
        });
      }
    }
  }
  return all.sort((a, b) => a.time < b.time ? -1 : a.time > b.time ? 1 : 0);
}

/**
 * Roots with their children by start. A parent that has not arrived, because it has not ended, gets a place of its own, so
 * that a run can be watched while it goes on.
 */
export function tree(all) {
  const byId = new Map(all.map(span => [span.id, span]));
  const roots = [];
  for (const span of all) {
    if (!span.parent || span.parent === span.id) { roots.push(span); continue; }
    let parent = byId.get(span.parent);
    if (!parent) {
      parent = {id: span.parent, parent: '', name: 'not ended yet', kind: 0, service: span.service, resource: [], scope: {},
        start: span.start, end: span.end, attributes: [], error: false, statusMessage: '', events: [], links: [], children: [],
        logs: [], missing: true};
      byId.set(parent.id, parent);
      roots.push(parent);
    }
    parent.children.push(span);
    if (parent.missing) {
      if (span.start < parent.start) parent.start = span.start;
      if (span.end > parent.end) parent.end = span.end;
    }
  }
  breakCycles(all, roots);
  const byStart = (a, b) => a.start < b.start ? -1 : a.start > b.start ? 1 : 0;
  for (const span of byId.values()) span.children.sort(byStart);
  return {roots: roots.sort(byStart), byId};
}

/** Spans that are each other's ancestors are reachable from no root: cut one of their links and make it a root. */
function breakCycles(all, roots) {
  const seen = new Set();
  const visit = first => {
    const stack = [first];
    while (stack.length) {
      const span = stack.pop();
      if (seen.has(span)) continue;
      seen.add(span);
      stack.push(...span.children);
    }
  };
  roots.forEach(visit);
  for (const span of all) {
    if (seen.has(span)) continue;
    for (const other of all) other.children = other.children.filter(child => child !== span);
    roots.push(span);
    visit(span);
  }
}

export const attribute = (span, key) => span.attributes.find(([name]) => name === key)?.[1];

/** Milliseconds between two moments in nanoseconds. */
export const millisBetween = (from, to) => Number(to - from) / 1e6;

export const toMillis = time => Number(time / 1000000n);
