// The spans of a trace as a waterfall. Only visible rows are elements, so that 20,000 spans fold, scroll and react to keys
// as fast as twenty. By the ARIA practices, the tree keeps the focus and names the active row.
import {h, replace} from '/page/dom.js';
import {count, duration} from '/page/format.js';
import {millisBetween} from '/page/otlp.js';
import {haystack, kindOf, label} from '/page/labels.js';

/** @typedef {import('/page/otlp.js').Span} Span */

const ROW = 26;
const AHEAD = 12;
const INDENT = 14;
const NAMES_KEY = 'agentproxy.names';
const MIN_NAMES = 140;
const ZOOM_STEP = 0.5;
/** How long a search may run before it pauses for keys and painting, in milliseconds. */
const SLICE = 12;

/**
 * @param {object} state rows, start, whole, selected, only, folded: Set of ids
 * @param {{select: (id: string, from: string) => void, close: () => void}} actions
 */
export function createWaterfall(state, actions) {
  const spacer = h('div.rows', {role: 'presentation'});
  const tree = h('div.viewport', {role: 'tree', tabindex: 0, 'aria-label': 'Spans', onkeydown: event => once(() => keys(event)), onscroll: () => paint(), onfocus: () => { if (place(state.active) < 0) activate(visible[0]); paint(true); }}, spacer);
  const ticks = h('div.ticks', {title: 'Drag over a part to zoom in'});
  const handle = h('div.handle', {role: 'separator', tabindex: 0, 'aria-orientation': 'vertical', 'aria-label': 'Width of the names', onkeydown: resizeByKey, onpointerdown: resize});
  const query = h('input', {type: 'search', placeholder: 'Search in this trace', 'aria-label': 'Search in this trace', autocomplete: 'off', spellcheck: 'false',
    oninput: () => search(query.value), onkeydown: event => { if (event.key === 'Enter') { event.preventDefault(); jump(matches, event.shiftKey ? -1 : 1); } else if (event.key === 'Escape' && query.value) { event.preventDefault(); query.value = ''; search(''); } }});
  const found = h('span.muted.found', {'aria-live': 'polite'});
  const errorButton = h('button.small', {type: 'button', title: 'Next error (e)', onclick: () => once(() => jump(errors, 1))});
  const zoomed = h('button.small', {type: 'button', hidden: true, title: 'Whole time range (0)', onclick: () => zoom(0, state.whole)}, 'Whole time');
  const bar = h('div.tools', {}, h('div.search', {}, query, found), errorButton,
    h('span.group', {role: 'group', 'aria-label': 'Zoom'}, h('button.small', {type: 'button', 'aria-label': 'Zoom out', title: 'Zoom out (−)', onclick: () => zoomBy(1 / ZOOM_STEP)}, '−'), h('button.small', {type: 'button', 'aria-label': 'Zoom in', title: 'Zoom in (+)', onclick: () => zoomBy(ZOOM_STEP)}, '+')), zoomed,
    h('button.small', {type: 'button', title: 'Fold all', onclick: () => foldAll()}, 'Fold'), h('button.small', {type: 'button', title: 'Unfold all', onclick: () => { state.folded.clear(); layout(); paint(true); }}, 'Unfold'));
  const element = h('section.waterfall', {'aria-label': 'Waterfall'}, bar, h('div.axis', {}, h('span.axis-name', {}, 'Span', handle), ticks), tree);

  /** @type {Span[]} */ let visible = [];
  /** The position of each row among the visible ones; -1 for hidden rows. */
  let places = new Int32Array(0);
  let matches = [];
  let errors = [];
  let matched = new Set();
  let deepest = 0;
  let painted = {from: -1, to: -1};
  /** The rows with an element now, by position; an unchanged one is kept. @type {Map<number, {key: string, element: HTMLElement}>} */
  let drawn = new Map();
  let version = 0;
  let holding = 0;
  let wanted = false;
  let searching = 0;

  const place = id => { const span = state.byId.get(id); return span && span.index < places.length ? places[span.index] : -1; };

  /** Paints the changes of an action once, at its end. */
  function once(action) {
    holding++;
    try { action(); } finally { if (!--holding && wanted) { wanted = false; paint(true); } }
  }

  state.view ||= [0, state.whole];

  names(Number(localStorage.getItem(NAMES_KEY)) || 0);
  ticks.addEventListener('pointerdown', drag);
  new ResizeObserver(() => { indent(); version++; paint(true); }).observe(tree);

  /** Rows that are neither folded nor filtered out. */
  function layout() {
    visible = [];
    const shown = state.only ? allowed() : null;
    deepest = 0;
    for (let i = 0; i < state.rows.length; i++) {
      const span = state.rows[i];
      if (!shown || shown.has(span)) { visible.push(span); if (span.depth > deepest) deepest = span.depth; }
      if (state.folded.has(span.id)) i = span.last;
    }
    places = new Int32Array(state.rows.length).fill(-1);
    visible.forEach((span, i) => { places[span.index] = i; });
    spacer.style.height = `${visible.length * ROW}px`;
    indent();
  }

  /** With a filter: the spans of the activity, and their ancestors. */
  function allowed() {
    const set = new Set();
    for (const span of state.rows) {
      if (!state.within(span)) continue;
      for (let up = span; up && !set.has(up); up = state.byId.get(up.parent)) set.add(up);
    }
    return set;
  }

  function indent() {
    const width = (element.clientWidth || 600) * 0.36;
    const own = parseFloat(element.style.getPropertyValue('--names')) || width;
    element.style.setProperty('--step', `${Math.max(2, Math.min(INDENT, (own - 130) / Math.max(1, deepest))).toFixed(2)}px`);
  }

  function paint(force) {
    if (holding) { wanted = wanted || Boolean(force); return; }
    const from = Math.max(0, Math.floor(tree.scrollTop / ROW) - AHEAD);
    const to = Math.min(visible.length, Math.ceil((tree.scrollTop + tree.clientHeight) / ROW) + AHEAD);
    if (!force && from === painted.from && to === painted.to) return;
    painted = {from, to};
    const next = new Map();
    for (let i = from; i < to; i++) {
      const span = visible[i];
      const key = [version, span.index, state.folded.has(span.id), state.step === span.id, state.active === span.id, state.selected === span.id, state.query ? matched.has(span) : ''].join();
      const before = drawn.get(i);
      next.set(i, before?.key === key ? before : {key, element: row(span, i)});
    }
    for (const [i, {element: old}] of drawn) if (next.get(i)?.element !== old) old.remove();
    // In display order, because screen readers use the order of the elements.
    let behind = spacer.firstChild;
    for (const {element: wantedRow} of next.values()) {
      if (behind === wantedRow) behind = behind.nextSibling;
      else spacer.insertBefore(wantedRow, behind);
    }
    drawn = next;
    if (place(state.active) >= 0) tree.setAttribute('aria-activedescendant', `span-${state.active}`); else tree.removeAttribute('aria-activedescendant');
  }

  const x = ms => (ms - state.view[0]) / (state.view[1] - state.view[0]) * 100;

  function row(span, i) {
    const took = millisBetween(span.start, span.end);
    const begin = millisBetween(state.start, span.start);
    const left = Math.max(-1, Math.min(100, x(begin)));
    const width = Math.max(0.1, Math.min(101, x(begin + took)) - left);
    const {title, detail, mark} = label(span);
    const kind = kindOf(span);
    const outside = x(begin + took) < 0 || x(begin) > 100;
    return h(`div.span-row${state.step === span.id ? '.of-step' : ''}${matched.has(span) ? '.match' : state.query ? '.nomatch' : ''}${state.active === span.id ? '.active' : ''}`, {
      role: 'treeitem', id: `span-${span.id}`, 'aria-level': span.depth + 1, 'aria-selected': String(state.selected === span.id),
      'aria-expanded': span.children.length ? String(!state.folded.has(span.id)) : null,
      style: {top: `${i * ROW}px`}, onclick: event => once(() => { activate(span); if (event.target.closest('.twist') && span.children.length) fold(span); else actions.select(span.id, 'waterfall'); tree.focus({preventScroll: true}); }),
    },
    h('div.span-name', {style: {'--depth': span.depth}},
      h('span.twist', {'aria-hidden': 'true'}, span.children.length ? state.folded.has(span.id) ? '▸' : '▾' : ''),
      span.depth > 9 ? h('span.depth', {'aria-hidden': 'true', title: `Level ${span.depth + 1}`}, span.depth + 1) : null,
      h(`span.kind.${kind}`, {'aria-hidden': 'true', title: kind === 'other' ? span.service : kind, style: kind === 'other' ? {'--swatch': `var(${state.colours.get(span.service) || '--c8'})`} : null}),
      mark === 'bad' ? [h('span.mark', {'aria-hidden': 'true'}, '✗'), h('span.hidden', {}, 'failed: ')] : mark === 'good' ? h('span.tick', {'aria-hidden': 'true'}, '✓') : null,
      h('span.label', {title: `${span.name}${detail ? ` – ${detail}` : ''}`}, h('b', {}, title), detail ? h('span.detail', {}, ` ${detail}`) : null,
        state.folded.has(span.id) ? h('span.muted', {}, ` +${count(span.last - span.index)}`) : null)),
    h('div.bar-area', {}, outside ? null : h(`div.bar.${kind}${span.error ? '.error' : ''}${span.missing ? '.missing' : ''}`, {style: {'--x': `${left}%`, '--w': `${width}%`, '--swatch': kind === 'other' ? `var(${state.colours.get(span.service) || '--c8'})` : null}}),
      outside ? null : span.events.slice(0, 20).map(event => h(`i.dot${event.name === 'exception' ? '.bad' : ''}`, {title: event.name, style: {'--x': `${Math.min(100, Math.max(0, x(millisBetween(state.start, event.time))))}%`}})),
      outside ? null : h(`span.bar-time${left + width > 80 && left > 16 ? '.before' : left + width > 80 ? '.inside' : ''}`, {style: {'--x': `${left}%`, '--w': `${width}%`}}, span.missing ? '' : duration(took))));
  }

  function drawTicks() {
    const [from, to] = state.view;
    replace(ticks, [0, 0.25, 0.5, 0.75, 1].map(part => h('i', {style: {'--at': `${part * 100}%`}}, duration(from + (to - from) * part))));
    zoomed.hidden = from <= 0 && to >= state.whole;
  }

  function zoom(from, to) {
    const length = Math.min(state.whole, Math.max(state.whole / 1e6, to - from));
    const begin = Math.max(0, Math.min(state.whole - length, from));
    state.view = [begin, begin + length];
    version++;
    drawTicks();
    paint(true);
  }

  function zoomBy(factor) {
    const [from, to] = state.view;
    const active = state.byId.get(state.active);
    const middle = active ? millisBetween(state.start, active.start) + millisBetween(active.start, active.end) / 2 : (from + to) / 2;
    const length = (to - from) * factor;
    zoom(middle - length / 2, middle + length / 2);
  }

  /** Dragging over a part of the axis zooms into it. */
  function drag(event) {
    const box = ticks.getBoundingClientRect();
    const ms = e => state.view[0] + Math.min(1, Math.max(0, (e.clientX - box.left) / box.width)) * (state.view[1] - state.view[0]);
    const begin = ms(event);
    const mark = h('span.zooming', {});
    ticks.append(mark);
    ticks.setPointerCapture(event.pointerId);
    const move = e => { const end = ms(e); mark.style.left = `${x(Math.min(begin, end))}%`; mark.style.width = `${Math.abs(x(end) - x(begin))}%`; };
    const up = e => {
      ticks.removeEventListener('pointermove', move);
      mark.remove();
      const end = ms(e);
      if (Math.abs(x(end) - x(begin)) > 1) zoom(Math.min(begin, end), Math.max(begin, end));
    };
    ticks.addEventListener('pointermove', move);
    ticks.addEventListener('pointerup', up, {once: true});
  }

  function names(width) {
    if (width) element.style.setProperty('--names', `${Math.max(MIN_NAMES, width)}px`);
    handle.setAttribute('aria-valuenow', String(Math.round(parseFloat(element.style.getPropertyValue('--names')) || 300)));
    handle.setAttribute('aria-valuemin', String(MIN_NAMES));
    handle.setAttribute('aria-valuemax', '1200');
  }

  function widen(width) {
    const most = Math.max(MIN_NAMES, element.clientWidth - 160);
    names(Math.min(most, Math.max(MIN_NAMES, width)));
    localStorage.setItem(NAMES_KEY, String(Math.round(parseFloat(element.style.getPropertyValue('--names')))));
    indent();
  }

  const namesWidth = () => handle.parentElement.getBoundingClientRect().width;

  function resize(event) {
    event.preventDefault();
    event.stopPropagation();
    const left = element.getBoundingClientRect().left;
    handle.setPointerCapture(event.pointerId);
    const move = e => widen(e.clientX - left);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), {once: true});
  }

  function resizeByKey(event) {
    const by = {ArrowLeft: -24, ArrowRight: 24}[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    widen(namesWidth() + by);
  }

  function activate(span) {
    state.active = span ? span.id : '';
  }

  /** Scrolls to a row and unfolds its ancestors. */
  function reveal(span) {
    let opened = false;
    for (let up = state.byId.get(span.parent), guard = 0; up && guard < 100000; up = state.byId.get(up.parent), guard++) opened = state.folded.delete(up.id) || opened;
    if (opened || place(span.id) < 0) layout();
    const i = place(span.id);
    if (i < 0) return;
    const top = i * ROW;
    if (top < tree.scrollTop + ROW) tree.scrollTop = Math.max(0, top - ROW * 2);
    else if (top > tree.scrollTop + tree.clientHeight - ROW * 2) tree.scrollTop = top - tree.clientHeight + ROW * 3;
    paint(true);
  }

  function fold(span, wanted = !state.folded.has(span.id)) {
    if (wanted) state.folded.add(span.id); else state.folded.delete(span.id);
    layout();
    paint(true);
  }

  function foldAll() {
    for (const span of state.rows) if (span.children.length && span.depth > 0) state.folded.add(span.id);
    layout();
    paint(true);
  }

  /** Searches all rows in slices: the first search has to build the text of each row. */
  function search(text) {
    const sought = text.trim().toLowerCase();
    state.query = sought;
    find(() => { if (matches.length) once(() => { reveal(matches[0]); wanted = true; }); else paint(true); });
  }

  /** @param {() => void} [first] called when the first row is found, or at the end */
  function find(first) {
    clearTimeout(searching);
    matches = [];
    matched = new Set();
    let i = 0;
    let told = !first;
    const slice = () => {
      const end = performance.now() + SLICE;
      for (; state.query && i < state.rows.length; i++) {
        if (i % 64 === 63 && performance.now() > end) break;
        if (haystack(state.rows[i]).includes(state.query)) { matches.push(state.rows[i]); matched.add(state.rows[i]); }
      }
      const over = !state.query || i >= state.rows.length;
      if (!told && (matches.length || over)) { told = true; first(); } else paint(true);
      tell();
      if (!over) searching = setTimeout(slice);
    };
    slice();
  }

  function tell() {
    const here = indexIn(matches, state.byId.get(state.active)?.index ?? -1);
    found.textContent = !state.query ? '' : !matches.length ? 'nothing found' : here >= 0 ? `${here + 1} of ${count(matches.length)}` : `${count(matches.length)} found`;
  }

  /** The number of these rows before a position. */
  function below(list, index) {
    let low = 0;
    for (let high = list.length; low < high;) { const middle = (low + high) >> 1; if (list[middle].index < index) low = middle + 1; else high = middle; }
    return low;
  }

  const indexIn = (list, index) => { const i = below(list, index); return list[i]?.index === index ? i : -1; };

  function jump(list, by) {
    if (!list.length) return;
    const here = state.byId.get(state.active)?.index ?? -1;
    let low = below(list, here + (by > 0 ? 1 : 0));
    if (by < 0) low--;
    const next = list[(low + list.length) % list.length];
    activate(next);
    reveal(next);
    actions.select(next.id, 'waterfall');
    tell();
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const i = Math.max(0, place(state.active));
    const span = visible[i];
    if (!span) return;
    const open = span.children.length && !state.folded.has(span.id);
    const page = Math.max(1, Math.floor(tree.clientHeight / ROW) - 1);
    const go = next => { if (next) { activate(next); reveal(next); } };
    const move = {
      ArrowDown: () => go(visible[i + 1]), ArrowUp: () => go(visible[i - 1]), Home: () => go(visible[0]), End: () => go(visible[visible.length - 1]),
      PageDown: () => go(visible[Math.min(visible.length - 1, i + page)]), PageUp: () => go(visible[Math.max(0, i - page)]),
      ArrowRight: () => { if (span.children.length && !open) fold(span, false); else if (open) go(visible[i + 1]); },
      ArrowLeft: () => { if (open) fold(span, true); else go(state.byId.get(span.parent)); },
      Enter: () => actions.select(span.id, 'waterfall'), ' ': () => actions.select(span.id, 'waterfall'), Escape: () => actions.close(),
      e: () => jump(errors, 1), E: () => jump(errors, -1), n: () => jump(matches, 1), N: () => jump(matches, -1), '+': () => zoomBy(ZOOM_STEP), '=': () => zoomBy(ZOOM_STEP), '-': () => zoomBy(1 / ZOOM_STEP),
      0: () => zoom(0, state.whole), z: () => { const from = millisBetween(state.start, span.start); const took = Math.max(millisBetween(span.start, span.end), state.whole / 1e5); zoom(from - took * 0.05, from + took * 1.05); },
    }[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  return {
    element,
    /** New data, or another filter. Scroll position, folds, zoom and selection stay unchanged. */
    update() {
      const scroll = tree.scrollTop;
      if (!(state.view[1] > 0) || state.viewWhole === undefined || (state.view[0] <= 0 && state.view[1] >= state.viewWhole)) state.view = [0, state.whole];
      state.viewWhole = state.whole;
      errors = state.rows.filter(span => span.error);
      errorButton.hidden = !errors.length;
      errorButton.textContent = `Next error (${count(errors.length)})`;
      version++;
      layout();
      if (state.query) find();
      if (place(state.active) < 0) activate(visible[0]);
      drawTicks();
      tree.style.height = `${Math.max(4, visible.length) * ROW + 2}px`;
      if (tree.scrollTop !== scroll) tree.scrollTop = scroll;
      paint(true);
    },
    /** The selection has changed in another part. */
    selected(id) {
      once(() => {
        const span = state.byId.get(id);
        if (span) { activate(span); reveal(span); }
        wanted = true;
      });
    },
    focus: () => tree.focus({preventScroll: true}),
  };
}
