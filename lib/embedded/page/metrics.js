// Every metric that has arrived, whoever sent it.
import {ask, empty, h, replace} from '/page/dom.js';
import {count, timeElement} from '/page/format.js';
import {clear, timePanel} from '/page/charts.js';

const RANGES = [['1 h', 3600], ['24 h', 86400], ['7 d', 604800], ['30 d', 2592000], ['10 y', 315360000]];

/** The attributes by which series differ; those that are the same for all tell nothing. */
function differences(all) {
  const keys = [...new Set(all.flatMap(attributes => Object.keys(attributes)))];
  return keys.filter(key => all.some(attributes => attributes[key] !== all[0][key]));
}

export async function metrics(view, {signal, params, go}) {
  const all = await ask('/api/metrics', signal);
  if (!all.length) {
    clear();
    replace(view, empty('No metric has arrived yet', 'Metrics arrive by OTLP like spans do, from any OpenTelemetry SDK. A Prometheus can scrape the last values from port 8889.',
      'eval "$(jbang stack env)"', 'jbang pa --rehearse "Create a hello world script"'));
    return;
  }
  const name = params.get('name') || (all.find(m => m.name.startsWith('agentproxy.')) || all[0]).name;
  const range = Number(params.get('range')) || 86400;
  const metric = all.find(m => m.name === name) || all[0];
  const data = await ask(`/api/series?${new URLSearchParams({name: metric.name, range})}`, signal);
  const link = (n, r) => `/metrics?${new URLSearchParams({name: n, range: r})}`;
  const named = differences(data.series.map(series => series.attributes));
  const lines = data.series.map(({attributes, values}) => ({label: named.map(key => `${key}=${attributes[key] ?? ''}`).join(', '), values,
    total: metric.kind === 'gauge' ? values.filter(v => v !== null).pop() ?? 0 : values.reduce((a, v) => a + (v || 0), 0)}));
  const growth = metric.kind !== 'gauge';
  clear();
  replace(view, h('div.head', {}, h('h1', {}, 'Metrics'), h('span.muted', {}, count(all.length)), h('span.spacer', {}),
    h('div.segmented', {role: 'group', 'aria-label': 'Time shown'}, RANGES.map(([label, seconds]) => h('button', {type: 'button', 'aria-pressed': String(seconds === range), onclick: () => go(link(metric.name, seconds))}, label)))),
  h('div.metric-list', {},
    h('nav.panel', {'aria-label': 'Metrics'}, h('ul', {}, all.map(m => h('li', {}, h('a', {href: link(m.name, range), 'aria-current': m === metric ? 'true' : null}, m.name,
      h('small', {}, `${m.kind}${m.unit ? `, ${m.unit}` : ''}, ${count(m.series)} series`)))))),
    h('div', {}, timePanel({title: metric.name, times: data.times, step: data.stepSeconds, lines, kind: growth ? 'bars' : 'lines', format: count, verbatim: true,
      total: growth ? `${count(lines.reduce((a, l) => a + l.total, 0))} in this time` : null, none: 'No point in this time; choose a longer one'}),
    h('dl.facts', {style: {'margin-top': '16px'}}, [['What', metric.description], ['In Prometheus', h('code', {}, metric.prometheus)], ['Shown', growth ? (metric.kind === 'sum' ? 'growth in each step' : 'number of values in each step') : 'last value in each step'], ['Last point', timeElement(h, metric.lastMs)]]
      .filter(([, v]) => v).map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v)))))));
}
