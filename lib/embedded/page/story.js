// Reads the story of a run of AgentProxy from its spans: rounds, each with the instruction, the work, the checks and the
// decision. Pure functions: no elements are made here.
import {attribute, first, millisBetween, number} from '/page/otlp.js';
import {isTool, kindOf, toolArguments, toolDetail, toolFailed, toolName, usage} from '/page/labels.js';
import {lastText, readMessages, texts} from '/page/messages.js';

/** @typedef {import('/page/otlp.js').Span} Span */

/**
 * @typedef {object} Step one span below the run, with its data
 * @property {string} id the span's id
 * @property {Span} span
 * @property {'worker'|'check'|'decision'|'action'|'start'} kind
 * @property {'worker'|'model'|'checks'|'waiting'|'other'} share its activity in the ribbon
 * @property {number} ms
 * @property {{input: number, output: number, cacheRead: number, costUsd: number|undefined}} used
 * @property {string} text instruction, output or reason; '' if it was not sent
 */

/**
 * @typedef {object} Round
 * @property {number} number 0 for the steps before the first round
 * @property {Step[]} steps
 * @property {number} ms
 * @property {{input: number, output: number, cacheRead: number, costUsd: number|undefined}} used
 */

const OWN = name => name.startsWith('pa.') || name.endsWith('.subprocess') || name.endsWith('.api.call');

/** The sessions of AgentProxy in a trace, in their order. @param {Span[]} spans @returns {string[]} */
export function sessions(spans) {
  const found = new Set();
  for (const span of spans) if (OWN(span.name)) { const id = attribute(span, 'session.id'); if (id) found.add(String(id)); }
  return [...found];
}

/**
 * @param {Span[]} rows all spans of the trace, depth first
 * @param {string} session the session of the run, if there are several
 * @returns {object|null} the run; null when the trace has no run
 */
export function readRun(rows, session) {
  const own = rows.filter(span => !span.missing && OWN(span.name) && (!session || String(attribute(span, 'session.id') ?? session) === session));
  if (!own.length) return null;
  const root = own.find(span => span.name === 'pa.run_task' || span.name === 'pa.verify');
  const top = root ? root.children : topLevel(own);
  const any = (...keys) => { for (const span of own) { const found = first(span, ...keys); if (found !== undefined) return found; } return undefined; };
  const rehearsal = own.some(span => attribute(span, 'pa.rehearsal') === true);
  const start = (root || top.reduce((a, b) => a.start < b.start ? a : b)).start;
  const end = root ? root.end : own.reduce((max, span) => span.end > max ? span.end : max, start);
  const rounds = readRounds(top.filter(span => own.includes(span) || OWN(span.name)).sort((a, b) => a.start < b.start ? -1 : 1));
  const steps = rounds.flatMap(round => round.steps);
  const taskText = root ? lastText(first(root, 'gen_ai.input.messages', 'pa.task', 'pa.task.text')) || firstInstruction(steps) : firstInstruction(steps);
  const status = root ? String(attribute(root, 'pa.status') ?? 'ended') : 'running';
  const used = sum(steps.map(step => step.used));
  const stated = root && number(root, 'pa.cost.total_usd', 'pa.rehearsal.cost_usd');
  const run = {
    root, verdict: root?.name === 'pa.verify', session: String(any('session.id') ?? ''), title: taskText, status, rehearsal,
    taskLength: root && number(root, 'pa.task.length'),
    evidence: root ? String(attribute(root, 'pa.evidence.level') ?? '') : '', reviewer: root && attribute(root, 'pa.evidence.reviewer'),
    suspicions: root && number(root, 'pa.suspicions'), guarded: root && number(root, 'pa.guarded.changed'),
    endedBy: root ? String(attribute(root, 'pa.ended_by') ?? '') : '', exitCode: root && number(root, 'pa.exit_code'), project: String(any('agentproxy.project_id') ?? ''),
    reasoner: String((root && attribute(root, 'pa.reasoner')) ?? ''), worker: String((root && attribute(root, 'pa.worker')) ?? ''),
    reason: root ? eventText(root) || lastText(attribute(root, 'gen_ai.output.messages')) : '',
    start, end, ms: millisBetween(start, end), rounds, steps, used: {...used, costUsd: stated ?? used.costUsd},
    roundCount: (root && number(root, 'pa.rounds')) ?? rounds.filter(round => round.number > 0).length,
    decisions: steps.filter(step => step.kind === 'decision').length,
    content: steps.some(step => step.text && step.kind !== 'check'),
    agents: subAgents(rows),
  };
  run.shares = shares(run);
  return run;
}

