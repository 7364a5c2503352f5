// One trace: a waterfall with the attributes, events and log records of each span.
import {ask, h, replace} from '/page/dom.js';
import {bytes, count, duration, money, moment, timeElement} from '/page/format.js';
import {attribute, logs as readLogs, millisBetween, spans as readSpans, text, toMillis, tree} from '/page/otlp.js';
import {logRow, rehearsalTag, statusPill} from '/page/lists.js';

const COLOURS = ['--c1', '--c3', '--c2', '--c6', '--c4', '--c7', '--c5', '--c8'];
const KINDS = ['', '', 'server', 'client', 'producer', 'consumer'];
const MAX_ROWS = 1500;
const MAX_ATTRIBUTES = 150;
const MAX_VALUE = 1200;

/** Kept over a live update: what is folded, what is open. */
const memory = {traceId: '', folded: new Set(), selected: '', all: false};

export async function trace(view, context) {
  const {signal, path} = context;
  const traceId = path.split('/')[2].toLowerCase();
  if (memory.traceId !== traceId) Object.assign(memory, {traceId, folded: new Set(), selected: location.hash.slice(1), all: false});
  let data;
  try {
    data = await ask(`/api/traces/${encodeURIComponent(traceId)}`, signal);
  } catch (error) {
    if (error.status !== 404 && error.status !== 400) throw error;
    replace(view, h('div.empty', {}, h('h2', {}, error.status === 404 ? 'This trace is not here (yet)' : 'This is no trace id'),
      h('p', {}, error.status === 404 ? 'Spans arrive when they end, so a run that has just begun shows up after its first step; this page waits for it. Or retention has removed it, or it was sent elsewhere.' : error.message),
      h('p', {}, h('a', {href: '/runs'}, 'Show all runs'))));
    return;
  }
  const [records, runs] = await Promise.all([ask(`/api/traces/${traceId}/logs`, signal), ask('/api/traces?text=' + traceId, signal)]);
  render(view, readSpans(data), readLogs(records), runs[0], traceId);
}

function render(view, spans, records, summary, traceId) {
  const {roots, byId} = tree(spans);
  for (const log of records) byId.get(log.spanId)?.logs.push(log);
  const services = [...new Set(spans.map(span => span.service))].sort((a, b) => (b === 'agentproxy') - (a === 'agentproxy') || a.localeCompare(b));
  const colours = new Map(services.map((service, i) => [service, COLOURS[i % COLOURS.length]]));
  const start = spans.reduce((min, span) => span.start < min ? span.start : min, spans[0].start);
  const end = spans.reduce((max, span) => span.end > max ? span.end : max, spans[0].end);
  const whole = Math.max(millisBetween(start, end), 0.000001);
  const named = roots.find(root => !root.missing) || roots[0];
  document.title = `${named.missing ? 'Trace' : named.name} – AgentProxy`;
  const split = h('div.split', {});
  const drawer = h('aside.drawer', {'aria-label': 'Span', hidden: true});
  const rows = h('div', {role: 'tree', 'aria-label': 'Spans'});
  const waterfall = h('div.waterfall', {}, axis(whole), rows);
  split.append(waterfall, drawer);
  const state = {roots, byId, rows, drawer, split, start, whole, colours, records, severalServices: services.length > 1};
  drawRows(state);
  replace(view, header(spans, named, summary, services, colours, start, whole, traceId), split, logSection(records));
  if (memory.selected && byId.has(memory.selected)) select(state, byId.get(memory.selected), false);
}

