// The overview: outcomes, cost, evidence and effort over time, compared with the time before; then technical details.
import {ask, command, h, query, replace} from '/page/dom.js';
import {count, duration, money, plural, share} from '/page/format.js';
import {barPanel, clear, timePanel} from '/page/charts.js';
import {rangeControl, readRange} from '/page/range.js';
import {firstSteps, moneyAndRehearsed, runTable} from '/page/runs.js';
import {EVIDENCE, STATUSES, statusLook, words} from '/page/status.js';
import {columnPanel, rowPanel} from '/page/trends.js';

const MONTH = 30 * 86400_000;
const ACCENT = {tone: 'accent', pattern: 0};

export async function overview(view, {signal, params, go}) {
  const range = readRange(params);
  const wanted = params.get('rehearsals') || '';
  const offset = -new Date().getTimezoneOffset();
  const load = (from, to, rehearsals) => ask(`/api/trends?${query({from, to, offset, rehearsals})}`, signal);
  let rehearsals = wanted === 'all' ? '' : wanted || 'none';
  let trends = await load(range.from, range.to, rehearsals);
  // A new user has only rehearsals: they are shown, marked as rehearsals.
  if (!wanted && !trends.whole.runs) { rehearsals = ''; trends = await load(range.from, range.to, ''); }
  if (!range.key && trends.toMs - trends.fromMs > MONTH) trends = await load(trends.toMs - MONTH, '', rehearsals);
  const latest = await ask('/api/runs?limit=6', signal);
  if (!latest.count) {
    const traces = await ask('/api/traces?limit=1', signal);
    clear();
    replace(view, traces.length ? noRuns() : firstSteps());
    return;
  }
  const length = trends.toMs - trends.fromMs;
  const [before, panels] = await Promise.all([trends.before.runs ? load(trends.fromMs - length, trends.fromMs, rehearsals) : null, ask(`/api/panels?range=${Math.ceil(Math.max(3600, (Date.now() - trends.fromMs) / 1000))}`, signal)]);
  const url = values => `/?${query({...range.params, rehearsals: wanted, ...values})}`;
  const machinery = view.querySelector('details.machinery')?.open ?? false;
  clear();
  const only = h('label.inline', {}, 'Rehearsals ', h('select', {id: 'rehearsals', onchange: event => go(url({rehearsals: event.target.value}))},
    [['', 'automatic'], ['none', 'excluded'], ['all', 'included'], ['only', 'only these']].map(([value, label]) => h('option', {value, selected: value === wanted}, label))));
  const scope = {rehearsals, url: values => `/runs?${query({rehearsals, ...values})}`};
  replace(view, h('div.head', {}, h('h1', {}, 'Overview'), h('span.muted', {}, subtitle(trends, rehearsals)), h('span.spacer', {}), only, rangeControl(range, key => go(url({range: key, from: '', to: ''})), 'all')),
    trends.whole.runs ? [tiles(trends), panelsOf(charts(trends, before, scope)), trends.whole.runs < 3 ? h('p.muted.silent', {}, `Charts over time need three runs; ${trends.whole.runs === 1 ? 'there is one' : 'there are two'} in this time range${rehearsals === 'none' ? ', without rehearsals' : ''}.`) : null] : h('div.none.panel', {}, 'No run started in this time range'),
    h('div.section', {}, h('h2', {}, 'Latest runs'), h('a', {href: '/runs'}, 'All runs')), runTable(latest.runs),
    h('details.machinery', {open: machinery || null}, h('summary', {}, h('h2', {}, 'Technical details'), h('span.muted', {}, 'latencies, tools, requests, errors')), h('div.panels', {}, machineryCharts(panels))));
}

function subtitle(trends, rehearsals) {
  const w = trends.whole;
  const only = w.runs && w.rehearsals === w.runs ? ' · rehearsals only' : '';
  return `${plural(w.runs, 'run')} · ${moneyAndRehearsed(w)}${only}${rehearsals === 'none' ? ' · without rehearsals' : ''}`;
}

