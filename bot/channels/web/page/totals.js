// The standing agency's page: asks for totals, shows them, and asks again whenever the bot says that something changed.
import { address, ask } from './api.js';
import { boot, byId, el, t } from './boot.js';
import { sweep } from './totals-charts.js';
import { openDrill } from './totals-drill.js';
import { byDayBlock, dutyBlock, figuresTable, sectorsTable, unitsChart, unitsTable } from './totals-tables.js';

const FILTERS = ['period', 'from', 'to', 'sector', 'unit'];
const notice = byId('notice');
const content = byId('content');

/** @type {any} */
let view = null;
let visit = 0;
/** What the person chose to look at; kept when the numbers change. */
const chosen = { duty: '', figure: '' };

const here = () => new URLSearchParams(location.search);
/** @returns {import('./api.js').Where} */
const where = () => ({ as: here().get('as'), in: null });
const query = () => Object.fromEntries(FILTERS.map((name) => [name, here().get(name)]));
/** @param {Record<string, string | null>} more */
const url = (path, more = {}) => address(path, where(), { ...query(), ...more });

const drill = openDrill((more) => ask(url('/web/totals/behind', more)));

/** @param {string | null} message @param {boolean} [retry] */
function tell(message, retry = false) {
  notice.hidden = message === null;
  notice.replaceChildren(
    message ?? '',
    retry ? el('button', { type: 'button', className: 'quiet', onclick: () => void load() }, t('tryAgain')) : '',
  );
}

/** Days that somebody wrote into the address the wrong way round: they are told so, and can be put right. */
function reversed() {
  const { period, from, to } = query();
  if (period !== 'days' || !from || !to || from <= to) return false;
  tell(t('badDays'));
  byId('loading').hidden = true;
  /** @type {HTMLSelectElement} */ (byId('period')).value = period;
  for (const [id, value] of Object.entries({ from, to })) {
    byId(id).parentElement.hidden = false;
    /** @type {HTMLInputElement} */ (byId(id)).value = value;
  }
  return true;
}

async function load() {
  const mine = ++visit;
  if (reversed()) return;
  byId('totals').setAttribute('aria-busy', 'true');
  try {
    const found = await ask(url('/web/totals'));
    if (mine !== visit) return;
    view = found;
    tell(null);
    byId('live').hidden = false;
    show();
  } catch (error) {
    if (mine !== visit) return;
    const { message, retry } = /** @type {import('./api.js').Failed} */ (error);
    tell(message, retry);
    byId('loading').hidden = true;
    // Who may not see it has nothing to follow.
    byId('live').hidden = !retry;
  } finally {
    if (mine === visit) byId('totals').setAttribute('aria-busy', 'false');
  }
}

function show() {
  byId('loading').hidden = true;
  content.hidden = false;
  fillFilters();
  byId('lead-head').textContent = `${view.period.label} · ${view.scope}`;
  byId('lead-note').textContent = [boot.rehearsal && t('drillMark'), view.running, t('asOf', { at: view.asOf })]
    .filter(Boolean)
    .join(' ');
  const reports = view.units.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.reports, 0);
  byId('counts').replaceChildren(
    count(`${view.counts.reporting}/${view.counts.units}`, t('reporting')),
    count(reports, t('received')),
    count(view.counts.waiting, t('waiting')),
  );
  byId('figures').replaceChildren(figuresTable(view, (figure) => drill.figure(figure)));
  byId('unsplit').hidden = view.unsplit.length === 0;
  byId('unsplit').textContent = t('unsplit', { n: view.unsplit.length, receipts: view.unsplit.join(', ') });
  byId('waiting-part').hidden = view.waiting.length === 0;
  byId('waiting-head').textContent = t('waitingHead', { n: view.waiting.length });
  byId('waiting').replaceChildren(
    ...view.waiting.map((/** @type {any} */ one) => el('li', {}, `${one.unit} `, reportButton(one))),
  );
  byId('outliers-part').hidden = view.outliers.length === 0;
  byId('outliers').replaceChildren(...view.outliers.map(outlier));
  showDuties();
  byId('by-day-part').hidden = view.byDay.length === 0;
  byId('by-day').replaceChildren(...(view.byDay.length > 0 ? byDayBlock(view.byDay) : []));
  const many = view.counts.units > 1;
  byId('sectors-part').hidden = view.sectors.length < 2;
  byId('sectors').replaceChildren(sectorsTable(view));
  byId('units-part').hidden = !many;
  showUnits();
  byId('silent-part').hidden = view.silent.length === 0;
  byId('silent-head').textContent = t('silentHead', { n: view.silent.length });
  byId('silent').textContent = view.silent.join(', ');
  byId('papers').replaceChildren(...papers());
  sweep();
}

/** @param {string | number} n @param {string} what */
const count = (n, what) => el('li', {}, el('strong', {}, String(n)), what);

/** @param {{ id: string, receipt: string }} report */
const reportButton = ({ id, receipt }) =>
  el(
    'button',
    { type: 'button', className: 'quiet', 'aria-label': t('openReport', { receipt }), onclick: () => drill.report(id) },
    receipt,
  );

/** @param {any} one */
const outlier = (one) => el('li', {}, `${one.text} `, ...one.reports.map(reportButton));

