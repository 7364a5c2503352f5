// Numbers, times and money for the user.

const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const plain = new Intl.NumberFormat('en', {maximumFractionDigits: 2});
const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'});
const full = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});

export const count = n => n === null || n === undefined ? '–' : Math.abs(n) >= 10000 ? compact.format(n) : plain.format(n);

export const share = n => Number.isFinite(n) ? `${Math.round(n * 100)} %` : '–';

/** US dollars; small sums keep their digits. @param {number|null|undefined} usd */
export function money(usd) {
  if (usd === null || usd === undefined) return '–';
  if (usd !== 0 && Math.abs(usd) < 0.01) return `$${usd.toFixed(4)}`;
  if (Math.abs(usd) >= 10000) return `$${compact.format(usd)}`;
  return `$${usd.toFixed(2)}`;
}

/** Milliseconds, from nanoseconds' fractions to days. */
export function duration(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return '–';
  if (ms < 0.001) return ms === 0 ? '0 ms' : `${Math.round(ms * 1e6)} ns`;
  if (ms < 1) return `${trim(ms * 1000)} µs`;
  if (ms < 1000) return `${trim(ms)} ms`;
  if (ms < 60000) return `${trim(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ${String(Math.floor(seconds % 3600 / 60)).padStart(2, '0')} m`;
  return `${count(Math.round(seconds / 86400))} days`;
}

const trim = n => String(n >= 100 ? Math.round(n) : Number(n.toPrecision(3)));

export function bytes(n) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) { n /= 1000; unit++; }
  return `${unit ? trim(n) : n} ${units[unit]}`;
}

export function ago(ms) {
  const seconds = Math.round((Date.now() - ms) / 1000);
  if (seconds < -60 || seconds > 86400 * 2) return Math.abs(ms) < 8.64e15 ? day.format(ms) : 'far from now';
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3600)} h ago`;
}

export const moment = ms => Math.abs(ms) < 8.64e15 ? full.format(ms) : 'out of range';

export const timeOfDay = ms => Math.abs(ms) < 8.64e15 ? clock.format(ms) : '–';

/** A time with the exact moment on hover, kept fresh by the page. */
export function timeElement(h, ms) {
  const valid = Math.abs(ms) < 8.64e15;
  return h('time', {datetime: valid ? new Date(ms).toISOString() : null, title: moment(ms), 'data-ms': ms}, ago(ms));
}

/** A day and a time, short enough for a row. */
const rowTime = new Intl.DateTimeFormat('en-GB', {day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit'});
export const rowMoment = ms => Math.abs(ms) < 8.64e15 ? rowTime.format(ms).replace(',', '') : '–';

export const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many || `${one}s`}`;