/** During a run its outermost span is missing: these are the run's spans without a parent among them. */
function topLevel(own) {
  const ids = new Set(own.map(span => span.id));
  return own.filter(span => !ids.has(span.parent));
}

function firstInstruction(steps) {
  return steps.find(step => step.kind === 'worker' && step.text)?.text || '';
}

/** @param {Span[]} top in order of start @returns {Round[]} */
function readRounds(top) {
  const rounds = [];
  let current = null;
  let counted = 0;
  const open = n => { current = {number: n, steps: []}; rounds.push(current); };
  for (const span of top) {
    const kind = kindOf(span);
    const said = number(span, 'pa.round');
    if (kind === 'worker') { counted = said ?? counted + 1; span.round = counted; open(counted); }
    if (!current) open(0);
    current.steps.push(readStep(span, kind));
  }
  for (const round of rounds) {
    const begin = round.steps[0].span.start;
    const end = round.steps.reduce((max, step) => step.span.end > max ? step.span.end : max, begin);
    round.ms = millisBetween(begin, end);
    round.used = sum(round.steps.map(step => step.used));
  }
  return rounds;
}

/** @param {Span} span @returns {Step} */
function readStep(span, kind) {
  const ms = millisBetween(span.start, span.end);
  const base = {id: span.id, span, ms, used: usedBy(span), text: ''};
  switch (kind) {
    case 'worker': return {...base, kind: 'worker', share: 'worker', text: lastText(attribute(span, 'gen_ai.input.messages')),
      promptLength: number(span, 'claude.prompt_length'), answer: lastText(attribute(span, 'gen_ai.output.messages')), tools: toolsOf(span),
      calls: descendants(span).filter(s => kindOf(s) === 'model').length, failure: span.error ? String(attribute(span, 'error.type') ?? 'failed') : '',
      failureText: eventText(span), turns: number(span, 'claude.num_turns'),
      context: number(span, 'claude.context.tokens'), contextWindow: number(span, 'claude.context.window'), compactions: number(span, 'claude.compactions'), denials: number(span, 'claude.permission_denials')};
    case 'check': return {...base, kind: 'check', share: 'checks', function: span.name.slice('pa.function.'.length),
      result: String(attribute(span, 'pa.verification.result') ?? (span.error ? 'fail' : '')), place: attribute(span, 'pa.verification.place'),
      text: checkText(span)};
    case 'decision': return {...base, kind: 'decision', share: 'model', ...decision(span)};
    // A step that started checks, such as the proof at the end, counts as checking as a whole.
    case 'action': return {...base, kind: 'action', share: span.children.some(child => kindOf(child) === 'check') ? 'checks' : 'other', function: span.name.slice('pa.function.'.length), refused: span.error || attribute(span, 'pa.function.success') === false,
      checks: span.children.filter(child => kindOf(child) === 'check').map(child => ({span: child, id: child.id, function: child.name.slice('pa.function.'.length), place: String(attribute(child, 'pa.verification.place') ?? ''),
        result: String(attribute(child, 'pa.verification.result') ?? (child.error ? 'fail' : '')), ms: millisBetween(child.start, child.end)})),
      text: String(first(span, 'gen_ai.tool.call.result') ?? eventText(span) ?? '')};
    default: return {...base, kind: 'start', share: 'other', failure: span.error ? String(attribute(span, 'error.type') ?? 'failed') : '', text: eventText(span)};
  }
}

