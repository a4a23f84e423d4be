// This device: signing it in and out, being told of new messages, putting the page on the home screen.
import { comeBack, Failed, signOut } from './api.js';
import { boot, byId, el, t } from './boot.js';
import { load, save } from './keep.js';

const menu = /** @type {HTMLDialogElement} */ (byId('menu'));
const opener = byId('open-menu');
const items = byId('menu-items');
const said = byId('menu-said');

const CODE = /^[0-9a-z]{4}[- ]?[0-9a-z]{4}[- ]?[0-9a-z]{4}$/i;
const MOST_NAME = 60;

/** The browser's offer to install the page, kept until it is wanted. @type {any} */
let installing = null;
window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  installing = event;
});

if (!boot.rehearsal && 'serviceWorker' in navigator)
  navigator.serviceWorker.register('/worker.js').catch(() => {
    // Without it the page works, but does not open without a network.
  });

/** What stands behind `#ma=`, once: an invitation's address. */
export function invitedWith() {
  const code = /^#ma=([0-9A-Za-z-]{12,14})$/.exec(location.hash)?.[1] ?? '';
  if (location.hash.startsWith('#ma=')) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

/** The form that registers this device; what it sends is an ordinary message with the code in it.
 * @param {(text: string) => void} send @param {string} code */
export function signInForm(send, code) {
  const name = el('input', {
    ...{ id: 'sign-in-name', type: 'text', autocomplete: 'name', maxLength: MOST_NAME, value: load('name', '') },
  });
  const field = el('input', {
    ...{ id: 'sign-in-code', type: 'text', autocomplete: 'one-time-code', autocapitalize: 'characters', value: code },
    ...{ spellcheck: false, maxLength: 20, 'aria-describedby': 'sign-in-hint' },
  });
  const hint = el('p', { id: 'sign-in-hint', className: 'hint', role: 'status' }, t('signInCodeHint'));
  const form = el(
    'form',
    { className: 'sign-in', noValidate: true },
    el('h3', {}, t('signInTitle')),
    el('p', { className: 'hint' }, t('signInAbout')),
    el('label', { htmlFor: 'sign-in-name' }, t('signInName')),
    name,
    el('label', { htmlFor: 'sign-in-code' }, t('signInCode')),
    field,
    hint,
    el('button', { type: 'submit', className: 'primary' }, t('signIn')),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const typed = field.value.trim();
    const wrong = !CODE.test(typed);
    field.setAttribute('aria-invalid', String(wrong));
    hint.textContent = t(wrong ? 'signInWrong' : 'signInCodeHint');
    hint.classList.toggle('wrong', wrong);
    if (wrong) return field.focus();
    save('name', name.value.trim());
    send(typed);
  };
  return form;
}

/** What stands in the chat's place once this device is signed out. @param {string} [why] */
export function signedOutCard(why) {
  return [
    el('h2', {}, t('signedOut')),
    why && el('p', {}, why),
    el(
      'p',
      { className: 'welcome-steps' },
      el('button', { type: 'button', className: 'primary', onclick: () => void again() }, t('comeBack')),
    ),
  ].filter((part) => part !== undefined && part !== '');
}

async function again() {
  await comeBack().catch(() => {});
  location.reload();
}

/** @param {{ signedIn: boolean, registered: boolean, leave(): void, askCode(): void }} now */
export function showMenu({ signedIn, registered, leave, askCode }) {
  opener.hidden = boot.rehearsal;
  byId('menu-who').textContent = t(registered ? 'signedIn' : 'notSignedIn');
  opener.onclick = () => {
    fill();
    menu.showModal();
  };
  byId('close-menu').onclick = () => menu.close();

  /** @param {string} words @param {() => void} act @param {string} [className] */
  const item = (words, act, className = '') => el('button', { type: 'button', className, onclick: act }, words);

  function fill() {
    said.textContent = '';
    items.replaceChildren(
      ...[
        !registered &&
          item(t('signInTitle'), () => {
            menu.close();
            askCode();
          }),
        notifiable() && item(t(wanted() ? 'notifyOff' : 'notifyOn'), () => void toggle()),
        installing && item(t('install'), () => void installing.prompt()),
        signedIn && item(t('signOut'), () => sure(false)),
        signedIn && item(t('signOutAll'), () => sure(true)),
      ].filter((part) => part instanceof HTMLElement),
    );
  }

  /** @param {boolean} everywhere */
  function sure(everywhere) {
    said.textContent = t('signOutSure');
    items.replaceChildren(
      item(t('signOutNow'), () => void out(everywhere), 'primary'),
      item(t('keepIn'), fill),
    );
    items.querySelector('button')?.focus();
  }

  /** @param {boolean} everywhere */
  async function out(everywhere) {
    try {
      await signOut(everywhere);
    } catch (error) {
      said.textContent = error instanceof Failed ? error.message : String(error);
      return;
    }
    leave();
    menu.close();
  }

  async function toggle() {
    if (wanted()) save('notify', '');
    else if ((await Notification.requestPermission()) === 'granted') save('notify', true);
    fill();
    if (Notification.permission === 'denied') said.textContent = t('notifyDenied');
    else if (wanted()) said.textContent = t('notifyDone');
  }
}

const notifiable = () => 'Notification' in window;
const wanted = () => notifiable() && Notification.permission === 'granted' && load('notify', false) === true;

/** @type {HTMLLinkElement | null} */
const touchIcon = document.querySelector('link[rel=apple-touch-icon]');
const icon = touchIcon?.href;

/** Tells of new messages while the page is hidden; how many, and nothing of what they say. @param {number} count */
export async function notify(count) {
  if (!wanted()) return;
  const shown = { body: t('notifyText', { count }), tag: 'trucban', lang: 'vi', icon };
  const worker = await navigator.serviceWorker?.getRegistration();
  // Phones show notifications of a worker only.
  if (worker) await worker.showNotification(t('title'), shown).catch(() => {});
  else new Notification(t('title'), shown);
}

/** The messages are read. */
export async function hush() {
  const worker = wanted() ? await navigator.serviceWorker?.getRegistration() : undefined;
  for (const shown of (await worker?.getNotifications({ tag: 'trucban' })) ?? []) shown.close();
}