function header(spans, named, summary, services, colours, start, whole, traceId) {
  const run = spans.find(span => span.name === 'pa.run_task');
  const errors = spans.filter(span => span.error).length;
  const own = spans.filter(span => span.name.startsWith('pa.') || span.name === 'claude.subprocess');
  const any = key => own.map(span => attribute(span, key)).find(v => v !== undefined);
  const fact = (name, value) => value === null || value === undefined || value === '' ? null : h('div', {}, h('dt', {}, name), h('dd', {}, value));
  const isRun = own.length > 0;
  const status = run ? attribute(run, 'pa.status') || 'ended' : isRun ? 'running' : null;
  const copy = h('button.copy', {type: 'button', 'aria-label': 'Copy the trace id', onclick: async () => { try { await navigator.clipboard.writeText(traceId); copy.textContent = 'Copied'; } catch { copy.textContent = traceId; } }}, 'Copy');
  const cost = run && attribute(run, 'pa.cost.total_usd');
  return [
    h('div.head', {}, h('h1', {}, isRun ? `Run ${any('session.id') || traceId.slice(0, 8)}` : named.missing ? 'Trace in progress' : named.name),
      status ? statusPill(String(status)) : null, any('pa.rehearsal') === true ? rehearsalTag() : null, h('span.spacer', {}),
      h('a.button', {href: `/api/traces/${traceId}`, target: '_blank', rel: 'noopener'}, 'OTLP/JSON')),
    h('dl.facts', {}, fact('Trace', h('span.mono', {}, traceId, ' ', copy)), fact('Started', timeElement(h, toMillis(start))), fact('Duration', duration(whole)),
      fact('Spans', count(spans.length)), fact('Errors', errors ? h('span.mark', {}, count(errors)) : '0'),
      run ? fact('Rounds', count(attribute(run, 'pa.iterations'))) : null, run ? fact('Exit code', String(attribute(run, 'pa.exit_code') ?? '')) : null,
      cost !== undefined && cost !== null ? fact('Cost', money(cost)) : null, run ? fact('Reasoner', attribute(run, 'pa.reasoner')) : null, run ? fact('Worker', attribute(run, 'pa.worker')) : null,
      summary && !summary.complete && !isRun ? fact('State', 'its root has not arrived') : null),
    services.length > 1 ? h('ul.legend', {style: {margin: '0 0 12px'}}, services.map(service => h('li', {}, h('span.swatch', {style: {'--swatch': `var(${colours.get(service)})`}}), service))) : null,
  ];
}

function axis(whole) {
  return h('div.axis', {'aria-hidden': 'true'}, h('span', {}, 'Span'), h('div.ticks', {},
    [0, 0.25, 0.5, 0.75, 1].map(at => h('i', {style: {'--at': `${at * 100}%`}}, duration(whole * at)))));
}

function drawRows(state) {
  const rows = [];
  const visit = (list, depth) => {
    list.forEach((span, i) => {
      if (rows.length >= MAX_ROWS && !memory.all) return;
      rows.push(row(state, span, depth, i + 1, list.length));
      if (!memory.folded.has(span.id)) visit(span.children, depth + 1);
    });
  };
  visit(state.roots, 0);
  const cut = rows.length >= MAX_ROWS && !memory.all;
  replace(state.rows, rows, cut ? h('button.button.more', {type: 'button', onclick: () => { memory.all = true; drawRows(state); }}, `Only ${count(MAX_ROWS)} rows are shown; show all ${count(state.byId.size)}`) : null);
  const tabbable = state.rows.querySelector('[aria-selected=true]') || state.rows.querySelector('[role=treeitem]');
  if (tabbable) tabbable.tabIndex = 0;
}

