// Charts: uPlot draws them; this file adds the theme's colours, stacks, tooltips, and the same numbers as text.
import uPlot from '/lib/uPlot.esm.js';
import {h} from '/page/dom.js';

const HEIGHT = 168;
const PALETTE = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8'];
/** The same name has the same colour in all charts. */
const MEANINGS = {completed: '--good', pass: '--good', success: '--good', fail: '--bad', error: '--bad', verification_failed: '--bad',
  skipped: '--c8', stalled: '--warn', timeout: '--warn', max_iterations: '--warn', budget_exceeded: '--warn', interrupted: '--c8',
  stopped: '--c8', unproven: '--c3', mean: '--c1', median: '--c1', p95: '--c2', input: '--c1', output: '--c2'};

/** Good results are at the bottom of a stack, the others in the given order. */
const ORDER = ['completed', 'pass', 'success', 'input', 'median'];
const rank = label => (ORDER.indexOf(label) + ORDER.length + 1) % (ORDER.length + 1);

export const colour = (label, index) => MEANINGS[label] || PALETTE[index % PALETTE.length];

const live = new Set();
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Removes the old charts with their listeners. */
export function clear() {
  for (const chart of live) chart.destroy();
  live.clear();
}

/**
 * A panel with a chart over time.
 * options: title, times (seconds), lines [{label, total, values}], step (seconds), kind 'bars' | 'lines' | 'area', format, total
 */
export function timePanel(given) {
  const options = {...given, lines: [...given.lines].sort((a, b) => rank(a.label) - rank(b.label))};
  const {title, lines, format} = options;
  const some = lines.some(line => line.values.some(v => v));
  const panel = h('section.panel', {'aria-label': title},
    h('header', {}, h('h2', {}, title), some && options.total ? h('span.total', {}, options.total) : null));
  if (!some) {
    panel.append(h('div.none', {}, options.none || 'No data in this time range'));
    return panel;
  }
  const plot = h('div.plot', {role: 'img', 'aria-label': `${title}: ${lines.map(l => `${l.label} ${format(l.total)}`).join(', ')}`});
  panel.append(plot, legend(lines, format, options.verbatim));
  requestAnimationFrame(() => draw(plot, options));
  return panel;
}

/** A label in one line: the time of day in a range up to two days, otherwise the day. */
function tickLabel(times) {
  const long = times[times.length - 1] - times[0] > 172800;
  const options = long ? {day: 'numeric', month: 'short'} : {hour: '2-digit', minute: '2-digit'};
  const written = new Intl.DateTimeFormat('en-GB', options);
  return seconds => written.format(seconds * 1000);
}

const words = (label, verbatim) => (verbatim ? label : label.replaceAll('_', ' ')) || 'all';

function legend(lines, format, verbatim) {
  return h('ul.legend', {}, lines.map((line, i) =>
    h('li', {}, h('span.swatch', {style: {'--swatch': `var(${colour(line.label, i)})`}}), h('span', {title: line.label}, words(line.label, verbatim)), h('b', {}, format(line.total)))));
}

