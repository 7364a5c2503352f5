// One trace. A run of AgentProxy is shown as a story with a waterfall beside it, any other trace as a waterfall only.
// The view is built once; later data is added to it, so that scroll position, selection and opened parts stay.
import {ask, h, pasteable, replace, shape} from '/page/dom.js';
import {count, duration, money, plural, timeElement} from '/page/format.js';
import {flatten, logs as readLogs, millisBetween, spans as readSpans, toMillis, tree} from '/page/otlp.js';
import {createDetail, facts} from '/page/detail.js';
import {kindOf} from '/page/labels.js';
import {logRow} from '/page/logs.js';
import {createRibbon} from '/page/ribbon.js';
import {evidenceMark, EVIDENCE, FAILED, rehearsalTag, statusLook, statusPill, words} from '/page/status.js';
import {descendants, readRun, sessions, stepOf} from '/page/story.js';
import {createStory} from '/page/storyview.js';
import {createWaterfall} from '/page/waterfall.js';

/** @typedef {import('/page/otlp.js').Span} Span */

const COLOURS = ['--c6', '--c4', '--c7', '--c5', '--c3', '--c8', '--c1', '--c2'];
const LOGS_SHOWN = 200;

/** The present view. */
let mounted = null;

export async function trace(view, context) {
  const {signal, path, params} = context;
  const traceId = path.split('/')[2].toLowerCase();
  const same = mounted?.traceId === traceId && mounted.session === (params.get('session') || '') && mounted.element.isConnected;
  if (!same) replace(view, shape());
  let data;
  try {
    data = await ask(`/api/traces/${encodeURIComponent(traceId)}`, signal);
  } catch (error) {
    if (error.status !== 404 && error.status !== 400) throw error;
    mounted = null;
    replace(view, h('div.empty', {}, h('h1', {}, error.status === 404 ? 'This trace is not here (yet)' : 'This is not a trace id'),
      h('p', {}, error.status === 404 ? 'Spans arrive when they end, so a new run appears after its first step; this page waits for it. Or the trace was too old and was removed, or it was sent to another receiver.' : error.message),
      h('p', {}, h('a', {href: '/runs'}, 'Show all runs'))));
    return;
  }
  const records = await ask(`/api/traces/${traceId}/logs`, signal);
  if (signal.aborted) return;
  if (!same) mounted = mount(traceId, params, context);
  mounted.update(readSpans(data), readLogs(records));
  if (same && context.first) mounted.follow();
  if (!same) {
    replace(view, mounted.element);
    mounted.shown();
  }
}

