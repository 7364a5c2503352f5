// Small charts of columns and of rows, each with links to the runs behind it. Parts with different colours have different
// patterns too, so that they can be distinguished without colours and in print.
import {h} from '/page/dom.js';
import {count, duration} from '/page/format.js';

/**
 * @typedef {{tone: string, pattern: number}} Fill
 * @typedef {{value: number, fill: Fill, label: string}} Part
 * @typedef {{label: string, title: string, href: string, parts: Part[], before?: number}} Column
 */

/** @param {Fill} fill */
const fillClass = fill => `fill.tone-${fill.tone}.p${fill.pattern}`;

/**
 * A panel with columns, over time or by another value.
 * @param {{title: string, note?: string, total?: any, columns: Column[], format: (v: number) => string, most?: number, none: string, legend?: Array<{fill: Fill, label: string, value: string, href?: string}>, wide?: boolean}} options
 */
export function columnPanel({title, note, total, columns, format, most, none, legend, wide}) {
  const sums = columns.map(column => column.parts.reduce((sum, part) => sum + part.value, 0));
  const panel = h(`section.panel${wide ? '.wide' : ''}`, {'aria-label': title}, h('header', {}, h('h2', {title: note || null}, title), total === undefined ? null : h('span.total', {}, total)));
  if (!sums.some(sum => sum > 0)) { panel.append(h('div.none', {}, none)); return panel; }
  const max = most ?? ceiling(Math.max(...sums, ...columns.map(column => column.before ?? 0)), format);
  const every = Math.max(1, Math.ceil(columns.length / 6));
  panel.append(h('div.chart', {},
    h('div.scale', {'aria-hidden': 'true'}, h('span', {}, format(max)), h('span', {}, format(max / 2)), h('span', {}, '0')),
    // The accessible name begins with the visible label, so that voice control works.
    h('div.columns', {}, columns.map((column, i) => h(`a.column${sums[i] > 0 ? '' : '.blank'}`, {href: column.href, title: column.title, 'aria-label': `${column.label}, ${column.title}`, tabindex: sums[i] > 0 ? null : -1},
      h('span.stack', {}, column.parts.filter(part => part.value > 0).map(part => h(`i.${fillClass(part.fill)}`, {style: {'--h': `${part.value / max * 100}%`}})),
        column.before === undefined ? null : h('i.before', {style: {'--h': `${Math.min(100, column.before / max * 100)}%`}})),
      h('span.at', {'aria-hidden': 'true'}, i % every === 0 && (i === 0 || columns.length - i > every / 2) ? column.label : ''))))));
  const known = columns.some(column => column.before !== undefined);
  if (legend || known) panel.append(h('ul.legend', {}, known ? h('li', {}, h('i.before-key', {'aria-hidden': 'true'}), h('span', {}, 'the period before')) : null, (legend || []).map(item => h('li', {}, h(`i.key.${fillClass(item.fill)}`, {'aria-hidden': 'true'}), item.href ? h('a', {href: item.href}, item.label) : h('span', {}, item.label), h('b', {}, item.value)))));
  return panel;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Durations in milliseconds; half of each is easy to read too. */
const LENGTHS = [1, 2, 4, 10, 20, 40, 100, 200, 400, SECOND, 2 * SECOND, 4 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 10 * HOUR, 24 * HOUR];

/** The next round number with a readable half, because there is no half run. @param {number} value @param {(v: number) => string} format */
function ceiling(value, format) {
  const length = format === duration && LENGTHS.find(step => step >= value);
  if (length) return length;
  if (format === count && value <= 10) return Math.max(2, 2 * Math.ceil(value / 2));
  const power = 10 ** Math.floor(Math.log10(value));
  return (format === count ? [1, 2, 4, 6, 8, 10] : [1, 2, 2.5, 4, 5, 8, 10]).map(step => step * power).find(step => step >= value * 0.999) || value;
}

/**
 * A panel of horizontal bars, largest first.
 * @param {{title: string, note?: string, total?: any, rows: Array<{label: any, value: number, text: string, detail?: string, href?: string, fill?: Fill}>, none: string, limit?: number}} options
 */
export function rowPanel({title, note, total, rows, none, limit = 9}) {
  const panel = h('section.panel', {'aria-label': title}, h('header', {}, h('h2', {title: note || null}, title), total === undefined ? null : h('span.total', {}, total)));
  if (!rows.length) { panel.append(h('div.none', {}, none)); return panel; }
  const max = Math.max(...rows.map(row => row.value), 1e-12);
  panel.append(h('ul.bars', {}, rows.slice(0, limit).map(row => h('li', {},
    row.href ? h('a.cut', {href: row.href, title: typeof row.label === 'string' ? row.label : null}, row.label) : h('span.cut', {}, row.label), h('span', {}, h('b', {}, row.text), row.detail ? h('span.muted', {}, `  ${row.detail}`) : null),
    h('span.track', {'aria-hidden': 'true'}, h(`i.${fillClass(row.fill || {tone: 'accent', pattern: 0})}`, {style: {'--w': `${row.value / max * 100}%`}}))))));
  return panel;
}