const noRuns = () => h('div.empty', {}, h('h1', {}, 'No run of AgentProxy yet'),
  h('p', {}, 'Other telemetry has arrived: see ', h('a', {href: '/traces'}, 'traces'), ', ', h('a', {href: '/logs'}, 'logs'), ' and ', h('a', {href: '/metrics'}, 'metrics'), '. To fill the panels of AgentProxy, start a run:'),
  ['eval "$(jbang stack env)"', 'jbang pa --rehearse "Create a hello world script"'].map(command));

const endedOf = sums => sums.runs - (sums.statuses.running || 0);
const done = sums => sums.statuses.completed || 0;
const success = sums => endedOf(sums) ? done(sums) / endedOf(sums) : NaN;
/** The cost of a verified task: the cost of all runs, failed ones included, divided by the number of tasks completed with evidence. */
const perTask = sums => sums.verified && sums.costUsd !== null ? sums.costUsd / sums.verified : NaN;
const cached = sums => sums.inputTokens ? sums.cacheReadTokens / sums.inputTokens : NaN;

function median(histogram) {
  const entries = Object.entries(histogram).map(([k, n]) => [Number(k), n]).sort((a, b) => a[0] - b[0]);
  let left = entries.reduce((sum, [, n]) => sum + n, 0) / 2;
  for (const [rounds, n] of entries) { left -= n; if (left <= 0) return rounds; }
  return NaN;
}

/** The change of a figure; better and worse have a sign and a word, not only a colour. */
function moved(now, then, format, lessIsBetter) {
  if (!Number.isFinite(then)) return 'no earlier data';
  if (!Number.isFinite(now)) return `before: ${format(then)}`;
  const by = now - then;
  if (format(now) === format(then)) return `same as before: ${format(then)}`;
  const better = by < 0 === lessIsBetter;
  return h(`span.${better ? 'better' : 'worse'}`, {title: better ? 'better than in the period before' : 'worse than in the period before'}, `${by > 0 ? '▲' : '▼'} from ${format(then)}`);
}

function tiles(trends) {
  const w = trends.whole;
  const b = trends.before;
  const tile = (name, value, note, hint) => h('div.tile', {title: hint || null}, h('dt', {}, name), h('dd', {}, value, h('small', {}, note || ' ')));
  const had = b.runs > 0;
  return h('dl.tiles', {}, [
    tile('Success', Number.isFinite(success(w)) ? share(success(w)) : '–', had ? moved(success(w), success(b), share, false) : `${count(done(w))} of ${count(endedOf(w))} that ended`, 'Completed runs, as a share of all ended runs'),
    tile('Cost / verified task', Number.isFinite(perTask(w)) ? money(perTask(w)) : '–', had ? moved(perTask(w), perTask(b), money, true) : w.costUsd === null ? 'no cost' : w.verified ? `total cost / ${plural(w.verified, 'verified task')}` : 'no task was verified', 'The cost of all runs, failed ones included, divided by the number of tasks completed with evidence (independent, own tests or reviewed)'),
    tile('Wasted', w.costUsd === null ? '–' : money(w.wastedUsd), w.costUsd ? `${share(w.wastedUsd / w.costUsd)} of ${money(w.costUsd)}` : 'no cost', 'Cost of runs that were not completed'),
    tile('Rounds to done', Number.isFinite(median(w.roundsToDone)) ? count(median(w.roundsToDone)) : '–', had ? moved(median(w.roundsToDone), median(b.roundsToDone), count, true) : 'median', 'Median over completed runs'),
    tile('Cache hits', Number.isFinite(cached(w)) ? share(cached(w)) : '–', had ? moved(cached(w), cached(b), share, false) : 'of the tokens sent', 'Share of the sent tokens that came from a cache'),
    tile('Context window', w.contextTokens ? count(w.contextTokens) : '–', w.contextTokens ? 'tokens at most' : 'not reported by the workers', 'The largest number of tokens in one call of a worker'),
    tile('Waited for you', w.waitMs ? duration(w.waitMs) : '–', w.waitMs ? `${share(w.waitMs / Math.max(1, w.durationMs))} of the time` : 'no questions', 'Time in which Claude Code waited for your permission'),
    tile('Sub-agents', w.agentTokens ? share(w.subAgentTokens / w.agentTokens) : '–', w.agentTokens ? 'of Claude Code’s tokens' : 'no spans of Claude Code', 'Share of the tokens that sub-agents used'),
  ]);
}

