// The chat as it is read: lines by day, choices under the bot's last one, what is still on its way, and the scrolling.
import { byId, el, t } from './boot.js';
import { choiceButtons, lineElement, pastChoices, speakerOf } from './line.js';
import { dayOf } from './time.js';

/** A pause after which the speaker is named again. */
const PAUSE_MS = 10 * 60_000;
/** As near to the end as this (px) counts as being at the end. */
const NEAR = 24;

const scroll = byId('scroll');
const log = byId('log');
const pending = byId('pending');
const down = byId('down');

/**
 * @param {{ where: import('./api.js').Where, choose(choice: import('./api.js').Choice): void,
 *   retry(id: string): void, drop(id: string): void, focusText(): void }} to
 */
export function createLog(to) {
  /** @type {import('./api.js').Line[]} */
  let lines = [];
  /** The bot's last line that offers something. @type {{ line: import('./api.js').Line, box: HTMLElement } | null} */
  let offer = null;
  /** Lines that came unasked: what they offer is good whatever was said since. @type {{ line: import('./api.js').Line, box: HTMLElement }[]} */
  let standing = [];
  /** The token of the button that was pressed last. */
  let pressed = '';
  let missed = 0;
  let busy = false;

  /** @param {import('./api.js').Line} line */
  function place(line) {
    const before = lines.at(-1);
    lines.push(line);
    const newDay = !before || dayOf(before.at) !== dayOf(line.at);
    if (newDay) log.append(el('h2', { className: 'day' }, el('span', {}, dayOf(line.at))));
    const goesOn =
      !newDay && before.who === line.who && speakerOf(before) === speakerOf(line) && line.at - before.at < PAUSE_MS;
    const element = lineElement(line, to.where, !goesOn);
    if (line.who === 'bot') {
      const unasked = line.choices?.every(({ token }) => token.startsWith('/')) ?? false;
      if (!unasked) settle(null);
      if (line.choices) {
        const box = choiceButtons(line.choices, choose);
        element.append(box);
        if (unasked) standing.push({ line, box });
        else offer = { line, box };
      }
    } else {
      const label = line.text[0]?.text ?? null;
      // Several may offer the same words: what was pressed here is known, else the last is meant.
      const own = standing.filter((one) => offers(one, line));
      const taken = own.find((one) => has(one, pressed)) ?? (offers(offer, line) ? null : own.at(-1));
      if (taken) past(taken, label);
      else if (offers(offer, line)) settle(label);
      standing = standing.filter((one) => one !== taken);
      pressed = '';
    }
    log.append(element);
    return element;
  }

  /** @param {string | null} picked */
  function settle(picked) {
    if (!offer) return;
    past(offer, picked);
    offer = null;
  }

  /** @param {{ line: import('./api.js').Line, box: HTMLElement }} one @param {string | null} picked */
  function past({ line, box }, picked) {
    box.replaceWith(pastChoices(line.choices ?? [], picked));
  }

  /** @param {{ line: import('./api.js').Line }} one @param {string} token */
  const has = (one, token) => one.line.choices?.some((c) => c.token === token) ?? false;

  /** @param {{ line: import('./api.js').Line } | null} one @param {import('./api.js').Line} said */
  const offers = (one, said) => one?.line.choices?.some((c) => c.label === said.text[0]?.text) ?? false;

  /** @param {import('./api.js').Choice} choice @param {boolean} byKeyboard */
  function choose(choice, byKeyboard) {
    if (busy) return;
    pressed = choice.token;
    to.choose(choice);
    // The button is about to go; on a phone the text field would bring up the keyboard.
    if (byKeyboard) to.focusText();
    else scroll.focus({ preventScroll: true });
  }

  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
  const toEnd = () => {
    scroll.scrollTop = scroll.scrollHeight;
  };

  function showMissed() {
    down.hidden = atEnd();
    if (down.hidden) missed = 0;
    down.classList.toggle('new', missed > 0);
    byId('down-text').classList.toggle('hidden', missed === 0);
    byId('down-text').textContent = missed > 0 ? `${t('newLines')} (${missed})` : t('jumpDown');
  }

  const onScroll = () => showMissed();
  scroll.addEventListener('scroll', onScroll, { passive: true });
  down.onclick = () => {
    toEnd();
    scroll.focus({ preventScroll: true });
  };
  // A picture that arrives or a keyboard that opens must not push the end out of sight.
  let stick = true;
  const sizes = new ResizeObserver(() => {
    if (stick) toEnd();
    showMissed();
  });
  sizes.observe(log);
  sizes.observe(scroll);
  const onUser = () => {
    stick = atEnd();
  };
  scroll.addEventListener('scroll', onUser, { passive: true });

  return {
    /** Everything there is so far; nothing of it is read aloud.
     * @param {import('./api.js').Line[]} all @param {boolean} keepPlace the reader was looking at older lines */
    fill(all, keepPlace) {
      const fromEnd = scroll.scrollHeight - scroll.scrollTop;
      log.setAttribute('aria-busy', 'true');
      log.replaceChildren();
      lines = [];
      offer = null;
      standing = [];
      for (const line of all) place(line);
      if (keepPlace) scroll.scrollTop = scroll.scrollHeight - fromEnd;
      else {
        stick = true;
        toEnd();
      }
      requestAnimationFrame(() => log.setAttribute('aria-busy', 'false'));
    },
    /** @param {import('./api.js').Line} line */
    add(line) {
      const follow = stick || line.who === 'me';
      const element = place(line);
      if (!follow) {
        missed++;
        showMissed();
      } else if (line.who === 'bot' && element.offsetHeight > scroll.clientHeight * 0.9) {
        // A long answer is read from its beginning.
        stick = false;
        scroll.scrollTop += element.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 12;
      } else {
        stick = true;
        toEnd();
      }
    },
    lines: () => lines,
    /** @param {import('./outbox.js').Item[]} items */
    showPending(items) {
      busy = items.some((i) => i.token && i.state !== 'failed');
      for (const button of offer?.box.querySelectorAll('button') ?? [])
        button.setAttribute('aria-disabled', String(busy));
      const grown = items.length > pending.childElementCount;
      pending.replaceChildren(...items.map((item) => pendingElement(item, to)));
      if (grown) {
        stick = true;
        toEnd();
      }
    },
    close() {
      sizes.disconnect();
      scroll.removeEventListener('scroll', onScroll);
      scroll.removeEventListener('scroll', onUser);
      log.replaceChildren();
      pending.replaceChildren();
      down.hidden = true;
    },
  };
}

