/** What a schema cannot see: ids that lead nowhere, words that the document does not have, dates that it does not name. */
import { addDays, isDay, speakDay } from '../language/calendar.ts';
import { paragraphsOf, type Written, writtenPassages } from './assemble.ts';
import type { Path, Problem, Read } from './place.ts';
import { createPlaces } from './places.ts';
import { deadlinesIn, spanOf } from './read/dates.ts';
import { factKeys, type PlanFile, type TopicsFile, type UnitsFile } from './schema.ts';

export interface Known {
  parties: ReadonlySet<string>;
  units: ReadonlySet<string>;
  topics: ReadonlySet<string>;
}

type Tell = (path: Path, message: string) => void;

export function checkUnits(read: Read<UnitsFile>): Problem[] {
  const problems: Problem[] = [];
  const tell: Tell = (path, message) => problems.push(read.problem(path, message));
  const { units, groups } = read.value;
  const groupIds = new Set(groups.map(({ id }) => id));
  once(
    groups.map(({ id }) => id),
    (i) => ['groups', i, 'id'],
    tell,
  );
  once(
    units.map(({ id }) => id),
    (i) => ['units', i, 'id'],
    tell,
  );
  units.forEach((unit, i) => {
    unit.groups.forEach((group, g) => {
      if (!groupIds.has(group)) tell(['units', i, 'groups', g], `không có nhóm “${group}” trong tệp này`);
    });
    once(unit.groups, (g) => ['units', i, 'groups', g], tell);
    for (const key of ['code', 'commune', 'formerArea', 'formedFrom'] as const)
      if ((unit.kind === 'ubnd-xa') !== (unit[key] !== undefined))
        tell(
          ['units', i],
          unit.kind === 'ubnd-xa' ? `xã, phường, đặc khu phải có “${key}”` : `chỉ xã, phường, đặc khu có “${key}”`,
        );
  });
  return problems;
}

export function checkTopics(read: Read<TopicsFile>): Problem[] {
  const problems: Problem[] = [];
  once(
    read.value.map(({ id }) => id),
    (i) => [i, 'id'],
    (path, message) => problems.push(read.problem(path, message)),
  );
  return problems;
}

export function checkPlan(read: Read<PlanFile>, known: Known): Problem[] {
  const problems: Problem[] = [];
  const tell: Tell = (path, message) => problems.push(read.problem(path, message));
  const passages = writtenPassages(read.value);
  checkOrder(read.value, tell);
  checkPassages(passages, known, tell);
  checkPlanHead(read.value, passages, tell);
  checkDuties(read.value, passages, known, tell);
  checkFacts(read.value, passages, tell);
  return problems;
}

function once(ids: readonly string[], path: (index: number) => Path, tell: Tell): void {
  const seen = new Set<string>();
  ids.forEach((id, i) => {
    if (seen.has(id)) tell(path(i), `“${id}” đã có ở trên`);
    seen.add(id);
  });
}

/** A passage's id says where it stands: its section, its clause, the place of its dash. */
function checkOrder(file: PlanFile, tell: Tell): void {
  const places = createPlaces();
  file.document.forEach((item, index) => {
    if ('section' in item) places.heading(item.section);
    else if ('clause' in item) places.heading(item.clause);
    else if ('passage' in item) {
      const part = /^[^/]+\/\d+(\.\d+)?$/.exec(item.passage);
      if (!part) return;
      // What continues has no mark, or the "+" below a dash.
      const continues = part[1] !== undefined && (item.mark === undefined || item.mark === '+');
      const expected = places.passage(item.mark, continues);
      if (item.passage !== expected)
        tell(['document', index, 'passage'], `theo chỗ đứng trong văn bản, mã phải là ${expected}`);
    }
  });
}

/** Words in which the parties of a passage may be read. */
const wordsAround = ({ item, heading }: Written, lines: readonly string[]): string[] => [
  paragraphsOf(item).join(' '),
  heading,
  ...lines,
];