function stepLabel(ms, stepMs) {
  const midnight = new Date(ms).getHours() === 0 && new Date(ms).getMinutes() === 0;
  return new Intl.DateTimeFormat('en-GB', stepMs >= 86400_000 || (midnight && stepMs >= 3600_000) ? {day: 'numeric', month: 'short'} : {hour: '2-digit', minute: '2-digit'}).format(ms);
}

function stepSpan(ms, stepMs) {
  const format = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', ...(stepMs >= 86400_000 ? {} : {hour: '2-digit', minute: '2-digit'})});
  return format.format(ms);
}

function charts(trends, before, scope) {
  // With few runs, each has its own column. With less than three there is nothing to compare, so their panels are left out.
  const few = trends.whole.runs < 3;
  const each = trends.runs.length > 0;
  const list = trends.runs.filter(run => !run.verdict);
  const steps = trends.steps;
  const statuses = Object.keys(STATUSES).concat(Object.keys(trends.whole.statuses)).filter((s, i, all) => trends.whole.statuses[s] && all.indexOf(s) === i);
  const columns = (ofStep, ofRun, beforeOf, extra) => each
    ? list.map((run, i) => { const parts = ofRun(run); return {label: String(i + 1), title: `${run.title || run.session}: ${words(run.status)}${parts.length ? `, ${parts.map(p => p.label).join(', ')}` : ''}`, href: `/trace/${run.traceId}`, parts}; })
    : steps.map((step, i) => {
      const parts = ofStep(step).filter(part => Number.isFinite(part.value));
      const then = beforeOf && before && before.stepMs === trends.stepMs && before.steps[i] ? beforeOf(before.steps[i]) : NaN;
      return {label: stepLabel(step.atMs, trends.stepMs), href: scope.url({from: step.atMs, to: step.atMs + trends.stepMs, ...extra}), parts, before: Number.isFinite(then) ? then : undefined,
        title: `${stepSpan(step.atMs, trends.stepMs)}: ${parts.map(p => p.label).join(', ') || 'nothing'}${Number.isFinite(then) ? `; in the time before ${then.toPrecision(2)}` : ''}`};
    });
  const look = status => ({tone: statusLook(status).tone, pattern: statusLook(status).pattern});
  const w = trends.whole;
  const per = each ? 'each run, oldest first' : `per ${duration(trends.stepMs)}`;
  const bounds = {from: trends.fromMs, to: trends.toMs + 1};
  const shares = [['worker', 'workerMs', 'worker'], ['decisions', 'callMs', 'model'], ['checks', 'checkMs', 'checks']];
  return [
    few ? null : columnPanel({title: each ? 'Runs by outcome' : 'Outcomes', note: per, total: each ? 'time' : count(w.runs), format: each ? duration : count, none: 'No run in this time range', wide: !each || list.length > 10,
      columns: columns(step => statuses.filter(s => step.statuses[s]).map(s => ({value: step.statuses[s], fill: look(s), label: `${words(s)} ${step.statuses[s]}`})), run => [{value: Math.max(1, run.durationMs), fill: look(run.status), label: duration(run.durationMs)}]),
      legend: statuses.map(s => ({fill: look(s), label: `${statusLook(s).sign} ${words(s)}`, value: count(w.statuses[s]), href: scope.url({...bounds, status: s})}))}),
    each ? null : columnPanel({title: 'Success', note: per, total: share(success(w)), format: share, most: 1, none: 'No run ended in this time range',
      columns: columns(step => [{value: success(step), fill: {tone: 'good', pattern: 0}, label: `${share(success(step))} of ${endedOf(step)}`}], () => [], success)}),
    few ? null : columnPanel({title: 'Cost', note: per, total: moneyAndRehearsed(w), format: money, none: w.rehearsedUsd ? 'Only rehearsals: no cost' : 'No known price in this time range',
      columns: columns(step => [{value: (step.costUsd ?? 0) - step.wastedUsd, fill: ACCENT, label: `${money((step.costUsd ?? 0) - step.wastedUsd)} for tasks that are completed or running`}, {value: step.wastedUsd, fill: {tone: 'bad', pattern: 2}, label: `${money(step.wastedUsd)} wasted`}],
        run => run.costUsd === null ? [] : [{value: run.costUsd, fill: run.status === 'completed' || run.status === 'running' ? ACCENT : {tone: 'bad', pattern: 2}, label: money(run.costUsd)}], undefined, {sort: 'cost'}),
      legend: w.costUsd === null ? undefined : [{fill: ACCENT, label: 'completed or running', value: money(w.costUsd - w.wastedUsd)}, {fill: {tone: 'bad', pattern: 2}, label: 'wasted', value: money(w.wastedUsd), href: scope.url({...bounds, status: 'failed,unproven,stopped', sort: 'cost'})}]}),
    each ? null : columnPanel({title: 'Cost per verified task', note: per, total: Number.isFinite(perTask(w)) ? money(perTask(w)) : undefined, format: money, none: 'No known price, or no verified task',
      columns: columns(step => [{value: perTask(step), fill: ACCENT, label: money(perTask(step))}], () => [], perTask)}),
    rowPanel({title: 'Spend by model', note: 'Used by workers and reasoner', total: w.costUsd === null ? undefined : money(w.costUsd), none: 'No model was called in this time range',
      rows: trends.models.map(model => ({label: model.model, value: w.costUsd === null ? model.inputTokens + model.outputTokens : model.costUsd ?? 0, text: model.costUsd === null ? `${count(model.inputTokens + model.outputTokens)} tokens` : money(model.costUsd), detail: model.costUsd === null ? 'no price' : `${count(model.inputTokens + model.outputTokens)} tokens`, href: scope.url({...bounds, model: model.model, sort: 'cost'})}))}),
    rowPanel({title: 'Evidence', note: 'How well the result was proved', none: 'No run reported its evidence',
      rows: Object.keys(EVIDENCE).filter(level => w.evidence[level]).map(level => ({label: words(level), value: w.evidence[level], text: count(w.evidence[level]), detail: share(w.evidence[level] / w.runs), href: scope.url({...bounds, evidence: level}), fill: {tone: level === 'none' || level === 'unchanged' ? 'open' : 'good', pattern: 4 - EVIDENCE[level].bars}}))}),
    few ? null : columnPanel({title: 'Rounds to done', note: 'Completed runs by their number of rounds', total: Number.isFinite(median(w.roundsToDone)) ? `median ${median(w.roundsToDone)}` : undefined, format: count, none: 'No run was completed in this time range',
      columns: histogram(w.roundsToDone).map(([rounds, n]) => ({label: String(rounds), title: `${plural(rounds, 'round')}: ${plural(n, 'run')}`, href: scope.url({...bounds, status: 'completed', sort: 'rounds'}), parts: [{value: n, fill: ACCENT, label: ''}]}))}),
    few ? null : columnPanel({title: 'Time by activity', note: per, total: duration(w.durationMs), format: duration, none: 'No span has a duration',
      columns: columns(step => timeParts(step, shares), run => timeParts(run, shares)),
      legend: timeParts(w, shares).map(part => ({fill: part.fill, label: part.name, value: duration(part.value)}))}),
    few ? null : columnPanel({title: 'Cache hits', note: `${per}; share of the sent tokens`, total: Number.isFinite(cached(w)) ? share(cached(w)) : undefined, format: share, most: 1, none: 'No tokens in this time range',
      columns: columns(step => [{value: cached(step), fill: ACCENT, label: share(cached(step))}], run => run.inputTokens ? [{value: run.cacheReadTokens / run.inputTokens, fill: ACCENT, label: share(run.cacheReadTokens / run.inputTokens)}] : [], cached)}),
    few ? null : columnPanel({title: 'Context window', note: `${per}; the largest number of tokens in one call`, total: w.contextTokens ? count(w.contextTokens) : undefined, format: count, none: 'No worker reported its context size',
      columns: columns(step => [{value: step.contextTokens, fill: ACCENT, label: `${count(step.contextTokens)} tokens`}], run => [{value: run.contextTokens, fill: ACCENT, label: `${count(run.contextTokens)} tokens`}])}),
  ];
}