function decision(span) {
  const call = span.children.find(child => kindOf(child) === 'model');
  const output = [attribute(span, 'gen_ai.output.messages'), call && attribute(call, 'gen_ai.output.messages')].filter(Boolean).flatMap(readMessages);
  const asked = output.flatMap(message => message.parts).find(part => part.type === 'tool_call');
  const args = asked && asked.arguments && typeof asked.arguments === 'object' ? asked.arguments : {};
  const said = output.flatMap(message => texts(message)).join('\n').trim() || output.flatMap(message => message.parts).filter(part => part.type === 'reasoning').map(part => String(part.content ?? '')).join('\n').trim();
  const input = attribute(call || span, 'gen_ai.input.messages');
  return {
    function: String(attribute(span, 'pa.function') ?? asked?.name ?? ''), call,
    text: said || String(args.reason ?? args.why ?? args.rationale ?? ''), arguments: args,
    saw: input ? readMessages(input) : [], system: call ? attribute(call, 'gen_ai.system_instructions') : undefined,
    confidence: number(span, 'pa.confidence'), model: call && first(call, 'gen_ai.response.model', 'gen_ai.request.model'),
    failure: span.error ? String(attribute(span, 'error.type') ?? 'failed') : '', failureText: eventText(span) || (call ? eventText(call) : ''),
    retries: call ? call.events.filter(event => event.name === 'pa.attempt.failed').length : 0,
  };
}

/** The usage of a span, including the calls below it; each call counts once. */
function usedBy(span) {
  const own = usage(span);
  if (own.input !== undefined || own.costUsd !== undefined || own.rehearsedUsd !== undefined) return filled(own);
  return sum(span.children.map(child => filled(usage(child))));
}

const filled = u => ({input: u.input ?? 0, output: u.output ?? 0, cacheRead: u.cacheRead ?? 0, costUsd: u.costUsd ?? u.rehearsedUsd});

/** @param {Array<{input: number, output: number, cacheRead: number, costUsd?: number}>} parts */
function sum(parts) {
  const total = {input: 0, output: 0, cacheRead: 0, costUsd: undefined};
  for (const part of parts) {
    total.input += part.input; total.output += part.output; total.cacheRead += part.cacheRead;
    if (part.costUsd !== undefined) total.costUsd = (total.costUsd ?? 0) + part.costUsd;
  }
  return total;
}

/** All below a span, depth first. @param {Span} span @returns {Span[]} */
export function descendants(span) {
  const found = [];
  const stack = [...span.children].reverse();
  while (stack.length) {
    const next = stack.pop();
    found.push(next);
    for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i]);
  }
  return found;
}

const EDITS = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit', 'apply_patch', 'write_file', 'replace']);

/** The worker's tools, one by one. @param {Span} worker */
function toolsOf(worker) {
  return descendants(worker).filter(isTool).map(span => ({span, name: toolName(span), detail: toolDetail(span), failed: toolFailed(span),
    ms: millisBetween(span.start, span.end), ...lines(span)}));
}

const lineCount = text => text ? String(text).split('\n').length - (String(text).endsWith('\n') ? 1 : 0) : 0;

/** The lines that an edit added and removed, if its arguments were sent. */
function lines(span) {
  const args = toolArguments(span);
  if (!EDITS.has(toolName(span))) return {};
  if (args.edits?.length) return {plus: args.edits.reduce((n, e) => n + lineCount(e.new_string), 0), minus: args.edits.reduce((n, e) => n + lineCount(e.old_string), 0)};
  if (args.new_string !== undefined) return {plus: lineCount(args.new_string), minus: lineCount(args.old_string)};
  if (args.content !== undefined) return {plus: lineCount(args.content), minus: 0};
  const plus = number(span, 'lines_added', 'pa.lines_added');
  return plus === undefined ? {} : {plus, minus: number(span, 'lines_removed', 'pa.lines_removed') ?? 0};
}

/** The text of an exception event. @param {Span} span */
function eventText(span) {
  const event = span.events.find(e => e.name === 'exception');
  return String(event?.attributes.find(([key]) => key === 'exception.message')?.[1] ?? span.statusMessage ?? '');
}