function checkPassages(passages: readonly Written[], known: Known, tell: Tell): void {
  const byId = new Map(passages.map((written) => [written.item.passage, written]));
  const linesOf = ({ item }: Written) => item.lines ?? byId.get(item.linesOf ?? '')?.item.lines ?? [];
  once(
    passages.map(({ item }) => item.passage),
    (i) => ['document', passages[i]!.index, 'passage'],
    tell,
  );
  for (const written of passages) {
    const { index, item } = written;
    const at = (...rest: Path): Path => ['document', index, ...rest];
    if (item.linesOf !== undefined && !byId.get(item.linesOf)?.item.lines)
      tell(at('linesOf'), `không có đoạn “${item.linesOf}” với các dòng đơn vị, thời gian`);
    item.assigned?.forEach(({ party, wording, from }, n) => {
      if (!known.parties.has(party))
        tell(at('assigned', n, 'party'), `không có đơn vị hay nhóm “${party}” trong units.yaml`);
      const there = from === undefined ? written : byId.get(from);
      if (!there) tell(at('assigned', n, 'from'), `không có đoạn “${from}”`);
      else if (!wordsAround(there, linesOf(there)).some((words) => words.includes(wording)))
        tell(at('assigned', n, 'wording'), `không thấy chữ “${wording}” trong đoạn, tên khoản hay các dòng`);
    });
    once(
      (item.assigned ?? []).map(({ party, role }) => `${party}, ${role}`),
      (n) => at('assigned', n),
      tell,
    );
    item.topics?.forEach((topic, n) => {
      if (!known.topics.has(topic)) tell(at('topics', n), `không có chủ đề “${topic}” trong topics.yaml`);
    });
    once(item.topics ?? [], (n) => at('topics', n), tell);
    checkSchedule(written, linesOf(written), tell);
  }
}

function checkSchedule(written: Written, lines: readonly string[], tell: Tell): void {
  const { schedule } = written.item;
  if (!schedule) return;
  const at = (key: string): Path => ['document', written.index, 'schedule', key];
  if (!wordsAround(written, lines).some((words) => words.includes(schedule.wording)))
    tell(at('wording'), `không thấy chữ “${schedule.wording}” trong đoạn hay các dòng`);
  if (schedule.kind === 'deadline') due(schedule.before, schedule.wording, at('before'), tell);
  if (schedule.kind === 'range' && !isSpan(schedule))
    checkPeriod(schedule, schedule.wording, ['document', written.index, 'schedule'], tell);
}

/** A date must stand in the words, as the document writes it. */
function named(day: string, words: string, path: Path, tell: Tell): void {
  if (isDay(day) && !speaks(words, day)) tell(path, `ngày ${speakDay(day)} không có trong chữ “${words}”`);
}

/** "trước ngày D" names D; "chậm nhất ngày D" names the day before. */
function due(before: string, words: string, path: Path, tell: Tell): void {
  const last = isDay(before) ? addDays(before, -1) : before;
  if (!speaks(words, before) && /chậm nhất|muộn nhất|hết|xong trong/iu.test(words)) named(last, words, path, tell);
  else named(before, words, path, tell);
}

/** "Tháng 6/2027", "quý II năm 2027". */
const isSpan = ({ wording, from, to }: { wording: string; from: string; to: string }): boolean => {
  const span = spanOf(wording, Number(from.slice(0, 4)));
  return span?.from === from && span.to === to;
};

/** The year may go without saying: it is the plan's. */
const speaks = (words: string, day: string): boolean => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new RegExp(
    `(?<!\\d)0?${date}([/.-]0?${month}([/.-]${year})?| tháng 0?${month}( năm ${year})?)(?![/.-]?\\d)`,
  ).test(words);
};

function checkPeriod(period: { from: string; to: string }, words: string, path: Path, tell: Tell): void {
  named(period.from, words, [...path, 'from'], tell);
  named(period.to, words, [...path, 'to'], tell);
  if (period.from > period.to) tell([...path, 'to'], 'ngày cuối đứng trước ngày đầu');
}

