// Reads OTLP/JSON: spans as a tree, attributes as values. Nothing here recurses: a trace can be very deep.

/**
 * @typedef {object} Span
 * @property {string} id
 * @property {string} parent the parent's id, '' for a root
 * @property {string} name
 * @property {number} kind as OTLP numbers it
 * @property {string} service
 * @property {Array<[string, any]>} resource
 * @property {{name?: string, version?: string}} scope
 * @property {bigint} start nanoseconds since 1970
 * @property {bigint} end
 * @property {Array<[string, any]>} attributes
 * @property {boolean} error
 * @property {string} statusMessage
 * @property {Array<{name: string, time: bigint, attributes: Array<[string, any]>}>} events
 * @property {Array<object>} links
 * @property {Span[]} children by start
 * @property {Log[]} logs
 * @property {boolean} missing a placeholder for a parent that has not arrived
 * @property {string} spanId as it was sent; `id` differs only if two spans have the same id
 * @property {string[]} marks the engine's findings: noStart, noEnd, endBeforeStart, sharedId, cycle, clockSkew, parentMissing
 * @property {number} dropped number of attributes, events and links that the sender left out
 * @property {string} traceState
 * @property {number} depth its level, from 0
 * @property {number} index its place among all rows, depth first
 * @property {number} last the index of its last descendant
 */

/**
 * @typedef {object} Log
 * @property {bigint} time
 * @property {number} severity
 * @property {string} severityText
 * @property {string} body
 * @property {Array<[string, any]>} attributes
 * @property {string} event
 * @property {string} traceId
 * @property {string} spanId
 * @property {string} service
 */

/** Nanoseconds since 1970 as BigInt; 0 for a missing value. */
const nanos = text => { try { return BigInt(text || 0); } catch { return 0n; } };

/** A whole number; a number too large for an exact double stays a text. */
const whole = text => { const n = Number(text); return Number.isSafeInteger(n) ? n : String(text); };

/** @param {any} any an AnyValue of OTLP/JSON */
export function value(any) {
  if (!any) return '';
  if ('stringValue' in any) return any.stringValue;
  if ('intValue' in any) return whole(any.intValue);
  if ('doubleValue' in any) return Number(any.doubleValue);
  if ('boolValue' in any) return any.boolValue;
  if (any.arrayValue) return (any.arrayValue.values || []).map(value);
  if (any.kvlistValue) return Object.fromEntries((any.kvlistValue.values || []).map(e => [e.key, value(e.value)]));
  if ('bytesValue' in any) return `base64:${any.bytesValue}`;
  return '';
}

/** @param {any} v */
export const text = v => typeof v === 'object' ? JSON.stringify(v) : String(v);

/** Pairs of key and value, in the order they were sent. @returns {Array<[string, any]>} */
export const pairs = attributes => (attributes || []).map(a => [a.key, value(a.value)]);

const serviceOf = resource => String(resource.find(([key]) => key === 'service.name')?.[1] || 'unknown_service');

/** Spans of all groups, flat, each with its service, resource and scope. @returns {Span[]} */
export function spans(data) {
  const all = [];
  const notes = new Map((data.notes || []).map(note => [`${note.resource}/${note.scope}/${note.span}`, note]));
  for (const [r, group] of (data.resourceSpans || []).entries()) {
    const resource = pairs(group.resource?.attributes);
    const service = serviceOf(resource);
    for (const [s, scoped] of (group.scopeSpans || []).entries()) {
      for (const [i, span] of (scoped.spans || []).entries()) {
        const note = notes.get(`${r}/${s}/${i}`);
        const start = nanos(span.startTimeUnixNano);
        const end = nanos(span.endTimeUnixNano);
        all.push({
          id: span.spanId, spanId: span.spanId, marks: note?.marks || [], skewNanos: note?.skewNanos || '', parent: span.parentSpanId || '', name: span.name || '(no name)', kind: span.kind || 0, service,
          resource, scope: scoped.scope || {}, start, end: end < start ? start : end,
          attributes: pairs(span.attributes), error: span.status?.code === 2, statusMessage: span.status?.message || '',
          events: (span.events || []).map(e => ({name: e.name || '', time: nanos(e.timeUnixNano), attributes: pairs(e.attributes)})),
          links: span.links || [], children: [], logs: [], missing: false, traceState: span.traceState || '',
          dropped: (span.droppedAttributesCount || 0) + (span.droppedEventsCount || 0) + (span.droppedLinksCount || 0),
          depth: 0, index: 0, last: 0,
        });
      }
    }
  }
  return all;
}

