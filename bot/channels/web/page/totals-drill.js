// From a figure to its reports, from a report to what it says: a dialog over the page.
import { byId, el, t } from './boot.js';
import { spoken, table } from './totals-tables.js';

/** @param {(query: Record<string, string>) => Promise<any>} behind */
export function openDrill(behind) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('drill'));
  const title = byId('drill-title');
  const body = byId('drill-body');
  byId('drill-close').onclick = () => dialog.close();

  /** @param {string} head @param {...(Node | string | null | false)} parts */
  function show(head, ...parts) {
    title.textContent = head;
    body.replaceChildren(...parts.filter((part) => part !== null && part !== false));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  /** @param {Promise<any>} asked @param {(found: any) => void} then */
  async function get(asked, then) {
    show('…', el('p', {}, t('loadingTotals')));
    try {
      then(await asked);
    } catch (error) {
      show('', el('p', { className: 'notice', role: 'alert' }, error instanceof Error ? error.message : String(error)));
    }
  }

  /** @param {{ id: string }} of */
  function figure(of) {
    void get(behind({ figure: of.id }), (found) => {
      const columns = [
        { label: t('receipt') },
        { label: t('unit') },
        { label: t('daysColumn') },
        { label: t('value'), number: true },
        { label: t('timeliness') },
      ];
      const rows = found.reports.map((/** @type {any} */ one) => [
        el(
          'button',
          {
            type: 'button',
            'aria-label': t('openReport', { receipt: one.receipt }),
            onclick: () => report(one.id, () => figure(of)),
          },
          one.receipt,
        ),
        one.unit,
        one.days,
        spoken(one.value),
        one.timeliness,
      ]);
      show(found.title, table(found.title, columns, rows), found.less && el('p', { className: 'small' }, found.less));
    });
  }

  /** @param {string} id @param {() => void} [back] */
  function report(id, back) {
    void get(behind({ report: id }), (found) => {
      const about = [found.days, `${t('sentAt')} ${found.sentAt}`, found.timeliness, found.state]
        .filter(Boolean)
        .join(' · ');
      const rows = found.values.map((/** @type {any} */ { label, value }) => [label, value]);
      show(
        `${found.receipt} · ${found.unit}`,
        el('p', { className: 'small' }, about),
        found.nothing
          ? el('p', {}, t('nothing'))
          : table(t('content'), [{ label: t('figure') }, { label: t('content') }], rows),
        back ? el('p', {}, el('button', { type: 'button', onclick: back }, t('back'))) : null,
      );
    });
  }

  return { figure, report: (/** @type {string} */ id) => report(id) };
}
