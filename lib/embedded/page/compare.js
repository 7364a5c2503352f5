// Two runs side by side: their data, their usage, and the first step that differs.
import {ask, h, query, replace} from '/page/dom.js';
import {count, duration, money, plural, timeElement} from '/page/format.js';
import {flatten, spans as readSpans, toMillis, tree} from '/page/otlp.js';
import {runTable} from '/page/runs.js';
import {evidenceMark, rehearsalTag, statusPill, words} from '/page/status.js';
import {decisiveLines, readRun, sessions} from '/page/story.js';

export async function compare(view, {signal, path, go}) {
  const [, , a, b] = path.split('/');
  if (!a) { go('/runs'); return; }
  if (!b) { await chooseOther(view, a, signal); return; }
  const runs = await Promise.all([a, b].map(async id => {
    const rows = flatten(tree(readSpans(await ask(`/api/traces/${encodeURIComponent(id)}`, signal))).roots);
    const run = readRun(rows, sessions(rows)[0] || '');
    if (!run) throw new Error(`Trace ${id} contains no run of AgentProxy.`);
    return {...run, traceId: id};
  }));
  document.title = 'Two runs – AgentProxy';
  replace(view, h('div.head', {}, h('h1', {}, 'Two runs'), h('span.spacer', {}), h('a.button', {href: `/compare/${b}/${a}`}, 'Swap')), figures(runs), parting(runs));
}

async function chooseOther(view, a, signal) {
  const list = await ask(`/api/runs?${query({limit: 50})}`, signal);
  const others = list.runs.filter(run => run.traceId !== a);
  const table = runTable(others);
  table.querySelectorAll('a.row').forEach((link, i) => { link.href = `/compare/${a}/${others[i].traceId}`; });
  replace(view, h('div.head', {}, h('h1', {}, 'Compare with which run?')), others.length ? table : h('div.empty', {}, h('h2', {}, 'There is no other run'), h('p', {}, h('a', {href: `/trace/${a}`}, 'Back to the run'))));
}

/** The difference of the second run, without judging it. */
function difference(x, y, format) {
  if (x === undefined || y === undefined || x === null || y === null || x === y) return '';
  const by = y - x;
  const times = x > 0 && y > 0 ? y / x : 0;
  return `${by > 0 ? '+' : '−'}${format(Math.abs(by))}${times >= 2 ? ` (×${times.toFixed(1)})` : times > 0 && times <= 0.5 ? ` (÷${(1 / times).toFixed(1)})` : ''}`;
}

function figures([a, b]) {
  const checks = run => run.steps.filter(step => step.kind === 'check');
  const red = run => checks(run).filter(step => step.result === 'fail').length;
  const tools = run => run.steps.flatMap(step => step.tools || []);
  const shareMs = key => run => run.shares.byShare[key].ms;
  const rows = [
    ['Task', run => h('a', {href: `/trace/${run.traceId}`, title: run.title}, run.title ? run.title.slice(0, 200) : run.verdict ? `pa verify ${run.session}` : run.session)],
    ['Outcome', run => h('span', {}, statusPill(run.status), ' ', run.rehearsal ? rehearsalTag() : null)],
    ['Evidence', run => evidenceMark(run.evidence) || '–'],
    ['Started', run => timeElement(h, toMillis(run.start))],
    ['Rounds', run => count(run.roundCount), run => run.roundCount, count],
    ['Time', run => duration(run.ms), run => run.ms, duration],
    ['… worker', run => duration(shareMs('worker')(run)), shareMs('worker'), duration], ['… decisions', run => duration(shareMs('model')(run)), shareMs('model'), duration],
    ['… checks', run => duration(shareMs('checks')(run)), shareMs('checks'), duration], ['… waiting', run => duration(shareMs('waiting')(run)), shareMs('waiting'), duration],
    ['Tokens in', run => count(run.used.input), run => run.used.input, count], ['… from the cache', run => count(run.used.cacheRead), run => run.used.cacheRead, count], ['Tokens out', run => count(run.used.output), run => run.used.output, count],
    ['Cost', run => run.used.costUsd === undefined ? 'price unknown' : h(run.rehearsal ? 'span.rehearsed' : 'span', {}, money(run.used.costUsd), run.rehearsal ? ' rehearsed' : ''), run => run.rehearsal ? undefined : run.used.costUsd, money],
    ['Checks', run => `${count(checks(run).length)}, ${count(red(run))} red`], ['Tools', run => count(tools(run).length), run => tools(run).length, count], ['… failed', run => count(tools(run).filter(t => t.failed).length), run => tools(run).filter(t => t.failed).length, count],
    ['Reasoner', run => run.reasoner], ['Worker', run => run.worker], ['Project', run => run.project],
  ];
  return h('div.table-wrap', {}, h('table.versus', {}, h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, h('span.hidden', {}, 'What')), h('th', {scope: 'col'}, 'A'), h('th', {scope: 'col'}, 'B'), h('th', {scope: 'col'}, 'B against A'))),
    h('tbody', {}, rows.map(([name, show, value, format]) => h('tr', {}, h('th', {scope: 'row'}, name), h('td', {}, show(a)), h('td', {}, show(b)), h('td.muted', {}, value ? difference(value(a), value(b), format) : ''))))));
}

