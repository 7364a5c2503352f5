// Shows a view, keeps it up to date, and draws the frame around it.
import {ask, failure, nowhere, pasteable, replace, shape} from '/page/dom.js';
import {ago, bytes, count} from '/page/format.js';
import {clear} from '/page/charts.js';
import {overview} from '/page/overview.js';
import {compare} from '/page/compare.js';
import {logs} from '/page/logs.js';
import {runs} from '/page/runs.js';
import {traces} from '/page/traces.js';
import {metrics} from '/page/metrics.js';
import {trace} from '/page/trace.js';

const view = document.getElementById('view');
const live = document.getElementById('live');
const find = document.getElementById('find');
const theme = document.getElementById('theme');

const VIEWS = {
  '': {show: overview, name: 'overview', title: 'Overview', signals: ['metrics', 'traces'], pause: 2000},
  runs: {show: runs, name: 'runs', title: 'Runs', signals: ['traces'], pause: 1000},
  traces: {show: traces, name: 'traces', title: 'Traces', signals: ['traces'], pause: 1500},
  logs: {show: logs, name: 'logs', title: 'Logs', signals: ['logs'], pause: 1500},
  metrics: {show: metrics, name: 'metrics', title: 'Metrics', signals: ['metrics'], pause: 3000},
  trace: {show: trace, name: 'runs', title: 'Trace', signals: ['traces', 'logs'], pause: 700, inPlace: true},
  compare: {show: compare, name: 'runs', title: 'Two runs', signals: [], pause: 5000},
};

const SHAPE_AFTER = 180;

let running = new AbortController();
let current = VIEWS[''];
let timer = 0;

async function show(first) {
  running.abort();
  const mine = running = new AbortController();
  const path = location.pathname;
  const found = VIEWS[path.split('/')[1]] || null;
  if (!found) { clear(); replace(view, nowhere(path)); view.setAttribute('aria-busy', 'false'); return; }
  if (first) {
    if (found !== current || path.startsWith('/trace/')) clear();
    document.title = `${found.title} – AgentProxy`;
    view.setAttribute('aria-busy', 'true');
  }
  // If loading takes longer than a moment, a placeholder is shown; a trace has its own.
  const waiting = first && !found.inPlace && (found !== current || !view.firstChild) ? setTimeout(() => { if (!mine.signal.aborted) { clear(); replace(view, shape()); } }, SHAPE_AFTER) : 0;
  current = found;
  document.querySelectorAll('.tabs a').forEach(a => a.dataset.view === found.name ? a.setAttribute('aria-current', 'page') : a.removeAttribute('aria-current'));
  const params = new URLSearchParams(location.search);
  if (document.activeElement !== find) find.value = path === '/runs' ? params.get('text') || '' : '';
  const scroll = first || found.inPlace ? null : scrollY;
  const typing = view.contains(document.activeElement) && document.activeElement.matches('input, select');
  // A user who has loaded more than the first page keeps the longer list.
  if (!first && view.querySelector('[data-expanded]')) return;
  if (!first && typing && !found.inPlace) return; // a field in use is not replaced
  const focused = !first && !found.inPlace && view.contains(document.activeElement) ? document.activeElement.id : '';
  try {
    await found.show(view, {signal: mine.signal, path, params, go, first, refresh: () => show(false)});
    if (mine.signal.aborted) return;
    if (scroll !== null) scrollTo({top: scroll});
    if (focused) document.getElementById(focused)?.focus({preventScroll: true});
  } catch (error) {
    if (error.name === 'AbortError' || mine.signal.aborted) return;
    if (first) { clear(); replace(view, failure(error)); }
  } finally {
    clearTimeout(waiting);
    if (mine === running) view.setAttribute('aria-busy', 'false');
  }
}

export function go(url) {
  if (url !== location.pathname + location.search) history.pushState(null, '', url);
  return show(true);
}

addEventListener('popstate', () => show(true));

document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname.startsWith('/api/') || link.getAttribute('href').startsWith('#')) return;
  event.preventDefault();
  go(url.pathname + url.search + url.hash).then(() => { scrollTo({top: 0}); view.focus({preventScroll: true}); });
});

document.querySelector('.find').addEventListener('submit', event => {
  event.preventDefault();
  const text = find.value.trim();
  go(/^[0-9a-fA-F]{32}$/.test(text) ? `/trace/${text.toLowerCase()}` : text ? `/runs?${new URLSearchParams({text})}` : '/runs');
});

addEventListener('keydown', event => {
  if (event.key === '/' && !event.target.matches('input, textarea, select') && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    find.focus();
    find.select();
  }
});

// The engine reports new data; a view then loads again, but not more often than a user can read it. A browser has six
// connections for all its tabs, so only a visible tab listens, and loads once when it becomes visible again.
let source = null;

function listen() {
  if (source) return;
  source = new EventSource('/api/live');
  source.onopen = () => { const lost = live.dataset.state === 'lost'; state('live', 'live'); if (lost) show(false); };
  source.onerror = () => state('lost', 'no connection');
  source.onmessage = event => {
    const news = JSON.parse(event.data);
    live.classList.remove('beat');
    requestAnimationFrame(() => live.classList.add('beat'));
    const path = location.pathname;
    const concerns = path.startsWith('/trace/') ? news.traces.includes(path.split('/')[2].toLowerCase()) : news.signals.some(s => current.signals.includes(s));
    if (concerns && !timer) timer = setTimeout(() => { timer = 0; if (!document.hidden) show(false); }, current.pause);
  };
}

function hush() {
  source?.close();
  source = null;
  state('paused', 'paused');
}

function state(name, text) {
  live.dataset.state = name;
  live.lastElementChild.textContent = text;
}

addEventListener('pagehide', hush);
addEventListener('pageshow', event => { if (event.persisted) { listen(); show(false); } });
document.addEventListener('visibilitychange', () => { if (document.hidden) hush(); else { listen(); show(false); } });
setInterval(() => document.querySelectorAll('time[data-ms]').forEach(t => { t.textContent = ago(Number(t.dataset.ms)); }), 10000);

async function facts() {
  try {
    const health = await ask('/api/health');
    document.getElementById('facts').textContent = `AgentProxy ${health.version}, embedded engine · ${bytes(health.bytes)} stored · ${count(health.requests)} requests received`
      + (health.refused ? `, ${count(health.refused)} refused` : '') + (health.state === 'damaged' ? pasteable(' · the store is damaged: jbang stack restart') : '');
  } catch { /* the next request may succeed */ }
}

// Colours: the system's setting, light, or dark.
const THEMES = ['system', 'light', 'dark'];
const SIGNS = {system: '◐', light: '☀', dark: '☾'};
function colours(name) {
  if (name === 'system') delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = name;
  theme.textContent = SIGNS[name];
  theme.setAttribute('aria-label', `Colours: ${name === 'system' ? "the system's setting" : name}`);
  theme.title = theme.getAttribute('aria-label');
}
const wanted = () => THEMES.includes(localStorage.getItem('agentproxy.theme')) ? localStorage.getItem('agentproxy.theme') : 'system';
theme.addEventListener('click', () => {
  const next = THEMES[(THEMES.indexOf(wanted()) + 1) % THEMES.length];
  localStorage.setItem('agentproxy.theme', next);
  colours(next);
  show(false);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => show(false));

colours(wanted());
show(true);
listen();
facts();
setInterval(facts, 15000);
