// All traces, from any sender.
import {ask, h, query, replace} from '/page/dom.js';
import {count, duration, timeElement} from '/page/format.js';
import {firstSteps} from '/page/runs.js';

const PAGE = 50;

function traceTable(traces) {
  return h('div.table-wrap.cards', {}, h('table', {},
    h('thead', {}, h('tr', {}, ['Trace', 'Service', 'Started'].map(name => h('th', {scope: 'col'}, name)), ['Time', 'Spans', 'Errors'].map(name => h('th.num', {scope: 'col'}, name)))),
    h('tbody', {}, traces.map(trace => h('tr', {},
      h('td.main', {}, h('a.row', {href: `/trace/${trace.traceId}`, title: trace.title || trace.name}, trace.title || trace.name), h('span.sub', {}, trace.title ? h('span.mono', {}, trace.name) : null, trace.run ? h('span.tag', {}, 'run') : null, trace.complete ? null : h('span.tag', {title: 'Its root span has not arrived'}, 'in progress'))),
      h('td', {}, h('span.cut', {title: trace.service}, trace.service)),
      h('td', {}, timeElement(h, trace.startMs)),
      h('td.num', {'data-label': 'took'}, duration(trace.durationUs / 1000)),
      h('td.num', {'data-label': 'spans'}, count(trace.spans)),
      h('td.num', {'data-label': 'errors'}, trace.errors ? h('span.pill.bad', {}, count(trace.errors)) : '0'))))));
}

export async function traces(view, {signal, params, go}) {
  const filter = Object.fromEntries(['text', 'service', 'status', 'minMs', 'maxMs'].map(name => [name, params.get(name) || '']));
  const load = before => ask(`/api/traces?${query({...filter, limit: PAGE, before})}`, signal);
  const [services, first] = await Promise.all([ask('/api/services', signal), load()]);
  if (!first.length && !Object.values(filter).some(Boolean)) { replace(view, firstSteps()); return; }
  const change = () => go(`/traces?${query(Object.fromEntries(new FormData(form)))}`);
  const form = h('form.filters', {onsubmit: e => { e.preventDefault(); change(); }, onchange: change},
    h('label.grow', {}, 'Words or trace id', h('input', {name: 'text', id: 'trace-text', type: 'search', value: filter.text, placeholder: 'error message, tool, session, model …'})),
    h('label', {}, 'Service', h('select', {name: 'service', id: 'trace-service'}, h('option', {value: ''}, 'all'), services.map(s => h('option', {value: s, selected: s === filter.service}, s)))),
    h('label', {}, 'Status', h('select', {name: 'status', id: 'trace-status'}, ['', 'error', 'ok'].map(s => h('option', {value: s, selected: s === filter.status}, s || 'all')))),
    h('label.number', {}, 'At least (ms)', h('input', {name: 'minMs', id: 'trace-min', inputmode: 'numeric', pattern: '[0-9]*', value: filter.minMs})),
    h('label.number', {}, 'At most (ms)', h('input', {name: 'maxMs', id: 'trace-max', inputmode: 'numeric', pattern: '[0-9]*', value: filter.maxMs})));
  const list = h('div', {});
  let rows = first;
  const draw = more => replace(list, traceTable(rows), more ? h('button.button.more', {type: 'button', onclick: async () => { list.dataset.expanded = 'yes'; const older = await load(rows[rows.length - 1].cursor); rows = rows.concat(older); draw(older.length === PAGE); }}, 'Show older') : null);
  if (rows.length) draw(rows.length === PAGE);
  else replace(list, h('div.empty', {}, h('h2', {}, 'No trace matches'), h('p', {}, 'Every word, or a longer word that begins with it, must be in a name, an attribute, an event or a log record of the trace. ', h('a', {href: '/traces'}, 'Show all traces'))));
  replace(view, h('div.head', {}, h('h1', {}, 'Traces'), h('span.spacer', {})), form, list);
}