function checkText(span) {
  const sent = first(span, 'gen_ai.tool.call.result', 'pa.verification.output') ?? span.logs.flatMap(log => log.attributes).find(([key]) => key === 'gen_ai.evaluation.explanation')?.[1];
  let output = String(sent ?? eventText(span) ?? '');
  if (!output) output = span.logs.map(log => log.body).filter(Boolean).join('\n');
  // Older senders wrote it in one line.
  return output.includes('\n') ? output : output.replace(/ (?=\$ \/|→ exit code|FAIL\b|\[ERROR\])/g, '\n');
}

const DECISIVE = /(^|\W)(fail(ed|ure|ures|s)?|error|assert\w*|expected|exception|not ok|panic(ked)?|undefined|cannot|traceback)\b|✗|^E\s|^\s*at .*test/i;
const BOILERPLATE = /^(\$ |→ exit code)|re-run maven|for more information|^\[info\]|^-+$|^\s*$/i;

/** The few lines of a check's output that name the failure. @param {string} output @param {string} result */
export function decisiveLines(output, result, limit = 6) {
  const all = output.split('\n').map(line => line.trimEnd()).filter(line => line.trim());
  if (result === 'pass') return all.filter(line => /pass|ok\b|\d+ tests?|success/i.test(line) && !BOILERPLATE.test(line)).slice(-2);
  const telling = all.filter(line => DECISIVE.test(line) && !BOILERPLATE.test(line));
  return (telling.length ? telling.slice(0, limit) : all.filter(line => !BOILERPLATE.test(line)).slice(-limit));
}

/** Tokens of Claude Code's sub-agents, and of all its calls. */
function subAgents(rows) {
  let all = 0;
  let theirs = 0;
  const within = new Map();
  for (const span of rows) {
    const inside = within.get(span.parent) || (span.name === 'claude_code.tool' && /^(Task|Agent)$/.test(toolName(span)));
    if (inside) within.set(span.id, true);
    if (span.name !== 'claude_code.llm_request') continue;
    const u = usage(span);
    const tokens = (u.input ?? 0) + (u.output ?? 0);
    all += tokens;
    if (inside || attribute(span, 'agent_id') || /agent:(?!main)/.test(String(attribute(span, 'query_source') ?? ''))) theirs += tokens;
  }
  return {all, theirs};
}

/** Time and cost by activity; the time between two steps counts as waiting. */
function shares(run) {
  const found = {worker: blank(), model: blank(), checks: blank(), waiting: blank(), other: blank()};
  let reached = run.start;
  const segments = [];
  for (const step of run.steps) {
    const from = step.span.start > reached ? step.span.start : reached;
    if (step.span.start > reached) {
      const gap = millisBetween(reached, step.span.start);
      found.waiting.ms += gap;
      if (gap > run.ms / 1000) segments.push({share: 'waiting', from: millisBetween(run.start, reached), ms: gap, id: ''});
    }
    const waits = descendants(step.span).filter(span => kindOf(span) === 'wait').reduce((ms, span) => ms + millisBetween(span.start, span.end), 0);
    const ms = step.span.end > from ? millisBetween(from, step.span.end) : 0;
    const waited = Math.min(waits, ms);
    found[step.share].ms += ms - waited;
    found.waiting.ms += waited;
    found.waiting.person += waited;
    found[step.share].costUsd += step.used.costUsd ?? 0;
    found[step.share].tokens += step.used.input + step.used.output;
    segments.push({share: step.share, from: millisBetween(run.start, from), ms, id: step.id, costUsd: step.used.costUsd ?? 0});
    if (step.span.end > reached) reached = step.span.end;
  }
  const rest = millisBetween(reached, run.end);
  if (rest > 0) found.waiting.ms += rest;
  return {byShare: found, segments};
}

const blank = () => ({ms: 0, costUsd: 0, tokens: 0, person: 0});

/** The step of a span: the span itself, or its nearest ancestor that is a step. */
export function stepOf(run, span, byId) {
  const ids = new Set(run.steps.map(step => step.id));
  for (let at = span, guard = 0; at && guard < 10000; at = byId.get(at.parent), guard++) if (ids.has(at.id)) return at.id;
  return '';
}
