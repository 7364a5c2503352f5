// All metrics that have arrived, from any sender.
import {ask, empty, h, replace} from '/page/dom.js';
import {count, timeElement} from '/page/format.js';
import {clear, timePanel} from '/page/charts.js';

const RANGES = [['1 h', 3600], ['24 h', 86400], ['7 d', 604800], ['30 d', 2592000], ['10 y', 315360000]];

/** The attributes with different values; an attribute with one value for all series is left out. */
function differences(all) {
  const keys = [...new Set(all.flatMap(attributes => Object.keys(attributes)))];
  return keys.filter(key => all.some(attributes => attributes[key] !== all[0][key]));
}

/** The engine's marks about the times of points; see the contract of /api/series. */
const MARKS = {timeMissing: 'points without a time: the time of arrival is used', timeInFuture: 'points from the future: the time of arrival is used',
  startUnknown: 'the sender gave no start time for its sum', fromDeltas: 'sent as deltas and summed here'};

/** Buckets or quantiles of all values of a series in the shown time range. */
function spread({distribution}, label) {
  const {buckets, quantiles, sum} = distribution;
  const rows = quantiles ? quantiles.map(({share, value}) => [`p${+(share * 100).toFixed(4)}`, value ?? 'not a number'])
    : [...buckets.map(({upTo, count: below}) => [`≤ ${+upTo.toPrecision(6)}`, count(below)]), ['all', count(distribution.count)]];
  return h('details', {}, h('summary', {}, `${label || 'Distribution'}: ${count(distribution.count)} values, ${sum === null ? 'no sum' : `sum ${+sum.toPrecision(9)}`}`),
    h('dl.facts', {}, rows.map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v)))));
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
  const metric = all.find(m => m.name === name && m.kind === params.get('kind') && m.unit === params.get('unit'))
    || all.find(m => m.name === name) || all[0];
  const data = await ask(`/api/series?${new URLSearchParams({name: metric.name, range})}`, signal);
  // Metrics with one name may differ in kind and unit; each has its own entry.
  data.series = data.series.filter(series => series.kind === metric.kind && series.unit === metric.unit);
  const link = (m, r) => `/metrics?${new URLSearchParams({name: m.name, kind: m.kind, unit: m.unit, range: r})}`;
  const named = differences(data.series.map(series => series.attributes));
  const lines = data.series.map(({attributes, values}) => ({label: named.map(key => `${key}=${attributes[key] ?? ''}`).join(', '), values,
    total: metric.kind === 'gauge' ? values.filter(v => v !== null).pop() ?? 0 : values.reduce((a, v) => a + (v || 0), 0)}));
  const growth = metric.kind !== 'gauge';
  const notes = [...new Set(data.series.flatMap(series => series.marks))].map(mark => MARKS[mark] || mark);
  const notFinite = data.series.reduce((sum, series) => sum + series.notFinite, 0);
  if (notFinite) {
    notes.push(`${count(notFinite)} points that are not a finite number: a gap`);
  }
  clear();
  replace(view, h('div.head', {}, h('h1', {}, 'Metrics'), h('span.muted', {}, count(all.length)), h('span.spacer', {}),
    h('div.segmented', {role: 'group', 'aria-label': 'Time range'}, RANGES.map(([label, seconds]) => h('button', {type: 'button', 'aria-pressed': String(seconds === range), onclick: () => go(link(metric, seconds))}, label)))),
  h('div.metric-list', {},
    h('nav.panel', {'aria-label': 'Metrics'}, h('ul', {}, all.map(m => h('li', {}, h('a', {href: link(m, range), 'aria-current': m === metric ? 'true' : null}, m.name,
      h('small', {}, `${m.kind}${m.unit ? `, ${m.unit}` : ''}, ${count(m.series)} series`)))))),
    h('div', {}, timePanel({title: metric.name, times: data.times, step: data.stepSeconds, lines, kind: growth ? 'bars' : 'lines', format: count, verbatim: true,
      total: growth ? `${count(lines.reduce((a, l) => a + l.total, 0))} in this range` : null, none: 'No data in this time range; choose a longer one'}),
    h('dl.facts', {style: {'margin-top': '16px'}}, [['Meaning', metric.description], ['In Prometheus', h('code', {}, metric.prometheus)], ['Shown', growth ? (metric.kind === 'sum' ? 'growth in each step' : 'number of values in each step') : 'last value in each step'], ['Last point', timeElement(h, metric.lastMs)], ['Notes', notes.join('; ')]]
      .filter(([, v]) => v).map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v)))),
    data.series.filter(series => series.distribution).map(series => spread(series, named.map(key => `${key}=${series.attributes[key] ?? ''}`).join(', '))))));
}
