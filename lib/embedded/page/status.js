// How runs end and how well that is shown: words, tones and signs that can be told apart without colour.
import {h} from '/page/dom.js';

/** @typedef {{tone: string, sign: string, text: string, pattern: number}} Look */

/** Outcomes of the contract, and two of the engine's own. The sentence is what a reader is told. @type {Record<string, Look>} */
export const STATUSES = {
  completed: {tone: 'good', sign: '✓', pattern: 0, text: 'Completed'},
  unproven: {tone: 'open', sign: '◇', pattern: 1, text: 'The work was done and nothing fails, but nothing shows that the task is done'},
  verification_failed: {tone: 'bad', sign: '✗', pattern: 2, text: 'Given up with a check red'},
  error: {tone: 'bad', sign: '!', pattern: 3, text: 'Ended by an error'},
  failed_self_check: {tone: 'bad', sign: '⊘', pattern: 4, text: 'Did not begin: something it needs was missing'},
  stalled: {tone: 'warn', sign: '↻', pattern: 2, text: 'Stopped because it went in circles'},
  max_iterations: {tone: 'warn', sign: '#', pattern: 3, text: 'Stopped at the limit of rounds'},
  budget_exceeded: {tone: 'warn', sign: '$', pattern: 4, text: 'Stopped at the limit of money'},
  timeout: {tone: 'warn', sign: '◷', pattern: 5, text: 'Stopped at the limit of time'},
  stopped: {tone: 'plain', sign: '■', pattern: 0, text: 'Saved, to be resumed'},
  interrupted: {tone: 'plain', sign: '‖', pattern: 2, text: 'Interrupted'},
  lost: {tone: 'plain', sign: '?', pattern: 3, text: 'No sign of life: killed, or its last spans were not sent'},
  running: {tone: 'busy', sign: '▶', pattern: 0, text: 'Still running'},
};

/** Statuses that mean that something went wrong; unproven and stopped are none. */
export const FAILED = ['verification_failed', 'error', 'failed_self_check', 'stalled', 'max_iterations', 'budget_exceeded', 'timeout', 'interrupted', 'lost'];

/** Evidence, strongest first. */
export const EVIDENCE = {
  independent: {bars: 4, text: 'a check from before the run failed then and passes now'},
  own_tests: {bars: 3, text: 'tests from the run fail on the old sources and pass on the new ones'},
  reviewed: {bars: 2, text: 'nothing that passed before fails, and a model that saw the whole change says it is done'},
  unchanged: {bars: 1, text: 'nothing that passed before fails; nothing speaks for the task'},
  none: {bars: 0, text: 'nothing was checked, or nothing was changed'},
};

export const statusLook = status => STATUSES[status] || {tone: 'plain', sign: '•', pattern: 5, text: words(status)};

export const words = name => String(name ?? '').replaceAll('_', ' ');

/** @param {string} status */
export function statusPill(status) {
  const look = statusLook(status);
  return h(`span.pill.${look.tone}`, {title: look.text}, h('i.sign', {'aria-hidden': 'true'}, look.sign), words(status));
}

/** Bars that grow with the evidence, and its name. @param {string} level */
export function evidenceMark(level) {
  if (!level) return null;
  const bars = EVIDENCE[level]?.bars ?? 0;
  return h('span.evidence', {title: `Evidence: ${EVIDENCE[level]?.text || words(level)}`},
    h('span.evidence-bars', {'aria-hidden': 'true'}, [1, 2, 3, 4].map(n => h(n <= bars ? 'i.on' : 'i', {}))), words(level));
}

export const rehearsalTag = () => h('span.tag.rehearsal', {title: 'Stand-ins answered; no model was called, no money was spent'}, 'rehearsal');
