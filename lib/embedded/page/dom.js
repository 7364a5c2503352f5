// Builds elements. Text is always set as text, so that no content of a span can become markup.

/** An element: h('a.button', {href: '/', onclick: f}, 'text', child, [more]). Attributes that are null or false are left out. */
export function h(selector, attributes, ...children) {
  const [tag, ...classes] = selector.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function replace(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/** The query of a URL; empty values are left out. @param {Record<string, any>} values */
export const query = values => new URLSearchParams(Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== '')).toString();

/**
 * Sends a request to the engine; throws an Error with a message for the user.
 * @param {string} path @param {AbortSignal} [signal] @param {string} [method]
 */
export async function ask(path, signal, method = 'GET') {
  let response;
  try {
    response = await fetch(path, {signal, method, headers: {Accept: 'application/json'}});
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Error(pasteable('The engine does not answer. Check whether it runs: jbang stack status'));
  }
  if (response.ok) return response.status === 204 ? null : response.json();
  let reason = await response.text();
  try { reason = JSON.parse(reason).error || reason; } catch { /* the reason is plain text */ }
  const error = new Error(reason.trim() || `status ${response.status}`);
  error.status = response.status;
  throw error;
}

/** Replaces "jbang pa" and "jbang stack" in a text by the user's own command, which works in any folder. */
export const pasteable = text => text.replace(/\bjbang (pa|stack)\b/g, (_, name) => (document.documentElement.dataset.program || 'jbang %s').replace('%s', () => name));

/** A command with a button that copies it. */
export function command(written) {
  const text = pasteable(written);
  const button = h('button.copy', {type: 'button', 'aria-label': `Copy: ${text}`, onclick: async () => {
    try { await navigator.clipboard.writeText(text); button.textContent = 'Copied'; } catch { button.textContent = 'Press Ctrl+C'; select(code); }
    setTimeout(() => { button.textContent = 'Copy'; }, 1600);
  }}, 'Copy');
  const code = h('code', {}, text);
  return h('div.command', {}, code, button);
}

function select(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

/** Explains why the view is empty, and what to do. */
export function empty(title, text, ...commands) {
  return h('div.empty', {}, h('h1', {}, title), h('p', {}, text), commands.map(command));
}

export function failure(error) {
  return h('div.empty.failure', {role: 'alert'}, h('h1', {}, 'This page could not be loaded'), h('p', {}, error.message));
}

export const nowhere = path => h('div.empty', {}, h('h1', {}, 'This page does not exist'), h('p', {}, h('span.mono', {}, path), ' is not a page.'), h('p', {}, h('a', {href: '/'}, 'Overview')), h('p', {}, h('a', {href: '/runs'}, 'Runs')));

/** A placeholder during loading. */
export const shape = () => h('div.loading', {'aria-hidden': 'true'}, h('div.shape', {}, [38, 100, 100, 82, 91, 64].map(width => h('i', {style: {'--w': `${width}%`}}))));