/** @param {string} traceId */
function mount(traceId, params, context) {
  const state = {traceId, rows: [], byId: new Map(), start: 0n, whole: 1, folded: new Set(), selected: location.hash.slice(1), active: location.hash.slice(1), step: '', only: params.get('only') || '',
    query: '', colours: new Map(), run: null, session: params.get('session') || '', within: () => true};
  const actions = {
    select(id, from) {
      state.selected = id;
      history.replaceState(null, '', `${location.pathname}${location.search}#${id}`);
      reflect(from);
    },
    close() {
      state.selected = '';
      history.replaceState(null, '', location.pathname + location.search);
      reflect('close');
      waterfall.focus();
    },
    filter(share) {
      state.only = share;
      const search = new URLSearchParams(location.search);
      if (share) search.set('only', share); else search.delete('only');
      history.replaceState(null, '', `${location.pathname}${search.size ? `?${search}` : ''}${location.hash}`);
      draw();
    },
  };
  const head = h('div.run-head', {});
  const ribbon = createRibbon(state, actions);
  const story = createStory(state, actions);
  const waterfall = createWaterfall(state, actions);
  const detail = createDetail(state, actions);
  const logs = h('section.trace-logs', {});
  const note = h('div.note', {hidden: true});
  const tellers = h('div.story', {}, note, story.element);
  const side = h('div.side', {}, waterfall.element, detail.element);
  const split = h('div.split', {}, tellers, side);
  const element = h('div.trace', {}, head, ribbon.element, split, logs);

  function draw() {
    const run = state.run;
    state.within = run && state.only ? shareTest(run, state.only) : () => true;
    element.classList.toggle('is-run', Boolean(run));
    ribbon.element.hidden = !run;
    tellers.hidden = !run;
    if (run) {
      ribbon.update(run);
      story.update(run);
      note.hidden = run.content || Boolean(run.title) || run.status === 'running';
      if (!note.hidden && !note.firstChild) replace(note, h('span', {}, 'The texts of this run were not sent, so only its structure is shown. With '), h('code', {}, 'AGENTPROXY_CONTENT=local'), ' later runs also send task, instructions, answers and the output of checks; the texts stay on this machine. ', h('code', {}, pasteable('eval "$(jbang stack env)"')), ' sets it for this engine.');
    }
    waterfall.update();
    reflect('update');
  }

  function reflect(from) {
    const span = state.byId.get(state.selected);
    state.step = span && state.run ? stepOf(state.run, span, state.byId) : '';
    detail.show(span);
    element.classList.toggle('open', Boolean(span));
    if (from !== 'update') {
      if (state.run) ribbon.update(state.run);
      if (span) { if (from !== 'waterfall') waterfall.selected(span.id); else waterfall.selected(span.id); } else waterfall.selected('');
    }
    story.selected(from === 'waterfall' || from === 'ribbon' || from === 'first');
  }

  return {traceId, session: state.session, element,
    /** The address has changed: back, forward, or a link to a span of this trace. */
    follow() { state.selected = location.hash.slice(1); reflect('first'); },
    update(spans, records) {
      const {roots, byId} = tree(spans);
      for (const log of records) byId.get(log.spanId)?.logs.push(log);
      state.byId = byId;
      state.rows = flatten(roots);
      state.start = state.rows.reduce((min, span) => span.start < min ? span.start : min, state.rows[0].start);
      const end = state.rows.reduce((max, span) => span.end > max ? span.end : max, state.rows[0].end);
      state.whole = Math.max(millisBetween(state.start, end), 0.000001);
      const services = [...new Set(state.rows.map(span => span.service))].sort();
      state.colours = new Map(services.map((service, i) => [service, COLOURS[i % COLOURS.length]]));
      const ids = sessions(state.rows);
      state.run = readRun(state.rows, state.session || ids[0] || '');
      header(head, state, ids, records, context);
      draw();
      logSection(logs, records, element);
    },
    shown() { waterfall.update(); reflect(state.selected ? 'first' : 'update'); },
  };
}

/** Whether a span belongs to an activity of the ribbon. */
function shareTest(run, share) {
  const ids = new Set();
  for (const step of run.steps) {
    if (share === 'waiting') { for (const span of descendants(step.span)) if (kindOf(span) === 'wait') ids.add(span.id); continue; }
    if (step.share !== share) continue;
    ids.add(step.id);
    for (const span of descendants(step.span)) ids.add(span.id);
  }
  return span => ids.has(span.id);
}

/** Outcome and evidence in one sentence. */
function sentence(run) {
  const look = statusLook(run.status);
  const evidence = run.evidence ? EVIDENCE[run.evidence] : null;
  const verdict = run.verdict && run.status === 'verification_failed' ? 'A check fails' : '';
  const because = evidence && !verdict ? `: ${evidence.text}${run.reviewer ? ` (${run.reviewer})` : ''}` : '';
  const size = [run.roundCount ? plural(run.roundCount, 'round') : '', run.decisions ? plural(run.decisions, 'decision') : ''].filter(Boolean).join(' and ');
  const doubts = run.suspicions ? ` ${plural(run.suspicions, 'suspicion')} about the change ${run.suspicions === 1 ? 'is' : 'are'} open.` : '';
  const last = FAILED.includes(run.status) ? [...run.steps].reverse().find(step => step.kind === 'check' && step.result === 'fail') : null;
  return [verdict || (run.endedBy === 'recovery' ? 'Killed: this is the data that the next run found' : look.text), because, size ? `, after ${size} in ${duration(run.ms)}.` : `, in ${duration(run.ms)}.`, doubts,
    last && !run.verdict ? ` The last check failed: ${words(last.function)}.` : '', run.guarded ? ` ${plural(run.guarded, 'file that defines the check was', 'files that define the check were')} changed.` : ''].join('');
}

