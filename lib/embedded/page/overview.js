// The panels of AgentProxy's dashboard.
import {ask, command, empty, h, replace} from '/page/dom.js';
import {count, duration, money, share} from '/page/format.js';
import {barPanel, clear, timePanel} from '/page/charts.js';
import {runTable} from '/page/lists.js';

const RANGES = [['1 h', 3600], ['6 h', 21600], ['24 h', 86400], ['7 d', 604800], ['30 d', 2592000]];
const KEY = 'agentproxy.range';

export const firstSteps = () => empty('Nothing has arrived yet',
  'The engine is ready and listens for OpenTelemetry on ports 4317 (gRPC) and 4318 (HTTP). Turn telemetry on in a shell and let AgentProxy do something; a rehearsal needs no key and calls no model.',
  'eval "$(jbang stack env)"', 'jbang pa --rehearse "Create a hello world script"');

const range = () => Number(localStorage.getItem(KEY)) || 21600;

export async function overview(view, {signal, refresh}) {
  const [panels, runs] = await Promise.all([ask(`/api/panels?range=${range()}`, signal), ask('/api/runs?limit=6', signal)]);
  const known = panels.started || panels.tasks.length || runs.length;
  if (!known) {
    const traces = await ask('/api/traces?limit=1', signal);
    clear();
    replace(view, traces.length ? noRuns() : firstSteps());
    return;
  }
  const ranges = h('div.segmented', {role: 'group', 'aria-label': 'Time shown'}, RANGES.map(([label, seconds]) =>
    h('button', {type: 'button', 'aria-pressed': String(seconds === range()), onclick: () => { localStorage.setItem(KEY, seconds); refresh(); }}, label)));
  clear();
  replace(view, h('div.head', {}, h('h1', {}, 'Overview'), h('span.spacer', {}), ranges), tiles(panels), charts(panels),
    h('div.section', {}, h('h2', {}, 'Latest runs'), h('a', {href: '/runs'}, 'All runs')),
    runs.length ? runTable(runs) : h('p.muted', {}, 'No run has arrived yet.'));
}

const noRuns = () => h('div.empty', {}, h('h2', {}, 'No run of AgentProxy yet'),
  h('p', {}, 'Other telemetry has arrived: look at ', h('a', {href: '/traces'}, 'traces'), ', ', h('a', {href: '/logs'}, 'logs'), ' and ', h('a', {href: '/metrics'}, 'metrics'), '. For the panels of AgentProxy, let it do something:'),
  ['eval "$(jbang stack env)"', 'jbang pa --rehearse "Create a hello world script"'].map(command));

const sum = lines => lines.reduce((all, line) => all + line.total, 0);
const of = (lines, label) => lines.find(line => line.label === label)?.total || 0;

function tiles(p) {
  const ended = sum(p.tasks);
  const completed = of(p.tasks, 'completed');
  const verified = of(p.verifications, 'pass') + of(p.verifications, 'fail');
  const active = p.active[0].values[p.active[0].values.length - 1];
  const tile = (name, value, note) => h('div.tile', {}, h('dt', {}, name), h('dd', {}, value, h('small', {}, note || ' ')));
  return h('dl.tiles', {}, [
    tile('Tasks ended', count(ended), ended ? `${share(completed / ended)} completed` : 'none in this time'),
    tile('Active now', count(Math.max(0, active)), active > 0 ? 'sessions at work' : 'nothing runs'),
    tile('Verifications', verified ? share(of(p.verifications, 'pass') / verified) : '–', verified ? `passed, of ${count(verified)}` : 'none in this time'),
    tile('Task duration', duration(p.taskDuration[0]?.total * 1000), p.taskDuration[1] ? `median; p95 ${duration(p.taskDuration[1].total * 1000)}` : 'median'),
    tile('Tokens', count(of(p.tokens, 'input') + of(p.tokens, 'output')), `${count(of(p.tokens, 'input'))} in, ${count(of(p.tokens, 'output'))} out`),
    tile('Cost', p.cost.length ? money(sum(p.cost)) : '–', p.cost.length ? (completed ? `${money(sum(p.cost) / completed)} per completed task` : 'where the price is known') : 'no price known'),
  ]);
}

function charts(p) {
  const base = {times: p.times, step: p.stepSeconds};
  const seconds = v => duration(v * 1000);
  const parts = p.tokens.filter(line => line.label !== 'input' && line.label !== 'output');
  const tokens = timePanel({...base, title: 'Tokens', lines: p.tokens.filter(line => !parts.includes(line)), kind: 'bars', format: count,
    total: count(of(p.tokens, 'input') + of(p.tokens, 'output')), none: 'No tokens in this time'});
  if (parts.some(line => line.total)) tokens.append(h('p.muted', {}, 'Of these: ', parts.filter(l => l.total).map(line => `${line.label.replaceAll('_', ' ')} ${count(line.total)}`).join(', ')));
  return h('div.panels', {}, [
    timePanel({...base, title: 'Tasks by outcome', lines: p.tasks, kind: 'bars', format: count, total: count(sum(p.tasks)), none: 'No task ended in this time'}),
    timePanel({...base, title: 'Task duration', lines: p.taskDuration, kind: 'lines', format: seconds, none: 'No task ended in this time'}),
    timePanel({...base, title: 'Verifications', lines: p.verifications, kind: 'bars', format: count, none: 'Nothing was verified in this time'}),
    barPanel({title: 'Decisions', lines: p.decisions, format: count, total: count(sum(p.decisions)), none: 'No decision in this time'}),
    timePanel({...base, title: 'Active sessions', lines: p.active.map(l => ({...l, total: Math.max(...l.values)})), kind: 'area', format: count, none: 'No session in this time'}),
    timePanel({...base, title: 'Gemini latency', lines: p.modelLatency, kind: 'lines', format: seconds, none: 'No call in this time'}),
    timePanel({...base, title: 'Worker run duration', lines: p.workerLatency, kind: 'lines', format: seconds, none: 'No worker run in this time'}),
    tokens,
    timePanel({...base, title: 'Cost by model', lines: p.cost, kind: 'bars', format: money, total: money(sum(p.cost)), none: 'No cost is known in this time'}),
    timePanel({...base, title: 'API requests', lines: p.requests, kind: 'bars', format: count, total: count(sum(p.requests)), none: 'No request in this time'}),
    barPanel({title: 'API errors', lines: p.errors, format: count, none: 'No errors in this time'}),
    barPanel({title: 'Tools used by the worker', lines: p.tools, format: count, total: count(sum(p.tools)), none: 'No tool was used in this time'}),
    p.stalls.length ? barPanel({title: 'Stalls', lines: p.stalls, format: count}) : null,
  ]);
}
