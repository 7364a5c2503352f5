// Runs, traces and log records as lists.
import {ask, empty, h, replace} from '/page/dom.js';
import {count, duration, money, moment, timeElement, timeOfDay} from '/page/format.js';
import {logs as readLogs, text, toMillis} from '/page/otlp.js';
import {firstSteps} from '/page/overview.js';

const PAGE = 50;
const TONES = {completed: 'good', running: 'busy', error: 'bad', verification_failed: 'bad', failed_self_check: 'bad', stalled: 'warn',
  timeout: 'warn', max_iterations: 'warn', budget_exceeded: 'warn', interrupted: 'warn', unproven: 'warn', lost: 'warn'};
const STATUSES = ['running', 'completed', 'unproven', 'verification_failed', 'error', 'stalled', 'max_iterations', 'budget_exceeded', 'timeout', 'interrupted',
  'stopped', 'failed_self_check', 'lost'];

export const statusPill = status => h(`span.pill.${TONES[status] || 'plain'}`, {}, status.replaceAll('_', ' '));
export const rehearsalTag = () => h('span.tag.rehearsal', {title: 'Stand-ins answered; no model was called'}, 'rehearsal');

export function runTable(runs) {
  return h('div.table-wrap.cards', {}, h('table', {},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Run'), h('th', {scope: 'col'}, 'Status'), h('th', {scope: 'col'}, 'Started'),
      h('th.num', {scope: 'col'}, 'Duration'), h('th.num', {scope: 'col'}, 'Rounds'), h('th.num', {scope: 'col'}, 'Tokens in / out'), h('th.num', {scope: 'col'}, 'Cost'))),
    h('tbody', {}, runs.map(run => h('tr', {},
      h('td.main', {}, h('a.row.mono', {href: `/trace/${run.traceId}`}, run.session || run.traceId.slice(0, 16)), ' ', run.rehearsal ? rehearsalTag() : null),
      h('td', {}, statusPill(run.status)),
      h('td', {}, timeElement(h, run.startMs)),
      h('td.num', {'data-label': 'took'}, duration(run.durationMs)),
      h('td.num', {'data-label': 'rounds'}, count(run.iterations)),
      h('td.num', {'data-label': 'tokens'}, `${count(run.inputTokens)} / ${count(run.outputTokens)}`),
      h('td.num', {'data-label': 'cost'}, money(run.costUsd)))))));
}

/** Loads a first page, and more on request. */
function paged(load, render, target, signal) {
  let rows = [];
  const next = async () => {
    const page = await load(rows.length ? rows[rows.length - 1].cursor : null);
    rows = rows.concat(page);
    const more = page.length === PAGE ? h('button.button.more', {type: 'button', onclick: next}, 'Show older') : null;
    if (!signal.aborted) replace(target, render(rows), more);
    return rows;
  };
  return next();
}

const query = values => new URLSearchParams(Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== '')).toString();

export async function runs(view, {signal, params, go}) {
  const status = params.get('status') || '';
  const list = h('div', {});
  const select = h('select', {id: 'status', onchange: e => go(`/runs?${query({status: e.target.value})}`)}, h('option', {value: ''}, 'all'),
    STATUSES.map(s => h('option', {value: s, selected: s === status}, s.replaceAll('_', ' '))));
  const rows = await paged(before => ask(`/api/runs?${query({limit: PAGE, before, status})}`, signal), runTable, list, signal);
  if (!rows.length && !status) { replace(view, firstSteps()); return; }
  if (!rows.length) replace(list, h('div.empty', {}, h('h2', {}, `No run is ${status.replaceAll('_', ' ')}`), h('p', {}, h('a', {href: '/runs'}, 'Show all runs'))));
  replace(view, h('div.head', {}, h('h1', {}, 'Runs'), h('span.spacer', {})), h('div.filters', {}, h('label', {}, 'Status', select)), list);
}

function traceTable(traces) {
  return h('div.table-wrap.cards', {}, h('table', {},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Trace'), h('th', {scope: 'col'}, 'Service'), h('th', {scope: 'col'}, 'Started'),
      h('th.num', {scope: 'col'}, 'Duration'), h('th.num', {scope: 'col'}, 'Spans'), h('th.num', {scope: 'col'}, 'Errors'))),
    h('tbody', {}, traces.map(trace => h('tr', {},
      h('td.main', {}, h('a.row', {href: `/trace/${trace.traceId}`}, trace.name), ' ', trace.run ? h('span.tag', {}, 'run') : null, ' ',
        trace.complete ? null : h('span.tag', {title: 'Its root span has not arrived'}, 'in progress')),
      h('td', {}, trace.service),
      h('td', {}, timeElement(h, trace.startMs)),
      h('td.num', {'data-label': 'took'}, duration(trace.durationUs / 1000)),
      h('td.num', {'data-label': 'spans'}, count(trace.spans)),
      h('td.num', {'data-label': 'errors'}, trace.errors ? h('span.pill.bad', {}, count(trace.errors)) : '0'))))));
}

