// A searchable list after the ARIA pattern: the field keeps the focus, arrows move, Enter takes, Escape gives up.
import { el, fold } from './boot.js';

/** @typedef {{ id: string, name: string }} Option */

/**
 * @param {{ input: HTMLInputElement, list: HTMLElement, options: Option[], chosen: string,
 *   none: string, found(count: number): void, choose(id: string): void }} with_
 */
export function createCombobox({ input, list, options, chosen, none, found, choose }) {
  const current = options.find((o) => o.id === chosen) ?? options[0];
  const folded = options.map((option) => ({ option, words: fold(option.name) }));
  /** @type {Option[]} */
  let shown = [];
  let active = -1;

  /** Every word typed stands somewhere in the name. @param {string} query */
  const matching = (query) => {
    const parts = fold(query).split(/\s+/);
    return folded.filter(({ words }) => parts.every((p) => words.includes(p))).map(({ option }) => option);
  };

  /** @param {Option[]} found_ */
  function open(found_) {
    shown = found_;
    active = current ? shown.indexOf(current) : -1;
    if (active < 0 && shown.length > 0) active = 0;
    list.replaceChildren(
      ...shown.map((option, i) =>
        el('div', { id: `${list.id}-${i}`, role: 'option', 'aria-selected': String(option === current) }, option.name),
      ),
      ...(shown.length === 0 ? [el('div', { className: 'none', role: 'presentation' }, none)] : []),
    );
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark();
  }

  function mark() {
    [...list.children].forEach((item, i) => {
      item.classList.toggle('active', i === active);
    });
    const item = list.children[active];
    if (shown.length > 0 && item) {
      input.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    input.value = current?.name ?? '';
  }

  /** @param {Option | undefined} option */
  function take(option) {
    close();
    if (!option || option === current) return;
    input.value = option.name;
    choose(option.id);
  }

  input.value = current?.name ?? '';
  input.onfocus = () => input.select();
  input.onclick = () => {
    if (list.hidden) open(options);
  };
  input.oninput = () => {
    open(matching(input.value));
    found(shown.length);
  };
  input.onblur = () => close();
  input.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) return open(options);
      active = (active + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % Math.max(1, shown.length);
      mark();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!list.hidden) take(shown[active]);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  // Pressing must not take the focus from the field before the click arrives.
  list.onpointerdown = (event) => event.preventDefault();
  list.onclick = (event) => {
    const item = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    if (item) take(shown[[...list.children].indexOf(item)]);
  };
}