/** Log records, flat, oldest first. @returns {Log[]} */
export function logs(data) {
  const all = [];
  for (const group of data.resourceLogs || []) {
    const resource = pairs(group.resource?.attributes);
    const service = serviceOf(resource);
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

const byStart = (a, b) => a.start < b.start ? -1 : a.start > b.start ? 1 : 0;

/**
 * Roots with their children in order of start. A parent that has not arrived yet, because it has not ended, gets a placeholder, so
 * that a running trace can be shown.
 * @param {Span[]} all
 * @returns {{roots: Span[], byId: Map<string, Span>}}
 */
export function tree(all) {
  const byId = new Map();
  for (const span of all) {
    // A proxy and its client can have the same id: the later span gets an id of its own and becomes a child of the first.
    if (byId.has(span.id)) {
      const first = byId.get(span.id);
      for (let n = 2; byId.has(span.id); n++) span.id = `${span.spanId}-${n}`;
      span.parent = first.id;
    }
    byId.set(span.id, span);
  }
  const shared = new Map();
  for (const span of all) if (span.id !== span.spanId) shared.set(`${span.spanId} ${span.service}`, span);
  for (const span of all) {
    // The children that one of the two services made belong to that service's span.
    const closer = shared.get(`${span.parent} ${span.service}`);
    if (closer && closer !== span) span.parent = closer.id;
  }
  const roots = [];
  for (const span of all) {
    if (!span.parent || span.parent === span.id) { roots.push(span); continue; }
    let parent = byId.get(span.parent);
    if (!parent) {
      parent = {id: span.parent, spanId: span.parent, marks: [], skewNanos: '', parent: '', name: 'parent missing', kind: 0, service: span.service, resource: [], scope: {},
        start: span.start, end: span.end, attributes: [], error: false, statusMessage: '', events: [], links: [], children: [],
        logs: [], missing: true, dropped: 0, traceState: '', depth: 0, index: 0, last: 0};
      byId.set(parent.id, parent);
      roots.push(parent);
    }
    parent.children.push(span);
    if (parent.missing) {
      if (span.start < parent.start) parent.start = span.start;
      if (span.end > parent.end) parent.end = span.end;
    }
  }
  breakCycles(all, roots, byId);
  for (const span of byId.values()) span.children.sort(byStart);
  return {roots: roots.sort(byStart), byId};
}

/** Spans in a cycle have no root: cut one of their links and make that span a root. */
function breakCycles(all, roots, byId) {
  const seen = new Set();
  const visit = first => {
    const stack = [first];
    while (stack.length) {
      const span = stack.pop();
      if (seen.has(span)) continue;
      seen.add(span);
      for (const child of span.children) stack.push(child);
    }
  };
  roots.forEach(visit);
  if (seen.size >= byId.size) return;
  for (const span of all) {
    if (seen.has(span)) continue;
    const parent = byId.get(span.parent);
    if (parent) parent.children = parent.children.filter(child => child !== span);
    roots.push(span);
    visit(span);
  }
}

/**
 * All spans depth first; sets the depth, the index and the last descendant of each.
 * @param {Span[]} roots
 * @returns {Span[]}
 */
export function flatten(roots) {
  const rows = [];
  const stack = [];
  for (let i = roots.length - 1; i >= 0; i--) { roots[i].depth = 0; stack.push(roots[i]); }
  const open = [];
  while (stack.length) {
    const span = stack.pop();
    while (open.length > span.depth) open.pop().last = rows.length - 1;
    span.index = rows.length;
    rows.push(span);
    open.push(span);
    for (let i = span.children.length - 1; i >= 0; i--) { span.children[i].depth = span.depth + 1; stack.push(span.children[i]); }
  }
  while (open.length) open.pop().last = rows.length - 1;
  return rows;
}

/** @param {{attributes: Array<[string, any]>}} span @param {string} key */
export const attribute = (span, key) => span.attributes.find(([name]) => name === key)?.[1];

/** The value of the first of several names that exists, because conventions change. */
export function first(span, ...keys) {
  for (const key of keys) {
    const found = attribute(span, key);
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

/** A number, or undefined. */
export function number(span, ...keys) {
  const found = first(span, ...keys);
  const n = typeof found === 'boolean' ? NaN : Number(found);
  return found !== undefined && Number.isFinite(n) ? n : undefined;
}

/** Milliseconds between two moments in nanoseconds. */
export const millisBetween = (from, to) => Number(to - from) / 1e6;

export const toMillis = time => Number(time / 1000000n);
