// One card of the review: a passage, a duty to report, or the head of the plan, with its doubts and its form.
import { el, t } from './boot.js';

const ROLES = ['lead', 'implement', 'coordinate'];
const TIMES = ['continuous', 'range', 'deadline', 'periodic', 'byDirection', 'session'];
let ids = 0;

/** @param {string} label @param {() => void} act @param {object} [more] */
const button = (label, act, more = {}) => el('button', { type: 'button', onclick: act, ...more }, label);

/** @param {string} label @param {HTMLElement} control */
function field(label, control) {
  control.id = `field-${++ids}`;
  return el('div', {}, el('label', { htmlFor: control.id }, label), control);
}

/** @param {string} value @param {string} [type] */
const input = (value, type = 'text') => el('input', { type, value, autocomplete: 'off' });

/** @param {string} name */
function partyInput(name) {
  const control = input(name);
  control.setAttribute('list', 'parties');
  return control;
}

/** @param {string[]} keys @param {string} chosen */
const choice = (keys, chosen) =>
  el('select', {}, ...keys.map((key) => el('option', { value: key, selected: key === chosen }, t(key))));

/** Without marks and case. @param {string} words */
const plain = (words) =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\u0111/gi, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** The party whose name was typed, or the only one whose name begins so or reads so without its marks.
 * @param {string} typed @param {{ id: string, name: string }[]} parties */
export function partyNamed(typed, parties) {
  const exact = parties.find(({ name }) => name === typed.normalize('NFC').trim());
  if (exact || plain(typed) === '') return exact;
  const same = parties.filter(({ name }) => plain(name) === plain(typed));
  const begun = same.length > 0 ? same : parties.filter(({ name }) => plain(name).startsWith(`${plain(typed)} `));
  return begun.length === 1 ? begun[0] : undefined;
}

/** @param {any} part @param {any} view @param {(action: object) => Promise<boolean>} act @param {(message: string | null) => void} tell */
export function partCard(part, view, act, tell) {
  const state = part.confirmed ? 'confirmed' : part.sure ? 'sure' : 'unsure';
  const card = el('section', { className: 'card' });
  card.dataset.state = state;
  const idOf = (/** @type {string} */ name) => partyNamed(name, view.parties)?.id ?? null;
  const edit = () => {
    const form = formOf(part, view, idOf, act, tell, shown);
    card.replaceChildren(...form);
    /** @type {HTMLElement | null} */ (card.querySelector('input, select'))?.focus();
  };
  function shown() {
    card.replaceChildren(
      ...[
        ...bodyOf(part, view),
        part.doubts.length > 0 &&
          el('ul', { className: 'doubts' }, ...part.doubts.map((/** @type {string} */ doubt) => el('li', {}, doubt))),
        el(
          'div',
          { className: 'acts' },
          part.confirmed
            ? button(t('reopen'), () => void act({ do: 'reopen', key: part.key }), { className: 'quiet' })
            : button(t('confirm'), () => void act({ do: 'confirm', keys: [part.key] })),
          button(t('edit'), edit, { className: 'quiet' }),
        ),
      ].filter(Boolean),
    );
  }
  shown();
  return card;
}