function checkPlanHead(file: PlanFile, passages: readonly Written[], tell: Tell): void {
  const texts = new Map(passages.map(({ item }) => [item.passage, paragraphsOf(item).join(' ')]));
  const anywhere = (words: string) => [...texts.values()].some((text) => text.includes(words));
  if (texts.has('ten') && texts.get('ten') !== file.title) tell(['title'], 'phải đúng chữ của đoạn “ten”');
  for (const key of ['symbol', 'issuer', 'theme'] as const) {
    const words = file[key];
    if (words !== null && !anywhere(words)) tell([key], `không thấy chữ “${words}” trong văn bản`);
  }
  if (file.issuedOn !== null) named(file.issuedOn, texts.get('ngay-ban-hanh') ?? '', ['issuedOn'], tell);
  if (file.period !== null) {
    const { from, to } = file.period;
    const words = [...texts.values()].find((text) => speaks(text, from) && speaks(text, to));
    checkPeriod(file.period, words ?? '', ['period'], tell);
  }
}

function checkDuties(file: PlanFile, passages: readonly Written[], known: Known, tell: Tell): void {
  const texts = new Map(passages.map(({ item }) => [item.passage, paragraphsOf(item).join(' ')]));
  once(
    file.duties.map(({ id }) => id),
    (i) => ['duties', i, 'id'],
    tell,
  );
  file.duties.forEach((duty, i) => {
    const at = (...rest: Path): Path => ['duties', i, ...rest];
    if (!duty.id.startsWith(`${file.id}/`)) tell(at('id'), `phải bắt đầu bằng “${file.id}/”`);
    duty.parties.forEach((party, n) => {
      if (!known.parties.has(party)) tell(at('parties', n), `không có đơn vị hay nhóm “${party}” trong units.yaml`);
    });
    for (const key of ['receiver', 'through'] as const) {
      const unit = duty[key];
      if (unit !== null && !known.units.has(unit)) tell(at(key), `không có đơn vị “${unit}” trong units.yaml`);
    }
    const source = texts.get(duty.source);
    if (source === undefined) tell(at('source'), `không có đoạn “${duty.source}”`);
    duty.alsoIn.forEach((other, n) => {
      if (!texts.has(other)) tell(at('alsoIn', n), `không có đoạn “${other}”`);
    });
    if (![duty.source, ...duty.alsoIn].some((id) => texts.get(id)?.includes(duty.wording)))
      tell(at('wording'), `không thấy chữ “${duty.wording}” trong các đoạn nêu chế độ này`);
    if ((duty.kind === 'deadline') !== (duty.before !== null))
      tell(at('before'), 'có hạn thì kind là deadline, và ngược lại');
    if (duty.before !== null && isDay(duty.before)) {
      if (
        source !== undefined &&
        !deadlinesIn(source, Number(duty.before.slice(0, 4))).some((d) => d.before === duty.before)
      )
        tell(at('before'), `văn bản không viết “trước ngày ${speakDay(duty.before)}”`);
    }
    if (duty.period !== null && source !== undefined) checkPeriod(duty.period, source, at('period'), tell);
  });
}

function checkFacts(file: PlanFile, passages: readonly Written[], tell: Tell): void {
  const texts = new Map(passages.map(({ item }) => [item.passage, paragraphsOf(item).join(' ')]));
  once(
    file.facts.map(({ key }) => key),
    (i) => ['facts', i, 'key'],
    tell,
  );
  const keys = new Set(file.facts.map(({ key }) => key));
  for (const key of factKeys)
    if (!keys.has(key)) tell(['facts'], `thiếu “${key}” (văn bản không nêu thì ghi text: "")`);
  file.facts.forEach(({ sources, text }, i) => {
    sources.forEach((source, n) => {
      if (!texts.has(source)) tell(['facts', i, 'sources', n], `không có đoạn “${source}”`);
    });
    if (text === undefined && sources.length === 0)
      tell(['facts', i], 'cần đoạn nêu điều này, hoặc text: "" nếu văn bản không nêu');
    if (text && !sources.some((source) => texts.get(source)?.includes(text)))
      tell(['facts', i, 'text'], `không thấy chữ “${text}” trong các đoạn đã nêu`);
  });
}
