// The kind of a span, and the text of its row, from the names of the contract, of Claude Code and of OpenTelemetry's conventions.
import {attribute, first, number, text} from '/page/otlp.js';
import {count, money} from '/page/format.js';

/** @typedef {import('/page/otlp.js').Span} Span */
/** @typedef {'worker'|'tool'|'model'|'check'|'decision'|'action'|'wait'|'run'|'other'} Kind */

const CHECKS = new Set(['verify_code', 'run_tests', 'check_server', 'verify_product']);
const INFERENCE = new Set(['chat', 'generate_content', 'text_completion']);

/** @param {Span} span @returns {Kind} */
export function kindOf(span) {
  const name = span.name;
  if (name === 'pa.run_task' || name === 'pa.verify') return 'run';
  if (name.endsWith('.subprocess')) return 'worker';
  if (name === 'pa.reasoning_loop') return 'decision';
  if (name.startsWith('pa.function.')) return isCheck(span) ? 'check' : 'action';
  if (name === 'claude_code.tool.blocked_on_user') return 'wait';
  if (name === 'claude_code.llm_request' || name.endsWith('.api.call') || INFERENCE.has(attribute(span, 'gen_ai.operation.name'))) return 'model';
  if (name.startsWith('execute_tool ') || name.startsWith('claude_code.tool') || attribute(span, 'gen_ai.operation.name') === 'execute_tool') return 'tool';
  return 'other';
}

/** @param {Span} span */
export const isCheck = span => attribute(span, 'pa.verification.result') !== undefined || CHECKS.has(span.name.slice('pa.function.'.length));

/** @param {Span} span whether it is a tool of the worker, not a part of one */
export const isTool = span => span.name === 'claude_code.tool' || span.name.startsWith('execute_tool ');