/** What waits to be sent while the chat itself cannot be read. @param {import('./outbox.js').Item[]} items */
export function showWaiting(items) {
  const still = { retry: () => {}, drop: () => {} };
  pending.replaceChildren(...items.map((item) => pendingElement({ ...item, error: undefined }, still)));
}

/** @param {import('./outbox.js').Item} item @param {{ retry(id: string): void, drop(id: string): void }} to */
function pendingElement(item, to) {
  const trouble = item.state === 'failed' || item.error !== undefined;
  const state = item.state === 'failed' ? 'failed' : item.state === 'sent' ? 'sent' : trouble ? 'retrying' : 'sending';
  return el(
    'article',
    { className: `line me first pending ${state}`, 'aria-label': `${t('me')}: ${t(state)}` },
    el('div', { className: 'bubble' }, el('p', { className: 'text' }, item.text)),
    el('p', { className: 'time', role: trouble ? 'alert' : null }, t(state), item.error ? `. ${item.error}` : null),
    trouble &&
      el(
        'p',
        { className: 'mend' },
        el('button', { type: 'button', className: 'quiet', onclick: () => to.retry(item.id) }, t('retry')),
        el('button', { type: 'button', className: 'quiet', onclick: () => to.drop(item.id) }, t('drop')),
      ),
  );
}
