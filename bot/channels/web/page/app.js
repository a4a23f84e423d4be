// Puts the page together: one person in one place at a time, both named in the address so that a reload stays.
import { Failed, getLines, postFile } from './api.js';
import { boot, byId, el, t } from './boot.js';
import { createComposer } from './composer.js';
import { hush, invitedWith, notify, showMenu, signedOutCard, signInForm } from './device.js';
import { createDrill } from './drill.js';
import { showElsewhere } from './elsewhere.js';
import { forget, load, save, uuid } from './keep.js';
import { openLink } from './link.js';
import { createLog, showWaiting } from './log.js';
import { openOutbox } from './outbox.js';
import { createClock } from './time.js';

const PAGEFUL = 60;

const notice = byId('notice');
const older = byId('older');
const welcome = byId('welcome');
const clock = createClock();

/** @type {(text: string) => boolean} */
let say = () => false;
/** @type {() => void} */
let leave = () => {};
let visit = 0;
/** The address of the place that was entered last. */
let place = '';
let unread = 0;
/** The newest line that was shown, and of whose chat: registering enters the same chat anew. */
let newest = { key: '', seq: 0 };

const composer = createComposer(
  (text) => say(text),
  (file, caption) => postFile(here(), uuid(), file, caption),
);
const drill = boot.rehearsal ? createDrill({ clock, go }) : null;

/** @returns {import('./api.js').Where} */
function here() {
  const query = new URLSearchParams(location.search);
  return { as: query.get('as'), in: query.get('in') };
}

/** @param {import('./api.js').Where} where */
function go(where) {
  const query = new URLSearchParams(Object.entries(where).flatMap(([k, v]) => (v ? [[k, v]] : [])));
  history.pushState(null, '', query.size > 0 ? `/?${query}` : '/');
  void enter();
}

/** @param {import('./link.js').LinkState} state */
function showLink(state) {
  byId('link').dataset.state = state;
  const words = t(state);
  if (byId('link-text').textContent !== words) byId('link-text').textContent = words;
}

/** @param {string | null} message @param {boolean} [reload] */
function tell(message, reload) {
  notice.hidden = message === null;
  notice.replaceChildren(
    message ?? '',
    ...(reload
      ? [el('button', { type: 'button', className: 'quiet', onclick: () => location.reload() }, t('reload'))]
      : []),
  );
}

/** @param {number} count */
function showUnread(count) {
  if (count === 0 && unread > 0) void hush();
  unread = count;
  if (count > 0) void notify(count);
  document.title = count > 0 ? `(${count}) ${t('title')}` : t('title');
}

/** @param {number} mine @param {import('./api.js').Where} where */
async function firstLines(mine, where, offline = () => {}) {
  for (let tries = 0; mine === visit; tries++) {
    try {
      return await getLines(where, { limit: PAGEFUL });
    } catch (error) {
      const failed = error instanceof Failed ? error : new Failed(String(error), false);
      if (mine !== visit) break;
      if (failed.status === 401) {
        signedOut(failed.message);
        break;
      }
      tell(failed.retry ? t('noConnection') : failed.message, !failed.retry);
      if (!failed.retry) break;
      showLink('waiting');
      // The chat cannot be read now, but written to: what is sent waits on the device.
      if (tries === 0) offline();
      await untilOnline(failed.after ?? Math.min(15_000, 1_000 * 2 ** tries));
    }
  }
  return null;
}

/** So long, or until the network is back. @param {number} ms */
const untilOnline = (ms) =>
  new Promise((done) => {
    setTimeout(done, ms);
    window.addEventListener('online', done, { once: true });
  });

/** Also when it was another device that signed this one out, which may be a lost one. @param {string} [why] */
function signedOut(why) {
  leave();
  leave = () => {};
  say = () => false;
  forget();
  composer.close();
  tell(null);
  byId('link').hidden = true;
  byId('open-menu').hidden = true;
  byId('loading').hidden = true;
  byId('log').replaceChildren();
  showElsewhere(false);
  byId('pending').replaceChildren();
  welcome.replaceChildren(...signedOutCard(why));
  welcome.hidden = false;
}

/** The code of the invitation by whose address the page was opened. */
let invited = invitedWith();

/** The form for a code, in the place of the greeting; it stays until a code is sent. */
function askCode() {
  const form = signInForm((code) => {
    invited = '';
    say(code);
  }, invited);
  welcome.replaceChildren(form);
  welcome.hidden = false;
  welcome.scrollIntoView({ block: 'end' });
  form.querySelector('input')?.focus();
}