/** @param {any} part @param {any} view */
function bodyOf(part, view) {
  if (part.kind === 'head') {
    const { title, short, symbol, issuer, issuedOn, versionOf } = view.review.head;
    const named = (/** @type {Parameters<typeof t>[0]} */ label, /** @type {string | null} */ value) =>
      value && `${t(label)}: ${value}`;
    const lines = [
      named('planName', title),
      named('planShort', short),
      named('planSymbol', symbol),
      named('planIssuer', issuer),
      named('planIssuedOn', issuedOn),
      versionOf && t('isVersionOf', { plan: versionOf }),
    ];
    return [el('h3', {}, t('headPart')), ...lines.filter(Boolean).map((line) => el('p', {}, line))];
  }
  if (part.kind === 'duty') {
    const { name, parties, receiver, through, wording, before, period } = part.duty;
    const lines = [
      parties.map((/** @type {any} */ one) => one.name).join('; '),
      receiver && `${t('receiver')}: ${receiver.name}`,
      through && `${t('through')}: ${through.name}`,
      period && `${day(period.from)} – ${day(period.to)}`,
      before && `${t('beforeDay')}: ${day(before)}`,
    ];
    return [
      el('h3', {}, `${t('dutyPart')}: ${name}`),
      el('blockquote', {}, wording),
      ...lines.filter(Boolean).map((line) => el('p', {}, line)),
    ];
  }
  const { heading, mark, paragraphs, lines, assigned, schedule } = part.passage;
  return [
    el('h3', {}, part.key),
    heading && el('p', { className: 'small' }, heading),
    el(
      'blockquote',
      {},
      ...paragraphs.map((/** @type {string} */ text, /** @type {number} */ i) =>
        el('p', {}, i === 0 && mark && mark !== '|' ? `${mark} ${text}` : text),
      ),
    ),
    ...lines.map((/** @type {string} */ line) => el('p', { className: 'small' }, line)),
    assigned.length === 0
      ? el('p', { className: 'small' }, t('nobodyGiven'))
      : el(
          'ul',
          { className: 'given' },
          ...assigned.map((/** @type {any} */ one) =>
            el('li', {}, `${t(one.role)}: ${one.name} `, el('span', { className: 'small' }, `“${one.wording}”`)),
          ),
        ),
    schedule &&
      el(
        'p',
        {},
        `${t(schedule.kind)}: “${schedule.wording}”${schedule.before ? ` (${t('beforeDay')}: ${day(schedule.before)})` : ''}`,
      ),
  ].filter(Boolean);
}

/** @param {string} iso */
const day = (iso) => iso.split('-').reverse().join('/');

/** @param {any} part @param {any} view @param {(name: string) => string | null} idOf
 * @param {(action: object) => Promise<boolean>} act @param {(message: string | null) => void} tell @param {() => void} close */
function formOf(part, view, idOf, act, tell, close) {
  const known = (/** @type {string} */ name) => {
    const id = idOf(name);
    if (id === null) tell(t('unknownParty', { name }));
    return id;
  };
  const acts = (/** @type {() => void} */ save, /** @type {(Node | false)[]} */ ...more) =>
    el(
      'div',
      { className: 'acts' },
      button(t('save'), save),
      ...more,
      button(t('cancelEdit'), close, { className: 'quiet' }),
    );
  if (part.kind === 'head') return headForm(view, act, acts);
  if (part.kind === 'duty') return dutyForm(part, known, act, acts);
  return passageForm(part, known, act, acts, tell);
}

/** @param {any} view @param {(action: object) => Promise<boolean>} act @param {any} acts */
function headForm({ review: { head, sameAs } }, act, acts) {
  const [title, short, issuer] = [input(head.title), input(head.short), input(head.issuer === '?' ? '' : head.issuer)];
  const version =
    sameAs &&
    el(
      'select',
      {},
      el(
        'option',
        { value: sameAs, selected: head.versionOf !== null },
        t('isVersionOf', { plan: head.versionOf ?? sameAs }),
      ),
      el('option', { value: '', selected: head.versionOf === null }, t('isOwnPlan')),
    );
  const changed = (/** @type {HTMLInputElement} */ control, /** @type {string} */ was, /** @type {string} */ name) =>
    control.value.trim() && control.value.trim() !== was ? { [name]: control.value.trim() } : {};
  const save = () =>
    void act({
      do: 'head',
      head: {
        ...changed(title, head.title, 'title'),
        ...changed(short, head.short, 'short'),
        ...changed(issuer, head.issuer, 'issuer'),
        ...(version && { versionOf: version.value || null }),
      },
    });
  return [
    el('h3', {}, t('headPart')),
    el(
      'div',
      { className: 'fields' },
      field(t('planName'), title),
      field(t('planShort'), short),
      field(t('planIssuer'), issuer),
      version && field(t('plansTitle'), version),
    ),
    acts(save),
  ];
}