function draw(plot, {times, lines, step, kind, format, verbatim}) {
  if (!plot.isConnected) return;
  const stacked = kind === 'bars';
  const sums = stacked ? stack(lines) : lines.map(line => line.values);
  const order = stacked ? lines.map((_, i) => lines.length - 1 - i) : lines.map((_, i) => i);
  const axis = {stroke: css('--ink-3'), font: `11px ${css('--sans') || 'sans-serif'}`, grid: {stroke: css('--line'), width: 1},
    ticks: {show: false}};
  const tip = h('div.tip', {hidden: true});
  const chart = new uPlot({
    width: plot.clientWidth, height: HEIGHT, padding: [8, 4, 0, 0], legend: {show: false},
    cursor: {y: false, points: stacked ? {show: false} : {}, drag: {x: false, y: false}},
    scales: {x: {time: true, range: (u, min, max) => [times[0] - step / 2, times[times.length - 1] + step]},
      y: {range: (u, min, max) => [0, max > 0 ? max * 1.12 : 1]}},
    axes: [{...axis, grid: {show: false}, size: 26, space: 56, values: (u, ticks) => ticks.map(tickLabel(times))}, {...axis, size: 52, values: (u, ticks) => ticks.map(v => format(v))}],
    series: [{}, ...order.map(i => ({
      label: lines[i].label, stroke: css(colour(lines[i].label, i)), width: stacked ? 0 : 2,
      fill: stacked ? css(colour(lines[i].label, i)) : kind === 'area' ? css(colour(lines[i].label, i)) + '30' : undefined,
      paths: stacked ? uPlot.paths.bars({size: [0.72, 28], radius: 0.15, align: 1})
        : kind === 'area' ? uPlot.paths.stepped({align: 1}) : uPlot.paths.linear(),
      points: {show: kind === 'lines', size: 6}, spanGaps: kind === 'lines',
    }))],
    hooks: {
      setCursor: [u => tooltip(u, tip, times, lines, format, verbatim)],
      ready: [u => u.over.append(tip)],
    },
  }, [times, ...order.map(i => sums[i])], plot);
  const observer = new ResizeObserver(() => {
    if (plot.clientWidth && plot.clientWidth !== chart.width) chart.setSize({width: plot.clientWidth, height: HEIGHT});
  });
  observer.observe(plot);
  live.add({destroy: () => { observer.disconnect(); chart.destroy(); }});
}

function stack(lines) {
  const sums = [];
  lines.forEach((line, i) => sums.push(line.values.map((v, x) => (v || 0) + (i ? sums[i - 1][x] : 0))));
  // Zero is not drawn, not even as a line on the axis.
  return sums.map((sum, i) => sum.map((v, x) => lines[i].values[x] ? v : null));
}

function tooltip(u, tip, times, lines, format, verbatim) {
  const {idx, left} = u.cursor;
  const shown = idx === null || idx === undefined ? [] : lines.filter(line => line.values[idx]);
  tip.hidden = !shown.length;
  if (tip.hidden) return;
  tip.replaceChildren(h('div.muted', {}, new Date(times[idx] * 1000).toLocaleString('en-GB', {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'})),
    ...shown.map(line => h('div', {}, h('span.swatch', {style: {'--swatch': `var(${colour(line.label, lines.indexOf(line))})`}}),
      words(line.label, verbatim), h('b', {}, format(line.values[idx])))));
  const width = tip.offsetWidth;
  tip.style.left = `${left + 14 + width > u.over.clientWidth ? Math.max(0, left - width - 14) : left + 14}px`;
  tip.style.top = '4px';
}

/** A panel of horizontal bars, largest first, for a distribution. */
export function barPanel({title, lines, format, total, none, limit = 8}) {
  const sorted = lines.filter(line => line.total > 0).sort((a, b) => b.total - a.total);
  const panel = h('section.panel', {'aria-label': title},
    h('header', {}, h('h2', {}, title), sorted.length && total ? h('span.total', {}, total) : null));
  if (!sorted.length) {
    panel.append(h('div.none', {}, none || 'No data in this time range'));
    return panel;
  }
  const all = sorted.reduce((sum, line) => sum + line.total, 0);
  const shown = sorted.slice(0, limit);
  const rest = sorted.slice(limit).reduce((sum, line) => sum + line.total, 0);
  if (rest) shown.push({label: 'others', total: rest});
  const max = Math.max(...shown.map(line => line.total));
  panel.append(h('ul.bars', {}, shown.map(line => h('li', {},
    h('span', {title: line.label}, line.label.replaceAll('_', ' ') || '(none)'),
    h('span', {}, h('b', {}, format(line.total)), h('span.muted', {}, `  ${Math.round(line.total / all * 100)} %`)),
    h('span.track', {'aria-hidden': 'true'}, h('i', {style: {'--w': `${line.total / max * 100}%`, '--swatch': `var(${MEANINGS[line.label] || '--c1'})`}}))))));
  return panel;
}