/** A model's name without the common parts: claude-opus-4-5-20260101 → opus-4-5. */
export const shortModel = model => String(model || '').replace(/^.*\//, '').replace(/^(claude|gemini)-/, '').replace(/-\d{8}$/, '');

/** @param {Span} span @returns {{input?: number, output?: number, cacheRead?: number, costUsd?: number}} */
export function usage(span) {
  return {
    input: number(span, 'gen_ai.usage.input_tokens', 'input_tokens'),
    output: number(span, 'gen_ai.usage.output_tokens', 'output_tokens'),
    cacheRead: number(span, 'gen_ai.usage.cache_read.input_tokens', 'cache_read_tokens'),
    costUsd: number(span, 'agentproxy.cost.usd', 'gen_ai.usage.cost', 'cost_usd'),
    rehearsedUsd: number(span, 'pa.rehearsal.cost_usd'),
  };
}

/** A tool's arguments as an object; empty if the content was not sent. @param {Span} span */
export function toolArguments(span) {
  const sent = first(span, 'gen_ai.tool.call.arguments', 'tool_input', 'tool_parameters');
  if (sent && typeof sent === 'object') return sent;
  if (sent) { try { const read = JSON.parse(sent); if (read && typeof read === 'object') return read; } catch { return {input: String(sent)}; } }
  const found = {};
  for (const [to, ...from] of [['command', 'full_command', 'bash_command', 'command'], ['file_path', 'file_path', 'file'], ['pattern', 'pattern'], ['description', 'description', 'subagent_type', 'skill_name']]) {
    const given = first(span, ...from);
    if (given !== undefined) found[to] = given;
  }
  return found;
}

/** The most important argument of a tool: a command, a file. @param {Span} span */
export function toolDetail(span) {
  const args = toolArguments(span);
  const detail = args.command ?? args.file_path ?? args.path ?? args.notebook_path ?? args.pattern ?? args.query ?? args.url ?? args.description ?? args.prompt ?? args.input;
  return detail === undefined ? '' : String(detail).split('\n')[0];
}

export const toolName = span => String(first(span, 'gen_ai.tool.name', 'tool_name') || span.name.replace(/^execute_tool /, ''));

/** The result of a tool, if known: its own status, or that of the execution below it. @param {Span} span */
export function toolFailed(span) {
  if (span.error || attribute(span, 'success') === false || attribute(span, 'success') === 'false') return true;
  return span.children.some(child => child.name === 'claude_code.tool.execution' && (child.error || String(attribute(child, 'success')) === 'false'));
}

const tokens = u => u.input === undefined && u.output === undefined ? '' : `${count(u.input ?? 0)} → ${count(u.output ?? 0)}`;
const cost = u => u.costUsd !== undefined ? money(u.costUsd) : '';
const joined = (...parts) => parts.filter(part => part !== undefined && part !== null && part !== '').join(' · ');

/**
 * The text of a span's row.
 * @param {Span} span
 * @returns {{title: string, detail: string, mark: ''|'good'|'bad'|'warn'}}
 */
export function label(span) {
  if (span.missing) return {title: 'not ended yet', detail: 'its children have arrived, but not the span itself', mark: ''};
  const name = span.name;
  const u = usage(span);
  const bad = span.error ? 'bad' : '';
  switch (kindOf(span)) {
    case 'run': {
      const status = String(attribute(span, 'pa.status') || '');
      return {title: name === 'pa.verify' ? 'verify' : 'run', detail: joined(status.replaceAll('_', ' '), attribute(span, 'pa.evidence.level')), mark: status === 'completed' ? 'good' : bad};
    }
    case 'worker': {
      const round = span.round ?? first(span, 'pa.round', 'pa.iteration');
      const turns = number(span, 'claude.num_turns');
      return {title: `${name.slice(0, -'.subprocess'.length)}${round === undefined ? '' : ` round ${round}`}`,
        detail: joined(turns === undefined ? '' : `${turns} turn${turns === 1 ? '' : 's'}`, tokens(u), cost(u), bad && attribute(span, 'error.type')), mark: bad};
    }
    case 'decision': return {title: 'decides', detail: joined(attribute(span, 'pa.function'), bad && attribute(span, 'error.type')), mark: bad};
    case 'check': {
      const result = String(attribute(span, 'pa.verification.result') ?? '');
      return {title: words(name.slice('pa.function.'.length)), detail: joined(result, attribute(span, 'pa.verification.place')), mark: result === 'pass' ? 'good' : bad || result === 'fail' && attribute(span, 'pa.verification.place') !== 'base' ? 'bad' : ''};
    }
    case 'action': return {title: words(name.slice('pa.function.'.length)), detail: bad ? 'refused' : '', mark: bad};
    case 'model': {
      const model = shortModel(first(span, 'gen_ai.response.model', 'gen_ai.request.model', 'model'));
      const attempts = number(span, 'gemini.attempts', 'attempt');
      return {title: 'llm', detail: joined(model, tokens(u), cost(u), attempts > 1 ? `${attempts} attempts` : '', bad && first(span, 'error.type', 'status_code')), mark: bad};
    }
    case 'wait': return {title: 'waits for you', detail: joined(first(span, 'decision')), mark: 'warn'};
    case 'tool': {
      if (!isTool(span)) return {title: name.replace('claude_code.tool.', ''), detail: '', mark: bad};
      const failed = toolFailed(span);
      const exit = number(span, 'process.exit.code', 'exit_code');
      return {title: toolName(span), detail: joined(toolDetail(span), failed && exit ? `✗ ${exit}` : ''), mark: failed ? 'bad' : ''};
    }
    default: return {title: name === 'claude_code.interaction' ? 'interaction' : name.replace(/^pa\./, '').replaceAll(name.startsWith('pa.') ? '_' : '\0', ' '),
      detail: joined(generic(span)), mark: bad};
  }
}

const words = name => name.replaceAll('_', ' ');

/** The text for other spans, by the conventions of HTTP, databases, messaging and RPC. */
function generic(span) {
  const status = first(span, 'http.response.status_code', 'http.status_code', 'rpc.grpc.status_code');
  const route = first(span, 'http.route', 'url.path', 'url.full', 'http.target', 'http.url', 'db.query.summary', 'db.query.text', 'db.statement', 'messaging.destination.name', 'rpc.method');
  const shown = route !== undefined && !span.name.includes(String(route)) ? String(route).slice(0, 120) : '';
  return [shown, status === undefined ? '' : String(status), span.error ? String(first(span, 'error.type', 'exception.type') ?? '') : ''].filter(Boolean).join(' ');
}

/** The text that a search in the trace uses, in lower case. @param {Span} span */
export function haystack(span) {
  if (span.haystack === undefined) {
    const {title, detail} = label(span);
    span.haystack = [span.name, title, detail, span.service, span.id, span.statusMessage, ...span.attributes.flatMap(([k, v]) => [k, text(v)]),
      ...span.events.flatMap(e => [e.name, ...e.attributes.map(([, v]) => text(v))]), ...span.logs.flatMap(l => [l.event, l.body])].join('\n').toLowerCase();
  }
  return span.haystack;
}