export async function traces(view, {signal, params, go}) {
  const filter = Object.fromEntries(['text', 'service', 'status', 'minMs', 'maxMs'].map(name => [name, params.get(name) || '']));
  const list = h('div', {});
  const services = await ask('/api/services', signal);
  const change = () => go(`/traces?${query(Object.fromEntries(new FormData(form)))}`);
  const form = h('form.filters', {onsubmit: e => { e.preventDefault(); change(); }, onchange: change},
    h('label.grow', {}, 'Words or trace id', h('input', {name: 'text', type: 'search', value: filter.text, placeholder: 'error message, tool, session, model …'})),
    h('label', {}, 'Service', h('select', {name: 'service'}, h('option', {value: ''}, 'all'), services.map(s => h('option', {value: s, selected: s === filter.service}, s)))),
    h('label', {}, 'Status', h('select', {name: 'status'}, ['', 'error', 'ok'].map(s => h('option', {value: s, selected: s === filter.status}, s || 'all')))),
    h('label.small', {}, 'At least (ms)', h('input', {name: 'minMs', inputmode: 'numeric', pattern: '[0-9]*', value: filter.minMs})),
    h('label.small', {}, 'At most (ms)', h('input', {name: 'maxMs', inputmode: 'numeric', pattern: '[0-9]*', value: filter.maxMs})));
  const rows = await paged(before => ask(`/api/traces?${query({...filter, limit: PAGE, before})}`, signal), traceTable, list, signal);
  const filtered = Object.values(filter).some(Boolean);
  if (!rows.length && !filtered) { replace(view, firstSteps()); return; }
  if (!rows.length) replace(list, h('div.empty', {}, h('h2', {}, 'No trace is like that'),
    h('p', {}, 'Every word must occur in a name, an attribute, an event or a log record of the trace, at least by its beginning. ', h('a', {href: '/traces'}, 'Show all traces'))));
  replace(view, h('div.head', {}, h('h1', {}, 'Traces'), h('span.spacer', {})), form, list);
}

const level = n => n >= 17 ? ['error', 'bad'] : n >= 13 ? ['warn', 'warn'] : n >= 9 ? ['info', ''] : n >= 5 ? ['debug', ''] : n ? ['trace', ''] : ['–', ''];

/** One record; with a link to its trace where it has one and is not shown within it. */
export function logRow(log, within) {
  const [name, tone] = level(log.severity);
  const ms = toMillis(log.time);
  return h('div.log', {}, h('time.muted', {title: moment(ms)}, timeOfDay(ms)), h(`span.level.${tone || 'plain'}`, {}, log.severityText || name),
    h('span.from', {title: log.service}, within || !log.traceId ? log.service : h('a', {href: `/trace/${log.traceId}${log.spanId ? `#${log.spanId}` : ''}`}, log.service)),
    h('span.message', {}, bounded(log.event && log.event !== log.body ? `${log.event} ${log.body}`.trim() : log.body || log.event || '(no body)')),
    log.attributes.length ? h('details', {}, h('summary', {}, log.attributes.length === 1 ? '1 attribute' : `${log.attributes.length} attributes`),
      h('table.kv', {}, h('tbody', {}, log.attributes.slice(0, 200).map(([k, v]) => h('tr', {}, h('td', {}, k), h('td', {}, bounded(text(v)))))))) : null);
}

const bounded = s => s.length > 2000 ? `${s.slice(0, 2000)} … (${count(s.length)} characters)` : s;

export async function logs(view, {signal, params, go}) {
  const filter = Object.fromEntries(['text', 'service', 'severity'].map(name => [name, params.get(name) || '']));
  const [services, data] = await Promise.all([ask('/api/services', signal), ask(`/api/logs?${query({...filter, limit: 200})}`, signal)]);
  const records = readLogs(data).reverse();
  if (!records.length && !Object.values(filter).some(Boolean)) {
    replace(view, empty('No log record has arrived yet', 'Records arrive by OTLP like spans do; those of AgentProxy and of Claude Code come with their runs.',
      'eval "$(jbang stack env)"', 'jbang pa --rehearse "Create a hello world script"'));
    return;
  }
  const change = () => go(`/logs?${query(Object.fromEntries(new FormData(form)))}`);
  const form = h('form.filters', {onsubmit: e => { e.preventDefault(); change(); }, onchange: change},
    h('label.grow', {}, 'Words', h('input', {name: 'text', type: 'search', value: filter.text})),
    h('label', {}, 'Service', h('select', {name: 'service'}, h('option', {value: ''}, 'all'), services.map(s => h('option', {value: s, selected: s === filter.service}, s)))),
    h('label', {}, 'At least', h('select', {name: 'severity'}, [['', 'any level'], ['9', 'info'], ['13', 'warn'], ['17', 'error']].map(([v, l]) => h('option', {value: v, selected: v === filter.severity}, l)))));
  replace(view, h('div.head', {}, h('h1', {}, 'Logs'), h('span.muted', {}, `the latest ${records.length}`)), form,
    records.length ? h('div.table-wrap', {}, records.map(log => logRow(log))) : h('div.empty', {}, h('h2', {}, 'No record is like that'), h('p', {}, h('a', {href: '/logs'}, 'Show all'))));
}
