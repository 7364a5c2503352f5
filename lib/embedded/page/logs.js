// Log records: one line each with the most important attributes, and all attributes on request.
import {ask, empty, h, query, replace} from '/page/dom.js';
import {count, moment, rowMoment} from '/page/format.js';
import {logs as readLogs, text, toMillis} from '/page/otlp.js';
import {rangeControl, readRange} from '/page/range.js';

/** @typedef {import('/page/otlp.js').Log} Log */

const PAGE = 200;
const level = n => n >= 17 ? ['error', 'bad'] : n >= 13 ? ['warn', 'warn'] : n >= 9 ? ['info', ''] : n >= 5 ? ['debug', ''] : n ? ['trace', ''] : ['–', ''];

/** The most important attributes, in this order; the others appear when the line is opened. */
const TELLING = ['gen_ai.evaluation.name', 'gen_ai.evaluation.score.label', 'tool_name', 'success', 'decision', 'model', 'duration_ms', 'cost_usd', 'input_tokens', 'output_tokens', 'error', 'error.type', 'exception.type', 'exception.message', 'status_code', 'http.response.status_code', 'pa.stall.pattern', 'pa.retry.api', 'pa.exit_code', 'pa.status', 'pa.round'];
const TELLING_SHOWN = 5;

/** @param {Log} log @returns {Array<[string, string]>} */
export function telling(log) {
  const values = new Map(log.attributes);
  return TELLING.filter(key => values.has(key) && text(values.get(key)) !== '').slice(0, TELLING_SHOWN).map(key => [key.split('.').slice(-1)[0].replaceAll('_', ' '), text(values.get(key)).slice(0, 160)]);
}

/** One record; with a link to its trace, unless it is shown within the trace. @param {Log} log @param {boolean} within @param {Set<string>} [opened] */
export function logRow(log, within, opened) {
  const [name, tone] = level(log.severity);
  const ms = toMillis(log.time);
  const key = `${log.time}-${log.spanId}-${log.event}`;
  const message = log.event && log.event !== log.body ? `${log.event} ${log.body}`.trim() : log.body || log.event || '(no body)';
  return h('details.log', {'data-key': key, open: opened?.has(key) || null},
    h('summary', {}, h('time.muted', {title: moment(ms), datetime: Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : null}, rowMoment(ms)), h(`span.level.${tone || 'plain'}`, {}, log.severityText || name),
      h('span.from', {title: log.service}, log.service), h('span.message', {}, bounded(message, 300), telling(log).map(([k, v]) => [' ', h('span.pair', {}, h('span.muted', {}, k), ' ', v)]))),
    h('div.log-body', {}, within || !log.traceId ? null : h('a', {href: `/trace/${log.traceId}${log.spanId ? `#${log.spanId}` : ''}`}, 'Show its trace'),
      message.length > 300 ? h('pre.output', {}, bounded(message, 20000)) : null,
      h('table.kv', {}, h('tbody', {}, log.attributes.slice(0, 200).map(([k, v]) => h('tr', {}, h('th', {scope: 'row'}, k), h('td', {}, bounded(text(v), 4000))))))));
}

const bounded = (s, limit) => s.length > limit ? `${s.slice(0, limit)} … (${count(s.length)} characters)` : s;

export async function logs(view, {signal, params, go, first}) {
  const filter = Object.fromEntries(['text', 'service', 'severity'].map(name => [name, params.get(name) || '']));
  const range = readRange(params);
  const asked = {...filter, from: range.from, to: range.to};
  const [services, data] = await Promise.all([ask('/api/services', signal), ask(`/api/logs?${query({...asked, limit: PAGE})}`, signal)]);
  let records = readLogs(data).reverse();
  if (!records.length && !Object.values(filter).some(Boolean) && !range.key) {
    replace(view, empty('No log record has arrived yet', 'Records arrive by OTLP like spans do; those of AgentProxy and of Claude Code come with their runs.',
      'eval "$(jbang stack env)"', 'jbang pa --rehearse "Create a hello world script"'));
    return;
  }
  const url = values => `/logs?${query({...filter, ...range.params, ...values})}`;
  const change = () => go(url(Object.fromEntries(new FormData(form))));
  const form = h('form.filters', {onsubmit: e => { e.preventDefault(); change(); }, onchange: change},
    h('label.grow', {}, 'Words', h('input', {name: 'text', id: 'log-text', type: 'search', value: filter.text})),
    h('label', {}, 'Service', h('select', {name: 'service', id: 'log-service'}, h('option', {value: ''}, 'all'), services.map(s => h('option', {value: s, selected: s === filter.service}, s)))),
    h('label', {}, 'At least', h('select', {name: 'severity', id: 'log-severity'}, [['', 'any level'], ['9', 'info'], ['13', 'warn'], ['17', 'error']].map(([v, l]) => h('option', {value: v, selected: v === filter.severity}, l)))));
  const list = h('div', {});
  const opened = first ? new Set() : new Set([...view.querySelectorAll('details.log[open]')].map(d => d.dataset.key));
  const draw = more => replace(list, h('div.table-wrap.log-list', {}, records.map(log => logRow(log, false, opened))),
    more ? h('button.button.more', {type: 'button', onclick: async () => {
      list.dataset.expanded = 'yes';
      const oldest = records[records.length - 1];
      // Ask for the last time again: several records may have it.
      const older = readLogs(await ask(`/api/logs?${query({...asked, to: toMillis(oldest.time), skip: records.filter(r => toMillis(r.time) === toMillis(oldest.time)).length, limit: PAGE})}`)).reverse();
      records = records.concat(older);
      draw(older.length === PAGE);
    }}, 'Show older') : null);
  if (records.length) draw(records.length === PAGE);
  else replace(list, h('div.empty', {}, h('h2', {}, 'No record matches'), h('p', {}, h('a', {href: '/logs'}, 'Show all'))));
  replace(view, h('div.head', {}, h('h1', {}, 'Logs'), h('span.spacer', {}), rangeControl(range, key => go(url({range: key, from: '', to: ''})))), form, list);
}
