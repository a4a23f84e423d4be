// Tables and the charts beside them, made of what the bot sends; every word of it stays text.
import { el, fold, t } from './boot.js';
import { draw } from './totals-charts.js';

const numbers = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });
/** @param {number | null | undefined} n */
export const spoken = (n) => (n === null || n === undefined ? '' : numbers.format(n).replace('-', '−'));
/** @param {number} n */
const signed = (n) => (n > 0 ? `+${spoken(n)}` : n === 0 ? '0' : spoken(n));
/** A long name in lines, so that it stands whole beside its bar.
 * @param {string} name */
function inLines(name) {
  /** @type {string[]} */
  const lines = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 18) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
/** @param {string} day */
const short = (day) => day.split('-').reverse().slice(0, 2).join('/');

/** @typedef {{ label: string, number?: boolean }} Column */
/** @typedef {string | number | Node | null | undefined} Cell */

/** A phone shows so many columns side by side. */
const FEW = 3;

/** The first cell of each row heads it.
 * @param {string} caption @param {Column[]} columns @param {Cell[][]} rows @param {Cell[] | null} [total] @param {boolean} [tall] */
export function table(caption, columns, rows, total = null, tall = false) {
  const look = (/** @type {number} */ i) => (columns[i]?.number ? 'number' : '');
  const text = (/** @type {Cell} */ cell) => (typeof cell === 'number' ? spoken(cell) : (cell ?? ''));
  // The roles are named: a table that is laid out as a list on a phone is one to a screen reader all the same.
  const row = (/** @type {Cell[]} */ cells) =>
    el(
      'tr',
      { role: 'row' },
      ...cells.map((cell, i) => {
        const made =
          i === 0
            ? el('th', { className: look(i), scope: 'row', role: 'rowheader' }, text(cell))
            : el('td', { className: look(i), role: 'cell' }, text(cell));
        if (i > 0) made.dataset.label = columns[i]?.label ?? '';
        return made;
      }),
    );
  const many = columns.length > FEW;
  return el(
    'div',
    {
      className: ['wide', tall && 'tall', many && 'many'].filter(Boolean).join(' '),
      role: 'group',
      tabIndex: 0,
      'aria-label': caption,
    },
    el(
      'table',
      { role: 'table' },
      el('caption', { className: 'hidden' }, caption),
      el(
        'thead',
        { role: 'rowgroup' },
        el(
          'tr',
          { role: 'row' },
          ...columns.map(({ label }, i) => el('th', { scope: 'col', className: look(i), role: 'columnheader' }, label)),
        ),
      ),
      el('tbody', { role: 'rowgroup' }, ...rows.map(row)),
      total && el('tfoot', { role: 'rowgroup' }, row(total)),
    ),
  );
}

/** A chart with its table folded under it.
 * @param {string} alt @param {number} height rem @param {import('./totals-charts.js').Drawing} drawing @param {HTMLElement} beside @param {boolean} [open] */
export function pictured(alt, height, drawing, beside, open = false) {
  const canvas = el('canvas', { role: 'img', 'aria-label': alt });
  const box = el('div', { className: 'chart' }, canvas);
  box.style.height = `${height}rem`;
  const details = el('details', { open }, el('summary', {}, t('tableOf')), beside);
  // Drawn once it stands on the page: a canvas without a place has no size.
  requestAnimationFrame(() => canvas.isConnected && draw(canvas, drawing));
  return [box, details];
}

/** @param {any} view @param {(figure: { id: string, label: string }) => void} look */
export function figuresTable(view, look) {
  if (view.figures.length === 0) return el('p', { className: 'small' }, t('noFigures'));
  // Without a figure of the period before, two empty columns would only push the others off a phone.
  const beside = view.figures.some((/** @type {any} */ one) => one.before !== null);
  const rows = view.figures.map((/** @type {any} */ one) => [
    one.label.toLowerCase().includes(one.unit.toLowerCase()) ? one.label : `${one.label} (${one.unit})`,
    one.approved,
    one.pending === 0 ? '' : signed(one.pending),
    ...(beside ? [one.before, changeOf(one)] : []),
    one.reports > 0 ? behindButton(one, look) : '',
  ]);
  const columns = [
    { label: t('figure') },
    { label: t('approved'), number: true },
    { label: t('pending'), number: true },
    ...(beside
      ? [
          { label: t('before', { days: view.previous }), number: true },
          { label: t('change'), number: true },
        ]
      : []),
    { label: t('behind') },
  ];
  return table(t('figuresHead'), columns, rows);
}

/** @param {any} one */
function changeOf({ approved, before }) {
  if (before === null || approved === null) return '';
  return el('span', { className: 'change' }, signed(Math.round((approved - before) * 100) / 100));
}

/** @param {any} one @param {(figure: { id: string, label: string }) => void} look */
function behindButton(one, look) {
  const words = { n: one.reports, label: one.label };
  const aria = t('behindAria', words);
  return el(
    'button',
    { type: 'button', 'aria-label': aria, onclick: () => look(one) },
    t('behindOf', { n: spoken(one.reports) }),
  );
}

