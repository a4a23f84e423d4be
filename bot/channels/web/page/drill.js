// Rehearsal: who one is, where, and the bot's clock.
import { getPlaces, passTime } from './api.js';
import { byId, el, t } from './boot.js';
import { createCombobox } from './combobox.js';
import { dateOf, dayOf, secondsOf, timeOf } from './time.js';

const panel = /** @type {HTMLDialogElement} */ (byId('panel'));
const strip = byId('strip');
const wide = window.matchMedia('(min-width: 1000px)');

/**
 * @param {{ clock: { now(): number | null, set(now: number): void }, go(where: import('./api.js').Where): void }} to
 */
export function createDrill({ clock, go }) {
  /** @type {import('./api.js').Where} */
  let where = { as: null, in: null };

  /** Beside the chat where there is room, else a sheet over it. */
  function lay() {
    if (panel.open) panel.close();
    if (!wide.matches) return;
    panel.show();
    // It opens by itself, so it must not take the focus.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  function close() {
    if (!wide.matches) panel.close();
  }

  /** @param {import('./api.js').Where} to_ */
  function move(to_) {
    close();
    go(to_);
  }

  async function fill() {
    const said = byId('clock-said');
    try {
      const { persons, groups } = await getPlaces();
      createCombobox({
        input: /** @type {HTMLInputElement} */ (byId('person')),
        list: byId('person-list'),
        options: [{ id: '', name: t('newcomer') }, ...persons],
        chosen: where.as ?? '',
        none: t('personNone'),
        found: (count) => {
          byId('person-count').textContent = t('personFound', { count });
        },
        choose: (id) => move({ ...where, as: id || null }),
      });
      byId('place-list').replaceChildren(
        ...[{ address: '', title: t('private') }, ...groups].map(({ address, title }) =>
          el(
            'label',
            { className: 'place' },
            el('input', {
              type: 'radio',
              name: 'place',
              checked: (where.in ?? '') === address,
              onchange: () => move({ ...where, in: address || null }),
            }),
            el('span', {}, title),
          ),
        ),
      );
    } catch (error) {
      said.textContent = t('drillFailed', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  for (const button of panel.querySelectorAll('[data-step]'))
    button.addEventListener('click', async () => {
      const said = byId('clock-said');
      try {
        const { now } = await passTime(button.getAttribute('data-step') ?? '');
        clock.set(now);
        tick();
        said.textContent = t('moved', { time: `${timeOf(now)}, ${dayOf(now)}` });
      } catch (error) {
        said.textContent = t('drillFailed', { reason: error instanceof Error ? error.message : String(error) });
      }
    });

  function tick() {
    const now = clock.now();
    if (now === null) return;
    byId('strip-clock').textContent = `${timeOf(now)} · ${dateOf(now)}`;
    byId('clock-time').textContent = secondsOf(now);
    byId('clock-day').textContent = dayOf(now);
  }

  const open = () => {
    void fill();
    if (!panel.open) panel.showModal();
    byId('person').focus({ preventScroll: true });
  };

  strip.hidden = false;
  byId('open-panel').onclick = open;
  byId('close-panel').onclick = close;
  // A press beside the sheet closes it.
  panel.addEventListener('click', (event) => {
    if (event.target === panel) close();
  });
  wide.addEventListener('change', lay);
  lay();
  setInterval(tick, 1000);

  return {
    open,
    tick,
    /** @param {import('./api.js').Where} now */
    enter(now) {
      where = now;
      void fill();
    },
  };
}
