// Builds elements. Text is only ever set as text, so that nothing a span carries can become markup.

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

/** The part of a URL behind its question mark; what is empty is left out. @param {Record<string, any>} values */
export const query = values => new URLSearchParams(Object.entries(values).filter(([, v]) => v !== null && v !== undefined && v !== '')).toString();

/**
 * Asks the engine; throws an Error that a person can read.
 * @param {string} path @param {AbortSignal} [signal] @param {string} [method]
 */
export async function ask(path, signal, method = 'GET') {
  let response;
  try {
    response = await fetch(path, {signal, method, headers: {Accept: 'application/json'}});
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Error(pasteable('The engine does not answer. Is it running? Look with: jbang stack status'));
  }
  if (response.ok) return response.status === 204 ? null : response.json();
  let reason = await response.text();
  try { reason = JSON.parse(reason).error || reason; } catch { /* it was plain text */ }
  const error = new Error(reason.trim() || `status ${response.status}`);
  error.status = response.status;
  throw error;
}

/** A text whose commands are written as JBang's, with the name by which the programs are called here, from any folder. */
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

/** Why there is nothing to see, and what to do about it. */
export function empty(title, text, ...commands) {
  return h('div.empty', {}, h('h1', {}, title), h('p', {}, text), commands.map(command));
}

export function failure(error) {
  return h('div.empty.failure', {role: 'alert'}, h('h1', {}, 'This could not be shown'), h('p', {}, error.message));
}

export const nowhere = path => h('div.empty', {}, h('h1', {}, 'There is no such page'), h('p', {}, h('span.mono', {}, path), ' leads nowhere.'), h('p', {}, h('a', {href: '/'}, 'Overview')), h('p', {}, h('a', {href: '/runs'}, 'Runs')));

/** The shape of what is coming, while it is asked for. */
export const shape = () => h('div.loading', {'aria-hidden': 'true'}, h('div.shape', {}, [38, 100, 100, 82, 91, 64].map(width => h('i', {style: {'--w': `${width}%`}}))));