/** @param {any} duty */
export function dutyBlock(duty) {
  const percent = (/** @type {number} */ share) => Math.floor(share * 100 + 1e-9);
  const colours = ['--on-time', '--nothing', '--late', '--not-due', '--overdue'];
  const sets = duty.states.map((/** @type {any} */ state, /** @type {number} */ i) => ({
    label: state.name,
    colour: colours[i],
    values: duty.sectors.map((/** @type {any} */ one) => Math.round((1000 * one.states[i]) / one.expected) / 10),
  }));
  const columns = [
    { label: t('sector') },
    { label: t('units'), number: true },
    ...duty.states.map((/** @type {any} */ s) => ({ label: s.name, number: true })),
  ];
  const rows = duty.sectors.map((/** @type {any} */ one) => [one.name, one.expected, ...one.states]);
  const total = [t('totalRow'), duty.expected, ...duty.states.map((/** @type {any} */ s) => s.n)];
  const labels = duty.sectors.map((/** @type {any} */ one) => inLines(one.name));
  const words = {
    received: duty.received,
    expected: duty.expected,
    percent: percent(duty.completeness),
    timely: percent(duty.timeliness),
  };
  return [
    el('p', {}, `${duty.line} ${t('completeness', words)}`),
    ...pictured(
      t('dutiesAlt', { duty: duty.name }),
      4.5 + 2.4 * labels.length,
      { labels, sets, flat: true, share: true },
      table(duty.name, columns, rows, total),
    ),
    duty.missing.length > 0 &&
      el(
        'details',
        {},
        el('summary', {}, t('missing', { n: duty.missing.length })),
        el('p', {}, duty.missing.join(', ')),
      ),
  ];
}

/** @param {any[]} byDay */
export function byDayBlock(byDay) {
  const sets = [
    { label: t('approvedReports'), colour: '--bar', values: byDay.map(({ approved }) => approved) },
    { label: t('waitingReports'), colour: '--bar-soft', values: byDay.map(({ waiting }) => waiting) },
  ];
  const n = byDay.reduce((sum, { approved, waiting }) => sum + approved + waiting, 0);
  const columns = [
    { label: t('day') },
    { label: t('approvedReports'), number: true },
    { label: t('waitingReports'), number: true },
  ];
  const rows = byDay.map(({ day, approved, waiting }) => [short(day), approved, waiting]);
  return pictured(
    t('byDayAlt', { days: byDay.length, n }),
    15,
    { labels: byDay.map(({ day }) => short(day)), sets },
    table(t('byDayHead'), columns, rows),
  );
}

/** @param {any} view */
export function sectorsTable(view) {
  const columns = [
    { label: t('sector') },
    { label: t('units'), number: true },
    { label: t('reportingColumn'), number: true },
    ...figureColumns(view),
  ];
  const rows = view.sectors.map((/** @type {any} */ one) => [
    one.name,
    one.units,
    one.reporting,
    ...view.figures.map((/** @type {any} */ f) => one.approved[f.id]),
  ]);
  return table(t('sectorsHead'), columns, rows, null, true);
}

const figureColumns = (/** @type {any} */ view) =>
  view.figures.map((/** @type {any} */ one) => ({ label: one.label, number: true }));

/** @param {any} view @param {string} words @param {(unit: string) => void} pick */
export function unitsTable(view, words, pick) {
  const sought = fold(words);
  const shown = view.units.filter((/** @type {any} */ one) => one.reports > 0 && fold(one.name).includes(sought));
  if (shown.length === 0) return el('p', { className: 'small' }, t('noUnit'));
  const columns = [
    { label: t('unit') },
    { label: t('reportsColumn'), number: true },
    { label: t('waitingColumn'), number: true },
    ...figureColumns(view),
  ];
  const rows = shown.map((/** @type {any} */ one) => [
    el('button', { type: 'button', className: 'name', onclick: () => pick(one.id) }, one.name),
    one.reports,
    one.waiting || '',
    ...view.figures.map((/** @type {any} */ f) => one.approved[f.id]),
  ]);
  return table(t('unitsTable'), columns, rows, null, true);
}

const MOST_BARS = 15;
/** @param {any} view @param {any} figure @param {(unit: string) => void} pick */
export function unitsChart(view, figure, pick) {
  const known = view.units.filter((/** @type {any} */ one) => one.approved[figure.id] > 0);
  const top = known
    .toSorted((/** @type {any} */ a, /** @type {any} */ b) => b.approved[figure.id] - a.approved[figure.id])
    .slice(0, MOST_BARS);
  if (top.length === 0) return [el('p', { className: 'small' }, t('noFigures'))];
  const canvas = el('canvas', { role: 'img', 'aria-label': t('unitsAlt', { label: figure.label }) });
  const box = el('div', { className: 'chart' }, canvas);
  box.style.height = `${4 + 2.2 * top.length}rem`;
  const sets = [
    { label: figure.label, colour: '--bar', values: top.map((/** @type {any} */ one) => one.approved[figure.id]) },
  ];
  const labels = top.map((/** @type {any} */ one) => inLines(one.name.replace(/^UBND /, '')));
  requestAnimationFrame(
    () => canvas.isConnected && draw(canvas, { labels, sets, flat: true, pick: (i) => pick(top[i].id) }),
  );
  return [el('p', { className: 'small paper-only' }, figure.label), box];
}
