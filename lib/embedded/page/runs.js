// The runs of AgentProxy: sorted by any column, filtered, two of them compared.
import {ask, empty, h, query, replace} from '/page/dom.js';
import {count, duration, money, plural, timeElement} from '/page/format.js';
import {rangeControl, readRange} from '/page/range.js';
import {EVIDENCE, evidenceMark, rehearsalTag, STATUSES, statusPill, words} from '/page/status.js';

const PAGE = 50;
const FILTERS = ['text', 'status', 'evidence', 'project', 'worker', 'reasoner', 'model', 'rehearsals'];

/** @type {Array<[string, string, string, string]>} sort key, heading, class, label on a phone */
const COLUMNS = [['title', 'Run', 'main', ''], ['status', 'Outcome', '', ''], ['evidence', 'Evidence', '', ''], ['start', 'Started', '', ''], ['duration', 'Time', 'num', 'took'],
  ['rounds', 'Rounds', 'num', 'rounds'], ['tokens', 'Tokens', 'num', 'tokens'], ['cost', 'Cost', 'num', 'cost'], ['project', 'Project', 'wide-only', 'in'], ['reasoner', 'Reasoner', 'wide-only', ''], ['worker', 'Worker', 'wide-only', '']];
const FALLING = new Set(['start', 'duration', 'rounds', 'tokens', 'cost', 'evidence']);

export const firstSteps = () => empty('Nothing has arrived yet',
  'The engine is ready and listens for OpenTelemetry on ports 4317 (gRPC) and 4318 (HTTP). Turn telemetry on in a shell and start a run of AgentProxy; a rehearsal needs no key and calls no model.',
  'eval "$(jbang stack env)"', 'jbang pa --rehearse "Create a hello world script"');

/** The cost of a run; for a rehearsal the made-up cost, marked as such. */
export const runCost = run => run.rehearsal ? h('span.rehearsed', {title: 'Rehearsal: no cost'}, run.rehearsedUsd === null ? '–' : money(run.rehearsedUsd)) : money(run.costUsd);

/** "$12.40 + $1.14 rehearsed". */
export const moneyAndRehearsed = sums => [sums.costUsd === null && sums.rehearsedUsd ? '' : money(sums.costUsd ?? 0), sums.rehearsedUsd ? `+ ${money(sums.rehearsedUsd)} rehearsed` : ''].filter(Boolean).join(' ');

/**
 * @param {object[]} runs
 * @param {{heading?: (key: string, label: string, selector: string) => HTMLElement, chosen?: Set<string>, choose?: (run: object, on: boolean) => void}} [options]
 */
export function runTable(runs, {heading, chosen, choose} = {}) {
  return h('div.table-wrap.cards', {}, h('table.runs', {},
    h('thead', {}, h('tr', {}, choose ? h('th.pick', {scope: 'col'}, h('span.hidden', {}, 'Compare')) : null,
      COLUMNS.map(([key, label, selector]) => heading ? heading(key, label, selector) : h(`th${selector ? `.${selector}` : ''}`, {scope: 'col'}, label)))),
    h('tbody', {}, runs.map(run => h('tr', {},
      choose ? h('td.pick', {}, h('input', {type: 'checkbox', 'aria-label': `Compare run ${run.title || run.session}`, checked: chosen.has(run.traceId), onchange: event => choose(run, event.target.checked)})) : null,
      h('td.main', {}, h('a.row', {href: `/trace/${run.traceId}`, title: run.title || run.session}, run.title || (run.verdict ? 'pa verify' : '') || h('span.mono', {}, run.session || run.traceId.slice(0, 16))),
        h('span.sub', {}, run.title || run.verdict ? h('span.mono', {}, run.session) : null, run.verdict ? h('span.tag', {title: 'A verdict of pa verify about an existing change; figures about runs do not include it'}, 'verdict') : null, run.rehearsal ? rehearsalTag() : null)),
      h('td', {}, statusPill(run.status)),
      h(run.evidence ? 'td' : 'td.none', {}, evidenceMark(run.evidence) || h('span.muted', {}, '–')),
      h('td', {}, timeElement(h, run.startMs)),
      h('td.num', {'data-label': 'took'}, duration(run.durationMs)),
      h('td.num', {'data-label': 'rounds'}, count(run.rounds)),
      h('td.num', {'data-label': 'tokens', title: `${count(run.inputTokens)} in (${count(run.cacheReadTokens)} from the cache), ${count(run.outputTokens)} out`}, run.inputTokens || run.outputTokens ? `${count(run.inputTokens)} → ${count(run.outputTokens)}` : h('span.muted', {}, '–')),
      h('td.num', {'data-label': 'cost'}, runCost(run)),
      h('td.wide-only', {'data-label': 'in'}, h('span.cut', {title: run.project}, run.project)), h('td.wide-only', {}, h('span.cut', {title: run.reasoner}, run.reasoner)), h('td.wide-only', {}, h('span.cut', {title: run.worker}, run.worker)))))));
}

/** Ticked runs; kept during sorting and filtering. */
const chosen = new Map();

