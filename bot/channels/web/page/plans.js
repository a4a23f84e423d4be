// The administrators' page of plans: what was sent, and one plan under review, the unsure first.
import { address, ask, postFile } from './api.js';
import { boot, byId, el, t } from './boot.js';
import { partCard, partyNamed } from './plans-part.js';

const main = byId('plans');
const notice = byId('notice');
const status = byId('status');
/** @type {any} */
let view = null;
let visit = 0;
/** A file that is being read: where it stands is shown once it is known. */
let justSent = '';
let timer = 0;

/** @returns {import('./api.js').Where} */
const where = () => ({ as: new URLSearchParams(location.search).get('as'), in: null });
const open = () => decodeURIComponent(location.hash.slice(1));
/** @param {string} path */
const url = (path) => address(path, where());

/** @param {string | null} message */
function tell(message) {
  // It stays at the top edge of the window: whoever is told is in the middle of a long page.
  notice.hidden = message === null;
  notice.textContent = message ?? '';
}

async function load() {
  const mine = ++visit;
  clearTimeout(timer);
  const id = open();
  try {
    const found = await ask(url(id ? `/web/plans/${encodeURIComponent(id)}` : '/web/plans'));
    if (mine !== visit) return;
    view = found;
    show();
    const reading = id
      ? view.state === 'reading'
      : view.imports.some((/** @type {any} */ one) => one.state === 'reading');
    if (!reading) {
      status.textContent = justSent ? t('fileSent', { file: justSent }) : boot.rehearsal ? t('drillMark') : '';
      /** @type {HTMLElement | null} */ (justSent ? main.querySelector('.sent a') : null)?.focus();
      justSent = '';
    }
    if (reading) timer = setTimeout(() => void load(), 1_500);
  } catch (error) {
    if (mine !== visit) return;
    main.replaceChildren();
    tell(/** @type {Error} */ (error).message);
  }
}

function show() {
  byId('parties').replaceChildren(
    ...(view.parties ?? []).map((/** @type {any} */ one) => el('option', { value: one.name })),
  );
  main.replaceChildren(...(open() ? reviewed() : listed()));
}

/** @param {string} label @param {() => void} act @param {object} [more] */
const button = (label, act, more = {}) => el('button', { type: 'button', onclick: act, ...more }, label);

function listed() {
  const file = el('input', { type: 'file', id: 'file', accept: '.docx,.pdf,.txt,.md' });
  const send = async () => {
    const chosen = file.files?.[0];
    if (!chosen) return file.focus();
    tell(null);
    try {
      await postFile(where(), crypto.randomUUID(), chosen, '');
      justSent = chosen.name;
      await load();
    } catch (error) {
      tell(/** @type {Error} */ (error).message);
    }
  };
  return [
    el(
      'section',
      {},
      el('h2', {}, t('inForce')),
      el(
        'ul',
        { className: 'plain' },
        ...view.plans.map((/** @type {any} */ plan) =>
          el(
            'li',
            {},
            el('strong', {}, plan.short),
            el('p', {}, plan.title),
            el('p', { className: 'small' }, t('planLine', plan)),
            ...plan.versions.map((/** @type {string} */ version) => el('p', { className: 'small' }, version)),
          ),
        ),
      ),
    ),
    el(
      'section',
      { className: 'loader' },
      el('h2', {}, t('loadPlan')),
      el('p', { className: 'small' }, t('loadHow')),
      el('label', { htmlFor: 'file' }, t('chooseFile')),
      file,
      el(
        'div',
        { className: 'acts' },
        button(t('sendFile'), () => void send()),
      ),
    ),
    el(
      'section',
      {},
      el('h2', {}, t('sentPlans')),
      view.imports.length === 0 && el('p', { className: 'small' }, t('noneSent')),
      el(
        'ul',
        { className: 'plain sent' },
        ...view.imports.map((/** @type {any} */ one) =>
          el(
            'li',
            {},
            `${one.fileName} · ${one.at} · ${one.says} `,
            one.trouble && el('p', { className: 'small' }, one.trouble),
            one.state === 'review' && el('a', { href: `#${one.id}` }, t('review')),
          ),
        ),
      ),
    ),
  ];
}

const openCards = () => /** @type {HTMLElement[]} */ ([...main.querySelectorAll(':scope > .card')]);

/** One thing after the other: what is pressed twice is done once. */
let busy = false;

