// What the person sends: one at a time, in order, tried again under the same id until the server has it.
import { Failed, post } from './api.js';
import { t } from './boot.js';
import { load, save, uuid } from './keep.js';

/** @typedef {{ id: string, text: string, token?: string, at: number,
 *   state: 'waiting' | 'sending' | 'failed' | 'sent', error?: string }} Item */
/** @typedef {ReturnType<typeof openOutbox>} Outbox */

/** What was left over from an earlier visit is sent by itself only while it is this fresh; a pressed button ages sooner. */
const FRESH_MS = 24 * 3_600_000;
const FRESH_PRESS_MS = 10 * 60_000;
const MOST_WAIT_MS = 30_000;

/**
 * @param {import('./api.js').Where} where @param {string} key names the place in the device's storage
 * @param {(items: Item[]) => void} show
 */
export function openOutbox(where, key, show) {
  const name = `unsent.${key}`;
  /** @type {Item[]} */
  let items = load(name, []).map((/** @type {Item} */ item) =>
    Date.now() - item.at < (item.token ? FRESH_PRESS_MS : FRESH_MS)
      ? { ...item, state: 'waiting' }
      : { ...item, state: 'failed', error: t('leftOver') },
  );
  /** Whatever this page has had in its hands. */
  const known = new Set(items.map((i) => i.id));
  let running = false;
  let closed = false;
  /** Ends the wait before the next try. @type {() => void} */
  let hurry = () => {};

  function changed() {
    if (closed) return;
    // Another page of this device may hold messages of its own, which must stay.
    const mine = items.filter((i) => i.state !== 'sent');
    /** @type {Item[]} */
    const kept = load(name, []);
    for (const { id } of mine) known.add(id);
    save(name, [...kept.filter((i) => !known.has(i.id)), ...mine]);
    show(items);
  }

  async function run() {
    if (running || closed) return;
    running = true;
    for (let tries = 0; !closed; ) {
      const item = items.find((i) => i.state === 'waiting' || i.state === 'sending');
      if (!item) break;
      item.state = 'sending';
      changed();
      try {
        await post(where, { id: item.id, ...(item.token ? { token: item.token } : { text: item.text }) });
        tries = 0;
        Object.assign(item, { state: 'sent', error: undefined });
      } catch (error) {
        const failed = error instanceof Failed ? error : new Failed(String(error), false);
        Object.assign(item, { state: failed.retry ? 'waiting' : 'failed', error: failed.message });
        changed();
        if (failed.retry) await pause(failed.after ?? Math.min(MOST_WAIT_MS, 1_000 * 2 ** tries++));
        continue;
      }
      changed();
    }
    running = false;
  }

  /** @param {number} ms */
  const pause = (ms) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      hurry = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });

  const online = () => hurry();
  window.addEventListener('online', online);
  changed();
  void run();

  return {
    /** @param {string} text @param {string} [token] of a choice whose label the text is */
    send(text, token) {
      items.push({ id: uuid(), text, ...(token && { token }), at: Date.now(), state: 'waiting' });
      changed();
      void run();
    },
    /** The line stands in the history: it is no longer ours to keep. @param {string} [eventId] `web:<id>` */
    confirm(eventId) {
      const before = items.length;
      items = items.filter((i) => `web:${i.id}` !== eventId);
      if (items.length !== before) changed();
    },
    /** @param {string} id */
    retry(id) {
      const item = items.find((i) => i.id === id);
      if (item) Object.assign(item, { state: 'waiting', at: Date.now() });
      changed();
      hurry();
      void run();
    },
    /** @param {string} id */
    drop(id) {
      items = items.filter((i) => i.id !== id);
      changed();
    },
    close() {
      closed = true;
      window.removeEventListener('online', online);
      hurry();
    },
  };
}