function row(state, span, depth, position, size) {
  const took = millisBetween(span.start, span.end);
  const x = Math.min(99.8, Math.max(0, millisBetween(state.start, span.start) / state.whole * 100));
  const w = Math.max(0.15, Math.min(100 - x, took / state.whole * 100));
  const swatch = `var(${state.colours.get(span.service)})`;
  const failed = span.error ? ', failed' : '';
  const element = h('div.span-row', {
    role: 'treeitem', tabindex: -1, id: `span-${span.id}`, 'aria-level': depth + 1, 'aria-posinset': position, 'aria-setsize': size,
    'aria-selected': String(memory.selected === span.id), 'aria-expanded': span.children.length ? String(!memory.folded.has(span.id)) : null,
    'aria-label': `${span.name}, ${span.service}, ${duration(took)}${failed}`,
    onclick: event => event.target.closest('.twist') && span.children.length ? fold(state, span) : select(state, span, true),
    onkeydown: event => keys(event, state, span),
  },
  h('div.span-name', {style: {'--depth': Math.min(depth, 14)}}, h('span.twist', {'aria-hidden': 'true'}, span.children.length ? '▶' : ''),
    state.severalServices ? h('span.swatch', {'aria-hidden': 'true', title: span.service, style: {'--swatch': swatch}}) : null,
    span.error ? h('span.mark', {'aria-hidden': 'true', title: 'failed'}, '!') : null,
    h(span.missing ? 'em.label.muted' : 'span.label', {title: span.name}, label(span))),
  h('div.bar-area', {style: {'--x': `${x}%`, '--w': `${w}%`}},
    h(`div.bar${span.error ? '.error' : ''}${span.missing ? '.missing' : ''}`, {style: {'--swatch': swatch}}),
    span.events.slice(0, 40).map(event => h('i.dot', {title: event.name, style: {'--x': `${Math.min(100, Math.max(0, millisBetween(state.start, event.time) / state.whole * 100))}%`}})),
    h(`span.bar-time${x + w > 86 && x > 14 ? '.before' : ''}`, {}, span.missing ? '' : duration(took))));
  return element;
}

/** What tells spans of one name apart, in the names of the contract. */
function label(span) {
  const extra = attribute(span, 'pa.verification.result') || (span.name === 'pa.reasoning_loop' && attribute(span, 'pa.function'))
    || (span.name === 'claude.subprocess' && attribute(span, 'pa.iteration') && `round ${attribute(span, 'pa.iteration')}`)
    || (span.name === 'claude_code.tool' && attribute(span, 'tool_name'));
  return extra ? [span.name, h('span.muted', {}, ` ${text(extra)}`)] : span.name;
}

function fold(state, span) {
  memory.folded.has(span.id) ? memory.folded.delete(span.id) : memory.folded.add(span.id);
  drawRows(state);
  focus(span.id);
}

const focus = id => {
  const element = document.getElementById(`span-${id}`);
  if (!element) return;
  element.parentElement.querySelectorAll('[tabindex="0"]').forEach(other => { other.tabIndex = -1; });
  element.tabIndex = 0;
  element.focus();
};

/** As the ARIA practices have it for trees: arrows move and fold, Home and End jump, Enter opens, Escape closes. */
function keys(event, state, span) {
  const items = [...state.rows.querySelectorAll('[role=treeitem]')];
  const at = items.indexOf(event.currentTarget);
  const open = !memory.folded.has(span.id);
  const move = {
    ArrowDown: () => items[at + 1], ArrowUp: () => items[at - 1], Home: () => items[0], End: () => items[items.length - 1],
    ArrowRight: () => { if (span.children.length && !open) { fold(state, span); return null; } return span.children.length ? items[at + 1] : null; },
    ArrowLeft: () => { if (span.children.length && open) { fold(state, span); return null; } return span.parent ? document.getElementById(`span-${span.parent}`) : null; },
    Enter: () => { select(state, span, true); return null; }, ' ': () => { select(state, span, true); return null; },
    Escape: () => { close(state); return null; },
  }[event.key];
  if (!move) return;
  event.preventDefault();
  const next = move();
  if (next) focus(next.id.slice('span-'.length));
}

function close(state) {
  const last = memory.selected;
  memory.selected = '';
  history.replaceState(null, '', location.pathname + location.search);
  state.drawer.hidden = true;
  state.split.classList.remove('open');
  state.rows.querySelectorAll('[aria-selected=true]').forEach(r => r.setAttribute('aria-selected', 'false'));
  if (last) focus(last);
}

