// Shows a run round by round: instruction, work, check, decision. Opened parts, selection and scroll position survive updates.
import {h} from '/page/dom.js';
import {count, duration, money, plural, share as percent} from '/page/format.js';
import {shortModel} from '/page/labels.js';
import {argumentsTable, conversation, prose, readMessages} from '/page/messages.js';
import {decisiveLines} from '/page/story.js';
import {words} from '/page/status.js';

const TOOLS_SHOWN = 10;
const HEAD = {worker: 'Work', check: 'Check', decision: 'Decision', action: 'Action', start: 'Before the first round'};

/**
 * @param {object} state
 * @param {{select: (id: string, from: string) => void}} actions
 */
export function createStory(state, actions) {
  const element = h('ol.rounds', {'aria-label': 'Rounds'});
  const drawn = new Map();
  return {element, update(run) {
    const blocks = run.rounds.filter(round => !state.only || round.steps.some(step => step.share === state.only));
    const next = blocks.map(round => {
      const signature = JSON.stringify([state.only, run.rehearsal, round.steps.map(step => [step.id, step.ms, step.result, step.text?.length, step.answer?.length, step.tools?.length, step.span.missing, step.used.costUsd])]);
      const key = `${round.number}-${round.steps[0].id}`;
      const before = drawn.get(key);
      if (before?.signature === signature) return before.element;
      const opened = before ? [...before.element.querySelectorAll('details[open]')].map(d => d.dataset.key) : [];
      const made = roundBlock(run, round, state, actions);
      made.querySelectorAll('details').forEach(d => { if (opened.includes(d.dataset.key)) d.open = true; });
      drawn.set(key, {signature, element: made});
      return made;
    });
    // Only changed elements are replaced, so that the page does not jump.
    next.forEach((block, i) => { if (element.children[i] !== block) element.insertBefore(block, element.children[i] || null); });
    while (element.children.length > next.length) element.lastElementChild.remove();
    this.selected();
  }, selected(reveal) {
    element.querySelectorAll('.step').forEach(step => step.classList.toggle('on', step.dataset.span === state.step));
    element.querySelectorAll('.tool').forEach(tool => tool.classList.toggle('on', tool.dataset.span === state.selected));
    if (reveal) element.querySelector('.step.on')?.scrollIntoView({block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
  }};
}

function roundBlock(run, round, state, actions) {
  const steps = round.steps.filter(step => !state.only || step.share === state.only);
  const quiet = round.number === 0 && steps.every(step => step.kind === 'start' && !step.failure);
  return h(`li.round${quiet ? '.quiet' : ''}`, {id: `round-${round.number}`},
    quiet ? null : h('header', {}, h('h2', {}, round.number ? `Round ${round.number}` : run.verdict ? 'Checks' : 'Before the first round'), h('span.spacer', {}), numbers(round.ms, round.used, run.rehearsal)),
    steps.map(step => stepBlock(run, round, step, actions)));
}

function numbers(ms, used, rehearsal) {
  const tokens = used.input + used.output;
  return h('span.numbers', {}, h('span', {title: 'Time'}, duration(ms)), tokens ? h('span', {title: `${count(used.input)} tokens in (${count(used.cacheRead)} from the cache), ${count(used.output)} out`}, `${count(used.input)} → ${count(used.output)}`) : null,
    used.costUsd === undefined ? null : h(rehearsal ? 'span.rehearsed' : 'span', {title: rehearsal ? 'Rehearsal: no cost' : 'Cost'}, money(used.costUsd)));
}

function stepBlock(run, round, step, actions) {
  const parts = {worker: workerParts, check: checkParts, decision: decisionParts, action: actionParts, start: startParts}[step.kind](run, round, step, actions);
  const bad = step.kind === 'check' ? step.result === 'fail' : Boolean(step.failure) || step.refused === true;
  return h(`div.step.${step.kind}${bad ? '.bad' : step.result === 'pass' ? '.good' : ''}`, {'data-span': step.id},
    h('div.step-head', {}, h('button.step-title', {type: 'button', title: 'Show this in the waterfall', onclick: () => actions.select(step.id, 'story')}, h('i.sign', {'aria-hidden': 'true'}, sign(step, bad)), parts.title || HEAD[step.kind]),
      parts.aside || null, h('span.spacer', {}), numbers(step.ms, step.used, run.rehearsal)),
    parts.body);
}

function sign(step, bad) {
  if (step.kind === 'worker') return '●';
  if (step.kind === 'decision') return bad ? '!' : '→';
  if (step.kind === 'check') return step.result === 'pass' ? '✓' : step.result === 'fail' ? '✗' : '–';
  return bad ? '!' : '·';
}

function workerParts(run, round, step, actions) {
  const worker = step.span.name.replace('.subprocess', '');
  const groups = step.tools;
  const slowest = groups.length > 1 ? groups.reduce((a, b) => b.ms > a.ms ? b : a) : null;
  const line = tool => toolLine(tool, tool === slowest && tool.ms > 50, actions);
  const rest = groups.slice(TOOLS_SHOWN);
  // Without their arguments, ten lines of tool names say less than a count for each.
  const told = groups.some(tool => tool.detail);
  const edits = groups.filter(tool => tool.plus !== undefined);
  const plus = edits.reduce((n, tool) => n + tool.plus, 0);
  const minus = edits.reduce((n, tool) => n + tool.minus, 0);
  return {
    title: `${worker} works`,
    aside: h('span.muted', {}, [step.failure ? `failed: ${words(step.failure)}` : '', groups.length ? plural(groups.length, 'tool') : step.turns ? plural(step.turns, 'turn') : '', step.calls ? plural(step.calls, 'model call') : '', edits.length ? `+${plus} −${minus}` : ''].filter(Boolean).join(' · ')),
    body: [
      step.text ? h('div.instruction', {}, h('span.caption', {}, round.number === 1 ? 'Instruction' : 'Next instruction'), prose(step.text, 'div.prose', 700))
        : step.promptLength ? h('p.muted', {}, `Instruction of ${count(step.promptLength)} characters`) : null,
      !told && groups.length > 3 ? h('ul.tool-list', {}, counted(groups).map(group => countedLine(group, actions))) : groups.length ? h('ul.tool-list', {}, groups.slice(0, TOOLS_SHOWN).map(line)) : null,
      told && rest.length ? h('details', {'data-key': `${step.id}-tools`}, h('summary', {}, `${count(rest.length)} more`, slowest && rest.includes(slowest) ? ', the slowest among them' : ''), h('ul.tool-list', {}, rest.map(line))) : null,
      step.failureText ? h('pre.lines.bad', {}, step.failureText.slice(0, 600)) : null,
      step.answer ? h('div.answer', {}, h('span.caption', {}, 'Answered'), prose(step.answer, 'div.prose', 600)) : null,
      step.denials ? h('p.muted', {}, plural(step.denials, 'tool was denied', 'tools were denied')) : null,
      step.context ? h('p.muted', {}, `Its conversation had ${count(step.context)} tokens at the end${step.contextWindow ? ` of ${count(step.contextWindow)}, ${percent(step.context / step.contextWindow)} of the window` : ''}`) : null,
      step.compactions ? h('p.muted', {}, `Its context was compacted ${step.compactions === 1 ? 'once' : `${step.compactions} times`}`) : null,
    ],
  };
}

function counted(tools) {
  const groups = new Map();
  for (const tool of tools) {
    const group = groups.get(tool.name) || {name: tool.name, count: 0, ms: 0, failed: 0, slowest: tool};
    group.count++;
    group.ms += tool.ms;
    group.failed += tool.failed ? 1 : 0;
    if (tool.ms > group.slowest.ms) group.slowest = tool;
    groups.set(tool.name, group);
  }
  return [...groups.values()].sort((a, b) => b.ms - a.ms);
}

function countedLine(group, actions) {
  return h(`li.tool${group.failed ? '.bad' : ''}`, {'data-span': group.slowest.span.id}, h('button', {type: 'button', title: 'Show its slowest call', onclick: () => actions.select(group.slowest.span.id, 'story')},
    h('i.sign', {'aria-hidden': 'true'}, group.failed ? '✗' : '·'), h('b', {}, group.name), h('span.tool-detail', {}, [group.count > 1 ? `×${group.count}` : '', group.failed ? `${group.failed} failed` : '', group.count > 1 ? `slowest ${duration(group.slowest.ms)}` : ''].filter(Boolean).join(' · ')),
    h('span.numbers', {}, duration(group.ms))));
}

function toolLine(tool, slowest, actions) {
  return h(`li.tool${tool.failed ? '.bad' : ''}`, {'data-span': tool.span.id}, h('button', {type: 'button', onclick: () => actions.select(tool.span.id, 'story')},
    h('i.sign', {'aria-hidden': 'true'}, tool.failed ? '✗' : '·'), h('b', {}, tool.name), h('span.tool-detail', {title: tool.detail}, tool.detail),
    tool.plus === undefined ? null : h('span.diff', {}, h('span.plus', {}, `+${tool.plus}`), ' ', h('span.minus', {}, `−${tool.minus}`)),
    slowest ? h('span.tag', {}, 'slowest') : null, h('span.numbers', {}, duration(tool.ms))));
}

function checkParts(run, round, step) {
  const lines = step.text ? decisiveLines(step.text, step.result) : [];
  const more = step.text.split('\n').filter(line => line.trim()).length > lines.length;
  return {
    title: `${words(step.function)}${step.result ? `: ${step.result}` : ''}`,
    aside: step.place && step.place !== 'tree' ? h('span.tag', {title: 'Where the check ran'}, step.place) : null,
    body: [lines.length ? h(`pre.lines${step.result === 'fail' ? '.bad' : ''}`, {}, lines.join('\n')) : null,
      more ? h('details', {'data-key': `${step.id}-output`}, h('summary', {}, 'Whole output'), prose(step.text, 'pre.output', 4000)) : null],
  };
}

function decisionParts(run, round, step) {
  const told = typeof step.arguments.instruction === 'string' ? step.arguments.instruction : '';
  return {
    title: h('span', {}, 'PA decides ', h('b.mono', {}, step.function || 'nothing')),
    aside: h('span.muted', {}, [step.model ? shortModel(step.model) : '', step.confidence === undefined ? '' : `confidence ${step.confidence}`, step.retries ? plural(step.retries, 'retry', 'retries') : '', step.failure ? words(step.failure) : ''].filter(Boolean).join(' · ')),
    body: [
      step.text ? prose(step.text, 'div.prose.reason', 900) : null,
      step.failureText ? h('pre.lines.bad', {}, step.failureText.slice(0, 600)) : null,
      Object.keys(step.arguments).length && !told ? argumentsTable(step.arguments) : null,
      step.saw.length ? h('details', {'data-key': `${step.id}-saw`}, h('summary', {}, `What the model saw (${plural(step.saw.length, 'message')})`),
        step.system === undefined ? null : conversation(readMessages(step.system).map(message => ({...message, role: 'system'}))), conversation(step.saw)) : null,
    ],
  };
}

/** Places of checks outside of the working directory. */
const PLACES = {base: 'on the old sources', proof: 'on the new sources, in a copy', tree: ''};

const actionParts = (run, round, step, actions) => ({title: `${words(step.function)}${step.refused ? ': refused' : ''}`,
  body: [step.checks.length ? h('ul.tool-list', {}, step.checks.map(check => h(`li.tool${check.result === 'fail' && check.place !== 'base' ? '.bad' : ''}`, {'data-span': check.id}, h('button', {type: 'button', onclick: () => actions.select(check.id, 'story')},
    h('i.sign', {'aria-hidden': 'true'}, check.result === 'pass' ? '✓' : check.result === 'fail' ? '✗' : '–'), h('b', {}, `${words(check.function)}: ${check.result}`), h('span.tool-detail', {}, PLACES[check.place] ?? check.place), h('span.numbers', {}, duration(check.ms)))))) : null,
  step.text ? step.refused ? h('pre.lines.bad', {}, step.text.slice(0, 1200)) : prose(step.text, 'pre.output', 500) : null]});

const startParts = (run, round, step) => ({title: words(step.span.name.replace(/^pa\./, '')), body: [step.text ? h('pre.lines.bad', {}, step.text) : null]});