/** @param {object} action */
async function act(action) {
  if (busy) return false;
  busy = true;
  main.setAttribute('aria-busy', 'true');
  tell(null);
  const at = openCards().findIndex((card) => card.contains(document.activeElement));
  try {
    view = await ask(url(`/web/plans/${encodeURIComponent(view.id)}`), { revision: view.revision, ...action });
    show();
    // The card that was settled is gone: the one in its place is next.
    if (at >= 0)
      openCards()
        .at(Math.min(at, openCards().length - 1))
        ?.querySelector('button')
        ?.focus();
    if (view.problems) tell(view.problems.join('\n'));
    return true;
  } catch (error) {
    const { message, status: code } = /** @type {import('./api.js').Failed} */ (error);
    if (code === 409) await load();
    tell(message);
    return false;
  } finally {
    busy = false;
    main.setAttribute('aria-busy', 'false');
  }
}

const back = () => el('p', { className: 'back' }, el('a', { href: '#' }, t('backToPlans')));

function reviewed() {
  if (!view.review)
    return [
      back(),
      el(
        'section',
        {},
        el('h2', {}, view.fileName),
        el(
          'p',
          {},
          view.trouble ??
            t(view.state === 'published' ? 'published' : view.state === 'dropped' ? 'dropped' : 'loadingPlans'),
        ),
      ),
    ];
  const { parts, strangers, changes, ask: publishAsk, head, ready } = view.review;
  const todo = parts.filter((/** @type {any} */ part) => !part.confirmed);
  const done = parts.filter((/** @type {any} */ part) => part.confirmed);
  const sure = todo.filter((/** @type {any} */ part) => part.sure).length;
  const card = (/** @type {any} */ part) => partCard(part, view, act, tell);
  return [
    back(),
    el(
      'section',
      { className: 'lead' },
      el('h2', {}, head.title),
      el('p', { className: 'small' }, view.fileName),
      el('p', {}, t('counts', { open: todo.length, unsure: todo.length - sure, done: done.length })),
      el(
        'div',
        { className: 'acts' },
        sure > 0 && button(t('confirmSure', { n: sure }), () => void act({ do: 'confirmSure' })),
        button(t('publish'), () => confirm(publishAsk) && void act({ do: 'publish' }), { disabled: !ready }),
        button(t('drop'), () => confirm(t('dropAsk')) && void act({ do: 'drop', revision: undefined }), {
          className: 'quiet',
        }),
      ),
    ),
    strangers.length > 0 &&
      el(
        'section',
        { className: 'card' },
        el('h2', {}, t('strangers')),
        el('p', { className: 'small' }, t('strangersHow')),
        ...strangers.map(stranger),
      ),
    changes &&
      el(
        'section',
        {},
        el('h2', {}, t('changesHead')),
        changes.length === 0
          ? el('p', {}, t('noChanges'))
          : el('ul', { className: 'plain' }, ...changes.map((/** @type {string} */ line) => el('li', {}, line))),
      ),
    todo.length > 0 && el('h2', {}, t('openHead')),
    ...todo.map(card),
    done.length > 0 && el('details', {}, el('summary', {}, t('doneHead', { n: done.length })), ...done.map(card)),
  ].filter(Boolean);
}

/** A name that is in no list: explained once, read again everywhere.
 * @param {string} words @param {number} i */
function stranger(words, i) {
  const input = el('input', { id: `stranger-${i}`, autocomplete: 'off' });
  input.setAttribute('list', 'parties');
  const known = () => {
    const party = partyNamed(input.value, view.parties);
    if (party) return void act({ do: 'name', words, meaning: { party: party.id } });
    tell(t('unknownParty', { name: input.value.trim() }));
    input.focus();
  };
  return el(
    'div',
    {},
    el('blockquote', {}, words),
    el('label', { htmlFor: `stranger-${i}` }, t('whichUnit')),
    input,
    el(
      'div',
      { className: 'acts' },
      button(t('isUnit'), known),
      button(
        t('isNew'),
        () => confirm(t('newAsk', { name: words })) && void act({ do: 'name', words, meaning: { unit: words } }),
      ),
      button(t('isNobody'), () => void act({ do: 'name', words, meaning: { nobody: true } }), { className: 'quiet' }),
    ),
  );
}

/** @type {HTMLAnchorElement} */ (byId('to-chat')).href = address('/', where());
if (boot.rehearsal) status.textContent = t('drillMark');
window.addEventListener('hashchange', () => {
  tell(null);
  void load();
});
void load();