const kindOfStep = step => [step.kind, step.kind === 'check' ? `${step.function}:${step.result}` : step.kind === 'decision' ? step.function : step.kind === 'action' ? step.function : step.failure || ''].join(' ');

/** A step in a few words, for a column beside the other run's. */
function brief(step) {
  const tools = (step.tools || []).reduce((all, tool) => all.set(tool.name, (all.get(tool.name) || 0) + 1), new Map());
  switch (step.kind) {
    case 'worker': return [h('b', {}, 'Work '), [...tools].map(([name, n]) => n > 1 ? `${name} ×${n}` : name).join(', '), step.failure ? ` – ${words(step.failure)}` : ''];
    case 'check': return [h('b', {}, `${words(step.function)}: ${step.result} `), step.result === 'fail' && step.text ? h('span.mono.muted', {}, decisiveLines(step.text, step.result, 1).join('').slice(0, 120)) : ''];
    case 'decision': return [h('b', {}, '→ ', step.function || 'nothing'), step.text ? h('span.muted', {}, ` ${step.text.slice(0, 160)}`) : ''];
    default: return [h('b', {}, words(step.function || step.span.name.replace(/^pa\./, ''))), step.refused ? ' refused' : ''];
  }
}

function parting([a, b]) {
  const length = Math.max(a.steps.length, b.steps.length);
  const roundOf = run => new Map(run.rounds.flatMap(round => round.steps.map(step => [step.id, round.number])));
  const rounds = [roundOf(a), roundOf(b)];
  let parts = -1;
  for (let i = 0; i < length && parts < 0; i++) if (!a.steps[i] || !b.steps[i] || kindOfStep(a.steps[i]) !== kindOfStep(b.steps[i])) parts = i;
  const cell = (run, i, side) => { const step = run.steps[i]; return step ? h('td', {}, h('a.quiet', {href: `/trace/${run.traceId}#${step.id}`}, brief(step)), h('span.muted.when', {}, `${rounds[side].get(step.id) ? `round ${rounds[side].get(step.id)}` : 'before the first round'} · ${duration(step.ms)}`)) : h('td.muted', {}, i === run.steps.length ? `ended ${words(run.status)}` : ''); };
  const where = parts < 0 ? 'Both took the same steps.' : `They differ from step ${parts + 1}${a.steps[parts] ? `, in round ${rounds[0].get(a.steps[parts].id)} of A` : ''}.`;
  return [h('div.section', {}, h('h2', {}, 'Step by step'), h('span.muted', {}, where)),
    h('div.table-wrap', {}, h('table.versus.steps', {}, h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, h('span.hidden', {}, 'Step')), h('th', {scope: 'col'}, `A: ${plural(a.steps.length, 'step')}`), h('th', {scope: 'col'}, `B: ${plural(b.steps.length, 'step')}`))),
      h('tbody', {}, Array.from({length: Math.min(length, 400)}, (_, i) => h(`tr${i === parts ? '.parts' : parts >= 0 && i > parts ? '.after' : ''}`, {}, h('th', {scope: 'row'}, i === parts ? `${i + 1} ≠` : i + 1), cell(a, i, 0), cell(b, i, 1))))))];
}
