// A run's time and cost by activity, as two bars with one legend; the legend filters story and waterfall.
import {h, replace} from '/page/dom.js';
import {count, duration, money, share as percent} from '/page/format.js';

export const SHARES = {worker: 'Worker', model: 'Decisions', checks: 'Checks', waiting: 'Waiting', other: 'Other'};

/**
 * @param {{only: string, selected: string}} state
 * @param {{filter: (share: string) => void, select: (id: string, from: string) => void}} actions
 */
export function createRibbon(state, actions) {
  const element = h('section.ribbon', {'aria-label': 'Time and cost by activity'});
  return {element, update: run => {
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.share : '';
    draw(element, run, state, actions);
    if (focused) element.querySelector(`button[data-share="${focused}"]`)?.focus();
  }};
}

function draw(element, run, state, actions) {
  const {byShare, segments} = run.shares;
  const whole = Math.max(run.ms, 0.001);
  const cost = run.used.costUsd;
  const spent = segments.filter(segment => segment.costUsd > 0);
  const dim = share => state.only && state.only !== share ? '.dim' : '';
  const piece = (segment, left, width, title) => h(`i.seg.${segment.share}${dim(segment.share)}${segment.id && segment.id === state.step ? '.on' : ''}`, {title,
    style: {'--x': `${left}%`, '--w': `${width}%`}, onclick: segment.id ? () => actions.select(segment.id, 'ribbon') : null});
  let reached = 0;
  const sumCost = spent.reduce((sum, segment) => sum + segment.costUsd, 0);
  replace(element,
    h('div.band', {}, h('span.band-name', {}, 'Time'),
      h('div.band-track', {role: 'img', 'aria-label': Object.entries(byShare).filter(([, v]) => v.ms > 0).map(([key, v]) => `${SHARES[key]} ${duration(v.ms)}`).join(', ')},
        segments.map(segment => piece(segment, segment.from / whole * 100, segment.ms / whole * 100, `${SHARES[segment.share]} ${duration(segment.ms)}`))),
      h('b', {}, duration(run.ms))),
    sumCost > 0 ? h('div.band', {}, h('span.band-name', {}, run.rehearsal ? 'Rehearsed' : 'Cost'),
      h('div.band-track', {role: 'img', 'aria-label': Object.entries(byShare).filter(([, v]) => v.costUsd > 0).map(([key, v]) => `${SHARES[key]} ${money(v.costUsd)}`).join(', ')},
        spent.map(segment => { const at = reached; reached += segment.costUsd; return piece(segment, at / sumCost * 100, segment.costUsd / sumCost * 100, `${SHARES[segment.share]} ${money(segment.costUsd)}`); })),
      h('b', {}, money(cost))) : null,
    h('ul.shares', {}, Object.entries(SHARES).filter(([key]) => byShare[key].ms > 0 || byShare[key].costUsd > 0).map(([key, name]) => {
      const part = byShare[key];
      return h('li', {}, h(`button.share${dim(key)}`, {type: 'button', 'data-share': key, 'aria-pressed': String(state.only === key), title: state.only === key ? 'Show everything again' : `Show only this: ${name.toLowerCase()}`, onclick: () => actions.filter(state.only === key ? '' : key)},
        h(`i.swatch.${key}`, {'aria-hidden': 'true'}), name, h('b', {}, duration(part.ms)), h('span.muted', {}, percent(part.ms / whole)),
        part.costUsd ? h('b', {}, money(part.costUsd)) : null, part.tokens ? h('span.muted', {}, `${count(part.tokens)} tokens`) : null,
        part.person > 0 ? h('span.muted', {}, `${duration(part.person)} for a person`) : null));
    })));
}
