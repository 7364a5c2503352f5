// All data of one span.
import {h, replace} from '/page/dom.js';
import {bytes, count, duration, moment} from '/page/format.js';
import {millisBetween, text, toMillis} from '/page/otlp.js';
import {label} from '/page/labels.js';
import {argumentsTable, conversation, MESSAGE_KEYS, prose, readMessages} from '/page/messages.js';

/** @typedef {import('/page/otlp.js').Span} Span */

const KINDS = ['', '', 'server', 'client', 'producer', 'consumer'];
const MARKS = {noStart: 'Its sender gave no start time', noEnd: 'It has not ended, or its sender gave no end time', endBeforeStart: 'Its end is before its start: a clock was set back', sharedId: 'Another span has the same id',
  cycle: 'Its chain of parents leads back to itself: it has no root', clockSkew: 'It starts before its parent: their clocks differ', parentMissing: 'Its parent is missing: it has not arrived, or was not sampled'};
const MAX_ATTRIBUTES = 150;
const MAX_VALUE = 1200;
const MAX_SHOWN = 200;

/**
 * @param {object} state
 * @param {{close: () => void}} actions
 */
export function createDetail(state, actions) {
  const element = h('aside.detail', {'aria-label': 'Span', hidden: true});
  let shown = null;
  return {element, show(span) {
    if (!span) { element.hidden = true; shown = null; return; }
    // New data that changes nothing here must not disturb the reader.
    const now = `${span.id} ${span.attributes.length} ${span.events.length} ${span.logs.length} ${span.missing} ${span.end}`;
    if (now === shown && !element.hidden) return;
    const scroll = shown?.startsWith(`${span.id} `) ? element.scrollTop : 0;
    shown = now;
    element.hidden = false;
    replace(element, content(span, state, actions));
    element.scrollTop = scroll;
  }};
}

function content(span, state, actions) {
  const took = millisBetween(span.start, span.end);
  const offset = time => `+${duration(Math.max(0, millisBetween(span.start, time)))}`;
  const {title, detail} = label(span);
  const messages = span.attributes.filter(([key]) => key in MESSAGE_KEYS);
  const plain = span.attributes.filter(([key]) => !(key in MESSAGE_KEYS));
  return [
    h('header', {}, h('div.what', {}, h('h2', {}, title, detail ? h('span.muted', {}, ` ${detail}`) : null), h('span.mono.muted', {}, span.name)),
      h('button.icon-button', {type: 'button', 'aria-label': 'Close', title: 'Close (Esc)', onclick: () => actions.close()}, '✕')),
    span.missing ? h('p.muted', {}, 'Spans are sent when they end. The children of this one have arrived, but not the span itself.') : null,
    facts([['Duration', duration(took)], ['Begins', `+${duration(millisBetween(state.start, span.start))}`], ['At', moment(toMillis(span.start))], ['Service', span.service], ['Kind', KINDS[span.kind]],
      ['Span', h('span.mono', {}, span.spanId)], ['Trace state', span.traceState], ['Left out by the sender', span.dropped ? count(span.dropped) : '']]),
    span.marks.length ? h('p.muted.marks', {}, span.marks.map(mark => `${MARKS[mark] || mark}. `), span.skewNanos ? `By ${duration(Number(span.skewNanos) / 1e6)}.` : '') : null,
    span.error ? h('div.event.bad', {}, h('strong', {}, 'Failed'), span.statusMessage ? `: ${span.statusMessage}` : '') : null,
    messages.map(([key, v]) => [h('h3', {}, MESSAGE_KEYS[key]), key.startsWith('gen_ai.tool.') ? key.endsWith('result') ? prose(typeof v === 'string' ? v : text(v), 'pre.output') : argumentsTable(parsed(v)) : conversation(readMessages(v))]),
    section('Attributes', plain),
    span.events.length ? [h('h3', {}, `Events (${count(span.events.length)})`), span.events.slice(0, MAX_SHOWN).map(event => h(`div.event${event.name === 'exception' ? '.bad' : ''}`, {}, h('strong', {}, event.name), ' ', h('span.muted', {}, offset(event.time)), event.attributes.length ? table(event.attributes) : null))] : null,
    span.logs.length ? [h('h3', {}, `Log records (${count(span.logs.length)})`), span.logs.slice(0, MAX_SHOWN).map(log => h(`div.event${log.severity >= 17 ? '.bad' : ''}`, {}, h('strong', {}, log.event || log.severityText || 'record'), ' ', h('span.muted', {}, offset(log.time)), h('div', {}, cell(log.body)), log.attributes.length ? table(log.attributes) : null))] : null,
    span.links.length ? [h('h3', {}, `Links (${count(span.links.length)})`), span.links.slice(0, MAX_SHOWN).map(link => h('div.event', {}, h('a.mono', {href: `/trace/${encodeURIComponent(link.traceId)}${link.spanId ? `#${encodeURIComponent(link.spanId)}` : ''}`}, link.traceId)))] : null,
    section('Resource', span.resource),
    span.scope.name ? [h('h3', {}, 'Scope'), table([['name', span.scope.name], ...(span.scope.version ? [['version', span.scope.version]] : [])])] : null,
  ];
}

const parsed = v => { if (typeof v !== 'string') return v; try { return JSON.parse(v); } catch { return v; } };

/** Names and values side by side. @param {Array<[string, any]>} entries */
export const facts = entries => h('dl.facts', {}, entries.filter(([, v]) => v !== null && v !== undefined && v !== '').map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v))));

const section = (title, entries) => entries.length ? [h('h3', {}, entries.length > MAX_ATTRIBUTES ? `${title} (${count(entries.length)})` : title), table(entries)] : null;

function table(entries) {
  const body = h('tbody', {});
  const fill = limit => replace(body, entries.slice(0, limit).map(([key, v]) => h('tr', {}, h('th', {scope: 'row'}, breakable(key)), h('td', {}, cell(text(v))))),
    entries.length > limit ? h('tr', {}, h('td', {colspan: 2}, h('button.link-button', {type: 'button', onclick: () => fill(Infinity)}, `Show all ${count(entries.length)}`))) : null);
  fill(MAX_ATTRIBUTES);
  return h('table.kv', {}, body);
}

/** A key that may wrap after its dots and underscores. */
const breakable = key => key.split(/(?<=[._])/).flatMap(part => [part, h('wbr', {})]);

/** A value; of a long one only the beginning, with a button for the rest. */
function cell(value) {
  if (value.length <= MAX_VALUE) return value;
  const span = h('span', {}, value.slice(0, MAX_VALUE), '… ');
  span.append(h('button.link-button', {type: 'button', onclick: () => replace(span, value)}, `Show all ${bytes(value.length)}`));
  return span;
}
