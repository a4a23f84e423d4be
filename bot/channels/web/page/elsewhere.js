// What was said on the person's other devices, above the chat of this one; read when it is opened, and nothing is pressed there.
import { getElsewhere } from './api.js';
import { byId, el, t } from './boot.js';
import { lineElement } from './line.js';
import { dayOf } from './time.js';

const box = /** @type {HTMLDetailsElement} */ (byId('elsewhere'));
const log = byId('elsewhere-log');

/** @param {boolean} there whether there are other devices */
export function showElsewhere(there) {
  box.hidden = !there;
  box.open = false;
  log.replaceChildren();
}

box.addEventListener('toggle', () => {
  if (box.open) void read();
});

async function read() {
  try {
    const { lines } = await getElsewhere();
    const where = { as: null, in: null };
    const shown = lines.flatMap((line, i) => {
      const newDay = i === 0 || dayOf(lines[i - 1]?.at ?? 0) !== dayOf(line.at);
      const day = newDay ? [el('h2', { className: 'day' }, el('span', {}, dayOf(line.at)))] : [];
      return [...day, lineElement(line, where, true)];
    });
    log.replaceChildren(...(shown.length > 0 ? shown : [el('p', { className: 'hint' }, t('elsewhereNone'))]));
  } catch (error) {
    log.replaceChildren(el('p', { className: 'hint', role: 'alert' }, error instanceof Error ? error.message : ''));
  }
}