function select(state, span, byUser) {
  memory.selected = span.id;
  if (byUser) history.replaceState(null, '', `${location.pathname}#${span.id}`);
  state.rows.querySelectorAll('[aria-selected=true]').forEach(r => r.setAttribute('aria-selected', 'false'));
  const element = document.getElementById(`span-${span.id}`) || [...state.rows.children].find(r => r.id === `span-${span.id}`);
  element?.setAttribute('aria-selected', 'true');
  state.drawer.hidden = false;
  state.split.classList.add('open');
  const took = millisBetween(span.start, span.end);
  const offset = time => `+${duration(millisBetween(span.start, time))}`;
  replace(state.drawer,
    h('header', {}, h('h2', {}, span.name), h('button.icon-button', {type: 'button', 'aria-label': 'Close', onclick: () => close(state)}, '✕')),
    span.missing ? h('p.muted', {}, 'Spans are sent when they end. This one has children that did; it has not arrived itself.') : null,
    h('dl.facts', {}, [['Service', span.service], ['Duration', duration(took)], ['Begins', `+${duration(millisBetween(state.start, span.start))}`], ['At', moment(toMillis(span.start))], ['Kind', KINDS[span.kind]], ['Span', h('span.mono', {}, span.id)]]
      .filter(([, v]) => v).map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v)))),
    span.error ? h('div.event.bad', {}, h('strong', {}, 'Failed'), span.statusMessage ? `: ${span.statusMessage}` : '') : null,
    section('Attributes', span.attributes),
    span.events.length ? [h('h3', {}, `Events (${span.events.length})`), span.events.slice(0, 200).map(event => h(`div.event${event.name === 'exception' ? '.bad' : ''}`, {}, h('strong', {}, event.name), ' ', h('span.muted', {}, offset(event.time)), event.attributes.length ? table(event.attributes) : null))] : null,
    span.logs.length ? [h('h3', {}, `Log records (${span.logs.length})`), span.logs.slice(0, 200).map(log => h(`div.event${log.severity >= 17 ? '.bad' : ''}`, {}, h('strong', {}, log.event || log.severityText || 'record'), ' ', h('span.muted', {}, offset(log.time)), h('div', {}, cell(log.body)), log.attributes.length ? table(log.attributes) : null))] : null,
    span.links.length ? [h('h3', {}, `Links (${span.links.length})`), span.links.map(link => h('div.event', {}, h('a.mono', {href: `/trace/${encodeURIComponent(link.traceId)}`}, link.traceId)))] : null,
    section('Resource', span.resource),
    span.scope.name ? [h('h3', {}, 'Scope'), table([['name', span.scope.name], ...(span.scope.version ? [['version', span.scope.version]] : [])])] : null);
}

const section = (title, entries) => entries.length ? [h('h3', {}, entries.length > MAX_ATTRIBUTES ? `${title} (${count(entries.length)})` : title), table(entries)] : null;

function table(entries) {
  const body = h('tbody', {});
  const fill = limit => replace(body, entries.slice(0, limit).map(([key, v]) => h('tr', {}, h('td', {}, breakable(key)), h('td', {}, cell(text(v))))),
    entries.length > limit ? h('tr', {}, h('td', {colspan: 2}, h('button.link-button', {type: 'button', onclick: () => fill(Infinity)}, `Show all ${count(entries.length)}`))) : null);
  fill(MAX_ATTRIBUTES);
  return h('table.kv', {}, body);
}

/** A key that may be broken behind its dots and underscores. */
const breakable = key => key.split(/(?<=[._])/).flatMap(part => [part, h('wbr', {})]);

/** A value; a long one only in part until it is asked for. */
function cell(value) {
  if (value.length <= MAX_VALUE) return value;
  const span = h('span', {}, value.slice(0, MAX_VALUE), '… ');
  span.append(h('button.link-button', {type: 'button', onclick: () => replace(span, value)}, `Show all ${bytes(value.length)}`));
  return span;
}

function logSection(records) {
  if (!records.length) return null;
  return [h('div.section', {}, h('h2', {}, 'Log records'), h('span.muted', {}, count(records.length))),
    h('div.table-wrap', {}, records.slice(0, 500).map(log => logRow(log, true)))];
}
