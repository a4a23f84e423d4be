// The live connection: every line once and in order, through lost networks, sleeping phones and restarted servers.
import { address, Failed, getLines } from './api.js';

/** Longer than two heartbeats of the server. */
const SILENCE_MS = 40_000;
/** A hidden page gives its connection back (browsers allow six per site) and looks now and then instead. */
const HIDDEN_MS = 60_000;
const LOOK_MS = 20_000;
const MOST_WAIT_MS = 30_000;

/** @typedef {'connecting' | 'live' | 'waiting' | 'away'} LinkState */

/**
 * @param {import('./api.js').Where} where
 * @param {number} last sequence number of the newest line already shown
 * @param {{ take(line: import('./api.js').Line): void, clock(now: number): void, show(state: LinkState): void,
 *   refused(message: string, status: number): void, changed(you: { signedIn: boolean, registered: boolean }): void }} to
 */
export function openLink(where, last, to) {
  let seen = last;
  let tries = 0;
  let closed = false;
  let heardAt = performance.now();
  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;
  let hiddenTimer = 0;
  /** Rises with every new attempt, so that what an older one still brings is known. */
  let attempt = 0;

  /** @param {import('./api.js').Line} line */
  function take(line) {
    if (line.seq <= seen) return;
    seen = line.seq;
    to.take(line);
  }

  function drop() {
    attempt++;
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function connect() {
    drop();
    heardAt = performance.now();
    const opened = new EventSource(address('/web/stream', where, { after: seen }));
    source = opened;
    const alive = () => {
      heardAt = performance.now();
    };
    opened.onopen = () => {
      alive();
      tries = 0;
      to.show('live');
    };
    opened.onmessage = (event) => {
      alive();
      take(JSON.parse(event.data));
    };
    opened.addEventListener('beat', (event) => {
      alive();
      to.clock(JSON.parse(event.data).now);
    });
    opened.onerror = () => {
      if (source === opened) later();
    };
    watch();
  }

  function watch() {
    timer = setTimeout(() => {
      if (performance.now() - heardAt > SILENCE_MS) later();
      else watch();
    }, 5_000);
  }

  /** @param {number} [after] ms, when the server named them */
  function later(after) {
    drop();
    to.show('waiting');
    const wait = after ?? Math.min(MOST_WAIT_MS, 500 * 2 ** tries++) * (0.75 + Math.random() / 2);
    timer = setTimeout(() => void comeBack(), wait);
  }

  /** Asks for what was missed first: unlike an event source, a request tells why it fails. */
  async function comeBack() {
    drop();
    const mine = attempt;
    try {
      await catchUp(() => mine === attempt);
      if (mine !== attempt) return;
      if (document.hidden && hiddenTimer === -1) away();
      else connect();
    } catch (error) {
      if (mine !== attempt) return;
      if (error instanceof Failed && !error.retry) to.refused(error.message, error.status);
      else later(error instanceof Failed ? error.after : undefined);
    }
  }

  /** @param {() => boolean} wanted */
  async function catchUp(wanted) {
    for (let more = true; more; ) {
      const found = await getLines(where, { after: seen });
      if (!wanted()) return;
      to.clock(found.now);
      to.changed(found.you);
      if (!wanted()) return;
      found.lines.forEach(take);
      more = found.more;
    }
  }

  function away() {
    drop();
    hiddenTimer = -1;
    to.show('away');
    timer = setTimeout(() => void comeBack(), LOOK_MS);
  }

  function seenOrHidden() {
    clearTimeout(hiddenTimer);
    if (document.hidden) {
      hiddenTimer = setTimeout(away, HIDDEN_MS);
      return;
    }
    hiddenTimer = 0;
    wake();
  }

  /** After sleep or a network change an open connection may be dead without anybody telling. */
  function wake() {
    if (closed || document.hidden) return;
    const fresh = source?.readyState === EventSource.OPEN && performance.now() - heardAt < 20_000;
    if (fresh) return;
    tries = 0;
    to.show('connecting');
    void comeBack();
  }

  document.addEventListener('visibilitychange', seenOrHidden);
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  to.show('connecting');
  connect();

  return {
    close() {
      closed = true;
      drop();
      clearTimeout(hiddenTimer);
      document.removeEventListener('visibilitychange', seenOrHidden);
      window.removeEventListener('online', wake);
      window.removeEventListener('pageshow', wake);
    },
  };
}