/** Panels with data; the empty ones are listed in one line, with the reason. */
function panelsOf(all) {
  const panels = all.filter(Boolean);
  const silent = panels.filter(panel => panel.querySelector('.none'));
  return [h('div.panels', {}, panels.filter(panel => !silent.includes(panel))),
    silent.length ? h('p.muted.silent', {}, silent.map(panel => `${panel.getAttribute('aria-label')}: ${panel.querySelector('.none').textContent}.`).join(' ')) : null];
}

function timeParts(sums, shares) {
  const known = shares.reduce((sum, [, key]) => sum + sums[key], 0);
  const rest = Math.max(0, sums.durationMs - known);
  return [...shares.map(([name, key, tone]) => ({name, value: sums[key], fill: {tone, pattern: 0}, label: `${name} ${duration(sums[key])}`})),
    {name: 'waiting, other', value: rest, fill: {tone: 'waiting', pattern: 2}, label: `waiting, other ${duration(rest)}`}].filter(part => part.value > 0);
}

/** All numbers from the lowest to the highest, as long as there is room. */
function histogram(counts) {
  const known = Object.entries(counts).map(([k, n]) => [Number(k), n]).sort((a, b) => a[0] - b[0]);
  if (!known.length) return [];
  const last = known[known.length - 1][0];
  if (last > 40) return known;
  return Array.from({length: Math.max(6, last)}, (_, i) => [i + 1, counts[i + 1] || 0]);
}