/** @param {any} part @param {(name: string) => string | null} known @param {(action: object) => Promise<boolean>} act @param {any} acts */
function dutyForm(part, known, act, acts) {
  const { duty } = part;
  const name = input(duty.name);
  const parties = el('textarea', { rows: 4, value: duty.parties.map((/** @type {any} */ one) => one.name).join('\n') });
  const receiver = partyInput(duty.receiver?.name ?? '');
  const through = partyInput(duty.through?.name ?? '');
  const before = input(duty.before ?? '', 'date');
  const save = () => {
    const of = (/** @type {HTMLInputElement} */ { value }) => (value.trim() === '' ? null : known(value));
    const all = parties.value
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(known);
    const [to, by] = [of(receiver), of(through)];
    if (all.includes(null) || (receiver.value.trim() && !to) || (through.value.trim() && !by)) return;
    void act({
      do: 'duty',
      key: part.key,
      duty: { name: name.value.trim(), parties: all, receiver: to, through: by, before: before.value || null },
    });
  };
  return [
    el('h3', {}, t('dutyPart')),
    el(
      'div',
      { className: 'fields' },
      field(t('dutyName'), name),
      field(t('dutyParties'), parties),
      field(t('receiver'), receiver),
      field(t('through'), through),
      field(t('beforeDay'), before),
    ),
    acts(
      save,
      button(t('dropDuty'), () => void act({ do: 'duty', key: part.key, duty: null }), { className: 'quiet' }),
    ),
  ];
}

/** @param {any} part @param {(name: string) => string | null} known @param {(action: object) => Promise<boolean>} act @param {any} acts @param {(message: string | null) => void} tell */
function passageForm(part, known, act, acts, tell) {
  const { passage } = part;
  const rows = el('div', {});
  const add = (/** @type {string} */ name, /** @type {string} */ role) => {
    const row = el('div', { className: 'row' });
    row.append(
      field(t('party'), partyInput(name)),
      field(t('role'), choice(ROLES, role)),
      button(t('remove'), () => row.remove(), { className: 'quiet' }),
    );
    rows.append(row);
    return row;
  };
  for (const one of passage.assigned) add(one.name, one.role);
  const was = passage.schedule ?? { kind: '', wording: '' };
  const kind = el(
    'select',
    {},
    el('option', { value: '' }, t('timeNone')),
    ...TIMES.map((key) => el('option', { value: key, selected: key === was.kind }, t(key))),
  );
  const wording = input(was.wording);
  const [before, from, to] = [
    input(was.before ?? '', 'date'),
    input(was.from ?? '', 'date'),
    input(was.to ?? '', 'date'),
  ];
  const when = el('div', { className: 'fields' });
  const times = () => {
    const days =
      kind.value === 'deadline'
        ? [field(t('beforeDay'), before)]
        : kind.value === 'range'
          ? [field(t('fromDay'), from), field(t('toDay'), to)]
          : [];
    when.replaceChildren(...(kind.value ? [field(t('timeWords'), wording)] : []), ...days);
  };
  kind.onchange = times;
  times();
  const save = async () => {
    const assigned = [...rows.children].map((row) => ({
      control: /** @type {HTMLInputElement} */ (row.querySelector('input')),
      role: /** @type {HTMLSelectElement} */ (row.querySelector('select')).value,
    }));
    const given = assigned.map(({ control, role }) => ({ party: known(control.value), role }));
    const wrong = given.findIndex(({ party }) => party === null);
    if (wrong >= 0) return assigned[wrong]?.control.focus();
    if (kind.value && wording.value.trim() === '') {
      tell(t('timeWordsMissing'));
      return wording.focus();
    }
    const schedule = kind.value && {
      ...{ kind: kind.value, wording: wording.value.trim() },
      ...(kind.value === 'deadline' && { before: before.value }),
      ...(kind.value === 'range' && { from: from.value, to: to.value }),
    };
    const timeChanged = JSON.stringify(schedule || null) !== JSON.stringify(passage.schedule);
    if (timeChanged && !(await act({ do: 'schedule', key: part.key, schedule: schedule || null }))) return;
    void act({ do: 'assign', key: part.key, assigned: given });
  };
  return [
    el('h3', {}, part.key),
    el('blockquote', {}, ...passage.paragraphs.map((/** @type {string} */ text) => el('p', {}, text))),
    ...passage.lines.map((/** @type {string} */ line) => el('p', { className: 'small' }, line)),
    rows,
    button(t('addParty'), () => add('', 'implement').querySelector('input')?.focus(), { className: 'quiet' }),
    el('div', { className: 'fields' }, field(t('time'), kind)),
    when,
    acts(() => void save()),
  ];
}
