// Outcomes and evidence levels of runs: words, tones and signs that differ without colour too.
import {h} from '/page/dom.js';

/** @typedef {{tone: string, sign: string, text: string, pattern: number}} Look */

/** Outcomes of the contract, and two of the engine's own. The sentence is for the reader. @type {Record<string, Look>} */
export const STATUSES = {
  completed: {tone: 'good', sign: '✓', pattern: 0, text: 'Completed'},
  unproven: {tone: 'open', sign: '◇', pattern: 1, text: 'The work ended and no check fails, but the evidence is not enough'},
  verification_failed: {tone: 'bad', sign: '✗', pattern: 2, text: 'PA gave up while a check fails'},
  error: {tone: 'bad', sign: '!', pattern: 3, text: 'Ended by an error'},
  failed_self_check: {tone: 'bad', sign: '⊘', pattern: 4, text: 'Did not start: a requirement was missing'},
  stalled: {tone: 'warn', sign: '↻', pattern: 2, text: 'Stopped because there was no progress'},
  max_iterations: {tone: 'warn', sign: '#', pattern: 3, text: 'Stopped at the limit of decisions'},
  budget_exceeded: {tone: 'warn', sign: '$', pattern: 4, text: 'Stopped at the cost limit'},
  timeout: {tone: 'warn', sign: '◷', pattern: 5, text: 'Stopped at the time limit'},
  stopped: {tone: 'plain', sign: '■', pattern: 0, text: 'Saved, can be resumed'},
  interrupted: {tone: 'plain', sign: '‖', pattern: 2, text: 'Interrupted'},
  lost: {tone: 'plain', sign: '?', pattern: 3, text: 'No more data: the run was killed, or its last spans were not sent'},
  running: {tone: 'busy', sign: '▶', pattern: 0, text: 'Still running'},
};

/** Statuses that count as failures; unproven and stopped do not. */
export const FAILED = ['verification_failed', 'error', 'failed_self_check', 'stalled', 'max_iterations', 'budget_exceeded', 'timeout', 'interrupted', 'lost'];

/** Evidence, strongest first. */
export const EVIDENCE = {
  independent: {bars: 4, text: 'a check from before the run failed on the old files and passes now'},
  own_tests: {bars: 3, text: 'tests from the run fail on the old sources and pass on the new ones'},
  reviewed: {bars: 2, text: 'no earlier test fails now, and a model reviewed the whole change and accepted it'},
  unchanged: {bars: 1, text: 'no earlier test fails now, but nothing proves the task'},
  none: {bars: 0, text: 'nothing was checked, or nothing was changed'},
};

export const statusLook = status => STATUSES[status] || {tone: 'plain', sign: '•', pattern: 5, text: words(status)};

export const words = name => String(name ?? '').replaceAll('_', ' ');

/** @param {string} status */
export function statusPill(status) {
  const look = statusLook(status);
  return h(`span.pill.${look.tone}`, {title: look.text}, h('i.sign', {'aria-hidden': 'true'}, look.sign), words(status));
}

/** Bars for the evidence level, and its name. @param {string} level */
export function evidenceMark(level) {
  if (!level) return null;
  const bars = EVIDENCE[level]?.bars ?? 0;
  return h('span.evidence', {title: `Evidence: ${EVIDENCE[level]?.text || words(level)}`},
    h('span.evidence-bars', {'aria-hidden': 'true'}, [1, 2, 3, 4].map(n => h(n <= bars ? 'i.on' : 'i', {}))), words(level));
}

export const rehearsalTag = () => h('span.tag.rehearsal', {title: 'Stand-ins answered; no model was called, no cost'}, 'rehearsal');
