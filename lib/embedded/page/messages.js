// Messages of models as a conversation, from the JSON of the GenAI conventions.
import {h, replace} from '/page/dom.js';
import {bytes} from '/page/format.js';

/** @typedef {{role: string, parts: Array<{type: string, content?: any, name?: string, arguments?: any, response?: any, result?: any}>, finish_reason?: string}} Message */

const LONG = 1400;
const ROLES = {user: 'told', assistant: 'answered', system: 'instructions', tool: 'result', model: 'answered'};

/** Attributes with messages, and their titles here. */
export const MESSAGE_KEYS = {'gen_ai.system_instructions': 'System instructions', 'gen_ai.input.messages': 'Sent', 'gen_ai.output.messages': 'Answered',
  'gen_ai.tool.call.arguments': 'Called with', 'gen_ai.tool.call.result': 'Result'};

/** @param {any} sent the attribute's value: JSON text, or structured @returns {Message[]} */
export function readMessages(sent) {
  let read = sent;
  if (typeof sent === 'string') {
    try { read = JSON.parse(sent); } catch { return sent ? [{role: '', parts: [{type: 'text', content: sent}]}] : []; }
  }
  if (!Array.isArray(read)) read = [read];
  return read.filter(message => message !== null && message !== undefined).map(message => {
    if (typeof message !== 'object') return {role: '', parts: [{type: 'text', content: String(message)}]};
    // System instructions are parts without a message around them.
    const parts = message.parts ?? (message.type ? [message] : [{type: 'text', content: message.content ?? ''}]);
    return {role: String(message.role ?? ''), finish_reason: message.finish_reason, parts: (Array.isArray(parts) ? parts : [parts]).map(part => {
      if (typeof part !== 'object' || part === null) return {type: 'text', content: String(part)};
      return {...part, arguments: parsed(part.arguments)};
    })};
  });
}

function parsed(given) {
  if (typeof given !== 'string') return given;
  try { return JSON.parse(given); } catch { return given; }
}

const asText = content => typeof content === 'string' ? content : content === undefined || content === null ? '' : JSON.stringify(content, null, 1);

/** The text of a message. @param {Message} message @returns {string[]} */
export const texts = message => message.parts.filter(part => (part.type || 'text') === 'text').map(part => asText(part.content)).filter(Boolean);

/** The text of the last message with a text. @param {any} sent */
export function lastText(sent) {
  if (sent === undefined || sent === '') return '';
  const messages = readMessages(sent);
  for (let i = messages.length - 1; i >= 0; i--) { const found = texts(messages[i]).join('\n').trim(); if (found) return found; }
  return '';
}

/** Text that keeps its lines; of a long one only the beginning, with a button for the rest. @param {string} content */
export function prose(content, selector = 'div.prose', limit = LONG) {
  const element = h(selector, {});
  if (content.length <= limit) { element.append(content); return element; }
  element.append(content.slice(0, limit), '… ');
  element.append(h('button.link-button', {type: 'button', onclick: event => { event.stopPropagation(); replace(element, content); }}, `Show all ${bytes(content.length)}`));
  return element;
}

/** @param {Message[]} messages */
export function conversation(messages) {
  return h('ol.talk', {}, messages.map(message => h(`li.message.${/^(assistant|model)$/.test(message.role) ? 'theirs' : message.role === 'tool' ? 'tool' : message.role === 'system' ? 'system' : 'ours'}`, {},
    h('span.role', {}, ROLES[message.role] || message.role || 'text'),
    message.parts.map(part), message.finish_reason && message.finish_reason !== 'stop' ? h('span.muted', {}, `ended: ${message.finish_reason}`) : null)));
}

function part(given) {
  switch (given.type) {
    case 'tool_call': return h('div.call', {}, h('strong.mono', {}, given.name || 'call'), argumentsTable(given.arguments));
    case 'tool_call_response': return prose(asText(given.response ?? given.result ?? given.content), 'pre.output');
    case 'reasoning': return h('details.thought', {}, h('summary', {}, 'Thought'), prose(asText(given.content)));
    case 'text': case undefined: return prose(asText(given.content));
    default: return h('div.call', {}, h('span.tag', {}, given.type), prose(asText(given.content ?? given.uri ?? given.mime_type ?? ''), 'pre.output', 400));
  }
}

/** Arguments of a call as names and values instead of JSON. @param {any} given */
export function argumentsTable(given) {
  if (given === undefined || given === null || given === '') return null;
  if (typeof given !== 'object') return prose(String(given), 'pre.output');
  const entries = Object.entries(given);
  if (!entries.length) return null;
  return h('dl.args', {}, entries.map(([key, v]) => h('div', {}, h('dt', {}, key), h('dd', {}, prose(Array.isArray(v) && v.every(item => typeof item !== 'object') ? v.join('\n') : asText(v), 'div.prose', 600)))));
}