/** @param {boolean} empty @param {import('./api.js').Where} where @param {string} kind @param {boolean} signedIn */
function greet(empty, where, kind, signedIn) {
  if (!signedIn && invited && !boot.rehearsal) {
    if (welcome.hidden) askCode();
    return;
  }
  welcome.hidden = !empty;
  if (!empty) return;
  const newcomer = drill && !where.as;
  welcome.replaceChildren(
    el('h2', {}, t('welcomeTitle')),
    signedIn || boot.rehearsal ? el('p', {}, t(kind === 'group' ? 'welcomeGroup' : 'welcome')) : '',
    newcomer ? el('p', {}, t('welcomeDrill')) : '',
    signedIn || boot.rehearsal ? '' : signInForm((code) => say(code), ''),
    el(
      'p',
      { className: 'welcome-steps' },
      newcomer && el('button', { type: 'button', className: 'primary', onclick: drill.open }, t('chooseRole')),
      kind === 'private' &&
        el(
          'button',
          {
            type: 'button',
            className: newcomer || !(signedIn || boot.rehearsal) ? '' : 'primary',
            onclick: () => say('/start'),
          },
          t(signedIn || boot.rehearsal ? 'begin' : 'withoutCode'),
        ),
    ),
  );
}

async function enter() {
  const mine = ++visit;
  const where = here();
  leave();
  leave = () => {};
  say = () => false;
  tell(null);
  welcome.hidden = true;
  older.hidden = true;
  byId('loading').hidden = false;
  drill?.enter(where);
  if (visit > 1 && location.search !== place) composer.leave();
  place = location.search;
  /** The outbox that was opened before the chat could be read. @type {import('./outbox.js').Outbox | null} */
  let early = null;
  const first = await firstLines(mine, where, () => {
    /** @type {string} */
    const key = load(`place.${where.as ?? ''}.${where.in ?? ''}`, '');
    if (key === '') return;
    byId('loading').hidden = true;
    tell(t('queued'));
    const waiting = openOutbox(where, key, showWaiting);
    early = waiting;
    composer.enter(key);
    say = (text) => {
      waiting.send(text);
      return true;
    };
    composer.ready();
  });
  early?.close();
  byId('loading').hidden = mine === visit;
  if (!first || mine !== visit) return;

  tell(null);
  save(`place.${where.as ?? ''}.${where.in ?? ''}`, first.you.key);
  const { signedIn, registered } = first.you;
  showElsewhere(first.elsewhere === true);
  showMenu({ signedIn, registered, leave: () => signedOut(), askCode });
  clock.set(first.now);
  drill?.tick();
  byId('who').textContent = [first.you.name, first.chat.title].filter(Boolean).join(' · ') || t('about');

  const log = createLog({
    where,
    choose: (choice) => outbox.send(choice.label, choice.token),
    retry: (id) => outbox.retry(id),
    drop: (id) => outbox.drop(id),
    focusText: composer.focus,
  });
  let shown = PAGEFUL;
  log.fill(first.lines, false);
  older.hidden = !first.more;
  const outbox = openOutbox(where, first.you.key, (items) => {
    log.showPending(items);
    greet(items.length + log.lines().length === 0, where, first.chat.kind, signedIn);
  });
  for (const line of first.lines) outbox.confirm(line.id);
  const missed = first.lines.filter((line) => line.who !== 'me' && line.seq > newest.seq).length;
  if (document.hidden && newest.key === first.you.key && missed > 0) showUnread(unread + missed);
  newest = { key: first.you.key, seq: first.lines.at(-1)?.seq ?? 0 };
  composer.enter(first.you.key);
  composer.files(boot.files && (registered || boot.rehearsal));
  // With a keyboard at hand one writes at once; on a phone it would cover half the page.
  if (window.matchMedia('(hover: hover)').matches) composer.focus();
  say = (text) => {
    outbox.send(text);
    return true;
  };
  composer.ready();

  const link = openLink(where, first.lines.at(-1)?.seq ?? 0, {
    clock: (now) => {
      clock.set(now);
      drill?.tick();
    },
    show: showLink,
    refused: (message, status) => {
      if (status === 401) return signedOut(message);
      showLink('waiting');
      tell(message, true);
    },
    // The device was registered meanwhile: the menu is another one.
    changed: (you) => {
      if (you.signedIn !== signedIn || you.registered !== registered) void enter();
    },
    take(line) {
      welcome.hidden = true;
      log.add(line);
      outbox.confirm(line.id);
      newest.seq = line.seq;
      if (document.hidden && line.who !== 'me') showUnread(unread + 1);
    },
  });
  older.onclick = async () => {
    shown = Math.min(1000, shown * 4);
    try {
      const found = await getLines(where, { limit: shown });
      if (mine !== visit) return;
      const newest = found.lines.at(-1)?.seq ?? 0;
      log.fill([...found.lines, ...log.lines().filter((l) => l.seq > newest)], true);
      older.hidden = !found.more;
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
  };
  leave = () => {
    link.close();
    outbox.close();
    log.close();
  };
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) showUnread(0);
});
window.addEventListener('popstate', () => void enter());
// The address of an invitation, opened where the page is open already, changes nothing but what stands behind the sign.
window.addEventListener('hashchange', () => {
  const code = invitedWith();
  if (code === '') return;
  invited = code;
  void enter();
});
void enter();