function showDuties() {
  const select = /** @type {HTMLSelectElement} */ (byId('duty'));
  const names = view.duties.map((/** @type {any} */ duty) => duty.name);
  // The one that reports the period, or is the next to be due after it.
  const next = view.duties.find((/** @type {any} */ duty) => duty.lastDay >= view.period.to) ?? view.duties.at(-1);
  const duty = view.duties.find((/** @type {any} */ one) => one.name === chosen.duty) ?? next;
  byId('duty-choice').hidden = names.length < 2;
  select.replaceChildren(
    ...names.map((/** @type {string} */ name) => el('option', { value: name, selected: name === duty?.name }, name)),
  );
  byId('duties').replaceChildren(
    ...(duty ? dutyBlock(duty).filter(Boolean) : [el('p', { className: 'small' }, t('noDuties'))]),
  );
}

function showUnits() {
  const select = /** @type {HTMLSelectElement} */ (byId('figure'));
  const known = view.figures.filter((/** @type {any} */ one) => one.approved > 0);
  const figure = known.find((/** @type {any} */ one) => one.id === chosen.figure) ?? known[0];
  select.replaceChildren(
    ...known.map((/** @type {any} */ one) =>
      el('option', { value: one.id, selected: one.id === figure?.id }, one.label),
    ),
  );
  byId('units-chart').replaceChildren(...(figure ? unitsChart(view, figure, (unit) => go({ unit, sector: '' })) : []));
  showTable();
}

function showTable() {
  const words = /** @type {HTMLInputElement} */ (byId('find')).value;
  byId('units').replaceChildren(unitsTable(view, words, (unit) => go({ unit, sector: '' })));
}

function papers() {
  const link = (/** @type {string} */ label, /** @type {Record<string, string>} */ more) =>
    el('li', {}, el('a', { href: url('/web/totals/paper', more), download: '' }, label));
  return [
    ...view.papers.map((/** @type {any} */ { id, name }) => link(t('official', { name }), { official: id })),
    link(t('excel'), { format: 'xlsx' }),
    link(t('csv'), { format: 'csv' }),
  ];
}

function fillFilters() {
  const now = query();
  /** @type {HTMLSelectElement} */ (byId('period')).value = now.period ?? '';
  for (const id of ['from', 'to']) byId(id).parentElement.hidden = now.period !== 'days';
  /** @type {HTMLInputElement} */ (byId('from')).value = now.from ?? view.period.from;
  /** @type {HTMLInputElement} */ (byId('to')).value = now.to ?? view.period.to;
  const options = (/** @type {string} */ all, /** @type {any[]} */ list, /** @type {string | null} */ value) => [
    el('option', { value: '', selected: !value }, t(all)),
    ...list.map(({ id, name }) => el('option', { value: id, selected: id === value }, name)),
  ];
  byId('sector').replaceChildren(...options('everySector', view.filters.sectors, now.sector));
  const units = view.filters.units.filter((/** @type {any} */ { sector }) => !now.sector || sector === now.sector);
  byId('unit').replaceChildren(...options('everyUnit', units, now.unit));
}

/** @param {Record<string, string>} change */
function go(change) {
  const next = here();
  for (const [name, value] of Object.entries(change))
    if (value) next.set(name, value);
    else next.delete(name);
  if (next.get('period') !== 'days') for (const name of ['from', 'to']) next.delete(name);
  history.pushState(null, '', next.size > 0 ? `?${next}` : location.pathname);
  void load();
}

byId('filters').addEventListener('change', (event) => {
  const { id, value } = /** @type {HTMLSelectElement} */ (event.target);
  if (id === 'period' && value === 'days')
    return go({ period: value, from: view?.period.from ?? '', to: view?.period.to ?? '' });
  if (id === 'from' || id === 'to') {
    const [from, to] = ['from', 'to'].map((name) => /** @type {HTMLInputElement} */ (byId(name)).value);
    if (!from || !to) return;
    if (from > to) return tell(t('badDays'));
    return go({ from, to });
  }
  go({ [id]: value, ...(id === 'sector' && { unit: '' }) });
});
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('duty').addEventListener('change', (event) => {
  chosen.duty = /** @type {HTMLSelectElement} */ (event.target).value;
  showDuties();
  sweep();
});
byId('figure').addEventListener('change', (event) => {
  chosen.figure = /** @type {HTMLSelectElement} */ (event.target).value;
  showUnits();
  sweep();
});
byId('find').addEventListener('input', () => showTable());
byId('print').addEventListener('click', () => window.print());
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
window.addEventListener('popstate', () => void load());
/** @type {HTMLAnchorElement} */ (byId('to-chat')).href = address('/', where());

/** The bot says that something changed; the page asks what. Several changes at once are one question. */
function follow() {
  const source = new EventSource(url('/web/totals/stream'));
  let known = '';
  let timer = 0;
  const state = (/** @type {'live' | 'waiting'} */ now) => {
    byId('live').dataset.state = now;
    byId('live-text').textContent = t(now === 'live' ? 'deskLive' : 'deskWaiting');
  };
  source.addEventListener('revision', (event) => {
    state('live');
    if (known !== '' && known !== event.data) {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), 400);
    }
    known = event.data;
  });
  source.onerror = () => {
    state('waiting');
    // A refusal ends an event source for good; the page says why when it asks itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 15_000);
  };
}

void load();
follow();