const sum = lines => lines.reduce((all, line) => all + line.total, 0);
const of = (lines, label) => lines.find(line => line.label === label)?.total || 0;

function machineryCharts(p) {
  const base = {times: p.times, step: p.stepSeconds};
  const seconds = v => duration(v * 1000);
  const parts = p.tokens.filter(line => line.label !== 'input' && line.label !== 'output');
  const tokens = timePanel({...base, title: 'Tokens', lines: p.tokens.filter(line => !parts.includes(line)), kind: 'bars', format: count,
    total: count(of(p.tokens, 'input') + of(p.tokens, 'output')), none: 'No tokens in this time range'});
  if (parts.some(line => line.total)) tokens.append(h('p.muted', {}, 'Of these: ', parts.filter(l => l.total).map(line => `${line.label.replaceAll('_', ' ')} ${count(line.total)}`).join(', ')));
  return [
    timePanel({...base, title: 'Task duration', lines: p.taskDuration, kind: 'lines', format: seconds, none: 'No task ended in this time range'}),
    timePanel({...base, title: 'Verifications', lines: p.verifications, kind: 'bars', format: count, none: 'No verification in this time range'}),
    barPanel({title: 'Decisions', lines: p.decisions, format: count, total: count(sum(p.decisions)), none: 'No decision in this time range'}),
    timePanel({...base, title: 'Active sessions', lines: p.active.map(l => ({...l, total: Math.max(...l.values)})), kind: 'area', format: count, none: 'No session in this time range'}),
    timePanel({...base, title: 'Reasoner latency', lines: p.modelLatency, kind: 'lines', format: seconds, none: 'No call in this time range'}),
    timePanel({...base, title: 'Round duration', lines: p.workerLatency, kind: 'lines', format: seconds, none: 'No round in this time range'}),
    tokens,
    timePanel({...base, title: 'API requests', lines: p.requests, kind: 'bars', format: count, total: count(sum(p.requests)), none: 'No request in this time range'}),
    barPanel({title: 'API errors', lines: p.errors, format: count, none: 'No errors in this time range'}),
    barPanel({title: 'Tools used by the worker', lines: p.tools, format: count, total: count(sum(p.tools)), none: 'No tool was used in this time range'}),
    p.stalls.length ? barPanel({title: 'Stalls', lines: p.stalls, format: count}) : null,
  ];
}
