// The time range of a view. It is in the URL, so that a link shows the same range.
import {h} from '/page/dom.js';
import {moment} from '/page/format.js';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

/** @type {Array<[string, string, number]>} key, label, milliseconds */
export const RANGES = [['1h', '1 h', HOUR], ['24h', '24 h', DAY], ['7d', '7 days', 7 * DAY], ['30d', '30 days', 30 * DAY], ['all', 'All', 0]];

/**
 * @typedef {object} Range
 * @property {string} key '' when the URL has none
 * @property {number|''} from milliseconds; '' for no bound
 * @property {number|''} to
 * @property {Record<string, string>} params its part of the URL
 */

/** @param {URLSearchParams} params @param {string} [otherwise] the key to use when the URL has none @returns {Range} */
export function readRange(params, otherwise = '') {
  const from = Number(params.get('from'));
  const to = Number(params.get('to'));
  if (from > 0 || to > 0) return {key: 'custom', from: from > 0 ? from : '', to: to > 0 ? to : '', params: Object.fromEntries([['from', from], ['to', to]].filter(([, v]) => v > 0).map(([k, v]) => [k, String(v)]))};
  const key = params.get('range') || '';
  const found = RANGES.find(([name]) => name === (key || otherwise));
  const millis = found ? found[2] : 0;
  return {key: found ? key : '', from: millis ? Date.now() - millis : '', to: '', params: key && found ? {range: key} : {}};
}

/**
 * Buttons for the usual ranges, and for a range from a link.
 * @param {Range} range @param {(key: string) => void} choose @param {string} [shown] the key to show when none was chosen
 */
export function rangeControl(range, choose, shown = 'all') {
  const key = range.key || shown;
  return h('div.segmented', {role: 'group', 'aria-label': 'Time range'},
    range.key === 'custom' ? h('button', {type: 'button', 'aria-pressed': 'true', title: 'Back to all', onclick: () => choose('')}, `${range.from ? moment(range.from) : '…'} – ${range.to ? moment(range.to) : 'now'} ✕`) : null,
    RANGES.map(([name, label]) => h('button', {type: 'button', id: `range-${name}`, 'aria-pressed': String(key === name), onclick: () => choose(name === shown ? '' : name)}, label)));
}