export async function runs(view, {signal, params, go}) {
  const filter = Object.fromEntries(FILTERS.map(name => [name, params.get(name) || '']));
  const range = readRange(params);
  const sort = params.get('sort') || 'start';
  const direction = params.get('direction') || (FALLING.has(sort) ? 'desc' : 'asc');
  const asked = {...filter, from: range.from, to: range.to, sort, direction};
  const [first, choices] = await Promise.all([ask(`/api/runs?${query({...asked, limit: PAGE})}`, signal), ask('/api/runs/choices', signal)]);
  const filtered = Object.values(filter).some(Boolean) || range.key;
  if (!first.count && !filtered) { replace(view, firstSteps()); return; }
  const url = values => `/runs?${query({...filter, ...range.params, sort: params.get('sort'), direction: params.get('direction'), ...values})}`;
  const change = () => go(url(Object.fromEntries(new FormData(form))));
  const select = (name, label, values, shown = v => v) => values.length || filter[name] ? h('label', {}, label, h('select', {name, id: `runs-${name}`}, h('option', {value: ''}, 'all'),
    [...new Set([...values, filter[name]].filter(Boolean))].map(v => h('option', {value: v, selected: v === filter[name]}, shown(v))))) : null;
  const narrowing = FILTERS.slice(1).filter(name => filter[name]).length;
  const more = h('button.button.more-filters', {type: 'button', 'aria-expanded': 'false', onclick: () => more.setAttribute('aria-expanded', String(more.getAttribute('aria-expanded') !== 'true'))}, narrowing ? `Filters (${narrowing})` : 'Filters');
  const form = h('form.filters', {onsubmit: e => { e.preventDefault(); change(); }, onchange: change},
    h('label.grow', {}, 'Words', h('input', {name: 'text', id: 'runs-text', type: 'search', value: filter.text, placeholder: 'from the task, a check, an error …'})), more,
    select('status', 'Outcome', ['failed', ...Object.keys(STATUSES)], v => v === 'failed' ? 'failed (any way)' : words(v)),
    select('evidence', 'Evidence', Object.keys(EVIDENCE), words), select('project', 'Project', choices.project), select('worker', 'Worker', choices.worker), select('reasoner', 'Reasoner', choices.reasoner),
    select('model', 'Model', choices.model), select('rehearsals', 'Rehearsals', ['none', 'only'], v => v === 'none' ? 'excluded' : 'only these'));
  const heading = (key, label, selector) => {
    const active = key === sort;
    const next = active ? (direction === 'asc' ? 'desc' : 'asc') : FALLING.has(key) ? 'desc' : 'asc';
    return h(`th${selector ? `.${selector}` : ''}`, {scope: 'col', 'aria-sort': active ? (direction === 'asc' ? 'ascending' : 'descending') : 'none'},
      h('a.sort', {href: url({sort: key, direction: next})}, label, h('span.arrow', {'aria-hidden': 'true'}, active ? direction === 'asc' ? '▲' : '▼' : '')));
  };
  const list = h('div', {});
  const bar = h('div.compare-bar', {hidden: true});
  const ids = new Set(chosen.keys());
  const pick = (run, on) => {
    if (on) chosen.set(run.traceId, run); else chosen.delete(run.traceId);
    // Only two can be compared: a third one replaces the first.
    while (chosen.size > 2) { const oldest = chosen.keys().next().value; chosen.delete(oldest); }
    list.querySelectorAll('td.pick input').forEach((box, i) => { box.checked = chosen.has(rows[i].traceId); });
    showBar();
  };
  const showBar = () => {
    bar.hidden = !chosen.size;
    const [a, b] = [...chosen.values()];
    if (a) replace(bar, h('span', {}, b ? 'Compare the two ticked runs' : 'Tick one more run to compare'), b ? h('a.button.primary', {href: `/compare/${a.traceId}/${b.traceId}`}, 'Compare') : null, h('button.button', {type: 'button', onclick: () => { chosen.clear(); list.querySelectorAll('td.pick input').forEach(box => { box.checked = false; }); showBar(); }}, 'Clear'));
  };
  let rows = first.runs;
  const draw = () => {
    replace(list, runTable(rows, {heading, chosen: ids, choose: pick}),
      rows.length < first.count ? h('button.button.more', {type: 'button', onclick: async () => { list.dataset.expanded = 'yes'; rows = rows.concat((await ask(`/api/runs?${query({...asked, skip: rows.length, limit: PAGE})}`)).runs); draw(); }}, `Show more of ${count(first.count)}`) : null);
  };
  if (rows.length) draw();
  else replace(list, h('div.empty', {}, h('h2', {}, filter.status ? `No run is ${words(filter.status)}` : 'No run matches'), h('p', {}, h('a', {href: '/runs'}, 'Show all runs'))));
  showBar();
  replace(view, h('div.head', {}, h('h1', {}, 'Runs'), h('span.muted', {}, `${plural(first.count, 'run')}${first.rehearsals && first.rehearsals < first.count ? `, ${count(first.rehearsals)} rehearsed` : ''} · ${moneyAndRehearsed(first)}`), h('span.spacer', {}),
    rangeControl(range, key => go(url({range: key, from: '', to: ''})))), form, list, bar);
}