const shortTitle = text => { const line = text.split('\n').find(l => l.trim()) || text; return line.length > 160 ? `${line.slice(0, 157)}…` : line; };

function header(head, state, ids, records, context) {
  const {run, rows, traceId} = state;
  const errors = rows.filter(span => span.error).length;
  const main = rows.find(span => !span.missing && span.depth === 0) || rows[0];
  const title = run ? run.title ? shortTitle(run.title) : run.verdict ? 'Verdict of pa verify' : run.session ? `Run ${run.session}` : 'Run' : main.missing ? 'Trace in progress' : main.name;
  document.title = `${title} – AgentProxy`;
  const file = `${run && run.session ? `agentproxy-run-${run.session}` : `trace-${traceId.slice(0, 12)}`}.json`;
  const focused = head.contains(document.activeElement) ? document.activeElement.id : '';
  replace(head,
    h('div.head', {}, h('h1', {title: run?.title || null}, title), h('span.spacer', {}),
      run && ids.length > 1 ? h('label.inline', {}, 'Run ', h('select', {id: 'which-run', onchange: event => context.go(`/trace/${traceId}?session=${encodeURIComponent(event.target.value)}`)}, ids.map(id => h('option', {value: id, selected: id === run.session}, id)))) : null,
      run ? h('a.button', {id: 'compare', href: `/compare/${traceId}`}, 'Compare') : null,
      h('a.button', {id: 'export', href: `/api/traces/${traceId}?download=1`, download: file}, 'Export'),
      h('button.button', {id: 'delete', type: 'button', onclick: () => remove(traceId, run, context)}, 'Delete')),
    run ? h('p.sentence', {}, statusPill(run.status), evidenceMark(run.evidence), run.rehearsal ? rehearsalTag() : null, h('span', {}, sentence(run))) : null,
    run && FAILED.includes(run.status) && run.reason ? h('pre.lines.bad', {}, run.reason.slice(0, 600)) : null,
    facts(run ? [['Started', timeElement(h, toMillis(run.start))], ['Time', duration(run.ms)], ['Tokens', h('span', {title: `${count(run.used.cacheRead)} of them from the cache`}, `${count(run.used.input)} → ${count(run.used.output)}`)],
      [run.rehearsal ? 'Rehearsal' : 'Cost', run.used.costUsd === undefined ? 'price unknown' : money(run.used.costUsd)], ['Project', run.project], ['Reasoner', run.reasoner], ['Worker', run.worker],
      ['Exit code', run.exitCode === undefined ? '' : String(run.exitCode)], ['Session', h('span.mono', {}, run.session)], ['Task', run.title ? '' : run.taskLength ? `${count(run.taskLength)} characters, text not sent` : ''],
      ['Sub-agents', run.agents.theirs ? `${Math.round(run.agents.theirs / run.agents.all * 100)} % of Claude Code’s tokens` : '']]
      : [['Started', timeElement(h, toMillis(state.start))], ['Time', duration(state.whole)], ['Spans', count(rows.length)], ['Errors', errors ? h('span.mark', {}, count(errors)) : '0'], ['Trace', h('span.mono', {}, traceId)]]));
  if (focused) document.getElementById(focused)?.focus({preventScroll: true});
}

async function remove(traceId, run, context) {
  if (!confirm(`Delete ${run ? `run ${run.session}` : 'this trace'} from this engine? Its spans and log records are deleted here, but not in other places.`)) return;
  await ask(`/api/traces/${traceId}`, undefined, 'DELETE');
  mounted = null;
  context.go(run ? '/runs' : '/traces');
}

function logSection(section, records, element) {
  if (!records.length) { replace(section); return; }
  const opened = new Set([...section.querySelectorAll('details[open]')].map(d => d.dataset.key));
  const all = section.dataset.all === 'yes';
  const shown = all ? records : records.slice(0, LOGS_SHOWN);
  replace(section, h('div.section', {}, h('h2', {}, 'Log records'), h('span.muted', {}, count(records.length))),
    h('div.table-wrap.log-list', {}, shown.map(log => logRow(log, true, opened))),
    shown.length < records.length ? h('button.button.more', {type: 'button', onclick: () => { section.dataset.all = 'yes'; logSection(section, records, element); }}, `Show all ${count(records.length)}`) : null);
}
