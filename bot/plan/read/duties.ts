/** Duties to report: to whom, through whom, by when, for which period, in the document's words. */
import { fold } from '../../language/fold.ts';
import type { PlanFile } from '../schema.ts';
import type { Day } from '../types.ts';
import { deadlinesIn, rangesIn } from './dates.ts';
import type { Mention, PartyFinder } from './parties.ts';
import type { Doubt } from './types.ts';

type Duty = PlanFile['duties'][number];

/** A passage as it is proposed, with who does it. */
export interface Told {
  id: string;
  text: string;
  /** The numbered passage that this dash stands under. */
  under: string | null;
  /** Those who lead or carry out. */
  doers: string[];
}

export interface ProposedDuty {
  duty: Duty;
  doubts: Doubt[];
}

interface Found {
  receiver: string | null;
  through: string | null;
  wording: string;
  kind: Duty['kind'];
  before: Day | null;
  period: Duty['period'];
  /** Named in the words themselves: `Báo cáo 06 tháng`. */
  name: string | null;
  doubts: Doubt[];
}

const REPORT = /báo cáo|số liệu|thông tin/iu;
const TOWARDS =
  /(?:gửi(?: báo cáo)?(?: về)?|(?:báo cáo|kết quả|số liệu|thông tin|định kỳ|báo cáo kết quả)[^.;]*?\s(?:về|gửi|cho|đến|tới|gửi về))\s+(?:cơ quan thường trực\s*\(?)?$/iu;
const NAMED =
  /^Báo cáo\s+((?:sơ kết|tổng kết|quý|tháng|tuần|năm|định kỳ|đột xuất|\d{1,2})[^,:;.(]*?)(?=\s+(?:từ|gửi|trước|về|chậm|nộp|kết|và gửi|được|năm \d)|[,:;.(]|$)/iu;

export function dutiesOf(
  plan: { id: string; short: string },
  told: readonly Told[],
  finder: PartyFinder,
  year: number | null,
): ProposedDuty[] {
  const found = told.flatMap((passage) => readDuties(passage, finder, year).map((duty) => ({ passage, duty })));
  const proposed: ProposedDuty[] = [];
  const byPassage = new Map<string, Found>();
  for (const { passage, duty } of found) if (!byPassage.has(passage.id)) byPassage.set(passage.id, duty);
  // "- Báo cáo 06 tháng … gửi trước ngày …" says when; to whom stands in the paragraph above.
  for (const passage of told) {
    const above = passage.under === null ? undefined : byPassage.get(passage.under);
    const own = byPassage.get(passage.id);
    const [deadline] = deadlinesIn(passage.text, year);
    const name = NAMED.exec(passage.text);
    if (own || !deadline || !(name || /^(?:chế độ )?báo cáo/iu.test(passage.text))) continue;
    const [range] = rangesIn(passage.text, year);
    const duty: Found = {
      receiver: above?.receiver ?? null,
      through: above?.through ?? null,
      wording: above ? toReceiver(above.wording) : passage.text,
      kind: 'deadline',
      before: deadline.before,
      period: range ? { from: range.from, to: range.to } : null,
      name: name ? name[0] : null,
      doubts: [
        ...(above?.receiver ? [] : [{ reason: 'noReceiver' as const }]),
        ...(deadline.yearTaken ? [{ reason: 'yearTaken' as const, words: deadline.wording }] : []),
      ],
    };
    found.push({ passage, duty });
  }
  const order = new Map(told.map(({ id }, i) => [id, i]));
  const dated = new Set(found.filter(({ duty }) => duty.before !== null).map(({ passage }) => passage.under));
  const ids = new Set<string>();
  for (const { passage, duty } of found.toSorted(
    (a, b) => rank(a.duty) - rank(b.duty) || order.get(a.passage.id)! - order.get(b.passage.id)!,
  )) {
    // The rhythm alone; its dates are told below it.
    if (duty.before === null && dated.has(passage.id) && duty.kind !== 'occasion') continue;
    const same = proposed.find(
      ({ duty: d }) =>
        d.receiver === duty.receiver &&
        duty.receiver !== null &&
        (d.before === duty.before || (duty.before === null && duty.kind === 'programme' && d.before !== null)) &&
        (d.kind === duty.kind || duty.kind === 'programme'),
    );
    if (same) {
      if (same.duty.source !== passage.id && !same.duty.alsoIn.includes(passage.id)) same.duty.alsoIn.push(passage.id);
      continue;
    }
    const parties = passage.doers.filter((party) => party !== duty.receiver);
    const name = nameOf(duty, plan.short);
    const id = freeId(`${plan.id}/${slug(name.replace(/^Báo cáo\s+/u, ''))}`, ids);
    proposed.push({
      duty: {
        ...{ id, source: passage.id, name, kind: duty.kind, parties, receiver: duty.receiver, through: duty.through },
        ...{ wording: duty.wording, period: duty.period, before: duty.before },
        alsoIn: duty.before !== null && passage.under !== null && byPassage.has(passage.under) ? [passage.under] : [],
      },
      doubts: [...duty.doubts, ...(parties.length === 0 ? [{ reason: 'noReporter' as const }] : [])],
    });
  }
  return proposed.toSorted((a, b) => (a.duty.before ?? '9').localeCompare(b.duty.before ?? '9'));
}

const rank = (duty: Found): number => (duty.before !== null ? 0 : duty.kind === 'programme' ? 2 : 1);

function readDuties({ text }: Told, finder: PartyFinder, year: number | null): Found[] {
  const duties: Found[] = [];
  const mentions = finder.find(text);
  for (const mention of mentions) {
    const start = clauseStart(text, mention.from);
    const lead = text.slice(start, mention.from);
    const through = throughOf(text, mention, mentions);
    const obstacle = /(?:khó khăn|vướng mắc|phát sinh)/iu.test(lead);
    const direct = /báo cáo\s*$/iu.test(lead) && (through !== null || obstacle);
    const [deadline] = deadlinesIn(text.slice(start), year);
    // Whatever is to be handed in by a day, a plan or a list, is a duty like a report.
    const handedIn = deadline !== undefined && /(?<!\p{L})gửi\s(?:[^.;]*\s)?(?:về|cho|đến|tới)\s*$/iu.test(lead);
    if (!((REPORT.test(lead) && (TOWARDS.test(lead) || direct)) || handedIn)) continue;
    if (/(?:tổng hợp|tham mưu|để)[^.;]*báo cáo[^.;]*$/iu.test(lead) && !/chế độ báo cáo|gửi|về\s*$/iu.test(lead))
      continue;
    const rest = text.slice(mention.to);
    const occasion = /đột xuất/iu.test(lead);
    const kind = deadline ? 'deadline' : obstacle ? 'obstacle' : occasion ? 'occasion' : 'programme';
    const [range] = deadline ? rangesIn(text.slice(start), year) : [];
    duties.push({
      receiver: mention.party,
      through: through?.party ?? null,
      wording: wordingOf(text, start, mention, rest, kind, deadline?.wording),
      kind,
      before: deadline?.before ?? null,
      period: range ? { from: range.from, to: range.to } : null,
      name: NAMED.exec(text)?.[0] ?? null,
      doubts: [
        ...(mention.party.startsWith('g-') ? [{ reason: 'noReceiver' as const }] : []),
        ...(mention.unclear ? [{ reason: 'unclearUnit' as const, words: text.slice(mention.from, mention.to) }] : []),
        ...(deadline?.yearTaken ? [{ reason: 'yearTaken' as const, words: deadline.wording }] : []),
        ...(kind === 'programme' ? [{ reason: 'prose' as const }] : []),
      ],
    });
  }
  const system = /báo cáo[^.;]*?\s((?:trên|vào|qua)\s+(?:hệ thống|phần mềm)[^.;]*)/iu.exec(text);
  if (system && duties.length === 0)
    duties.push({
      ...{ receiver: null, through: null, wording: system[1]!.trim(), kind: 'programme', before: null, period: null },
      ...{ name: null, doubts: [{ reason: 'noReceiver' }] },
    });
  return duties;
}

/** Reports of one sentence are apart from those of the next. */
function clauseStart(text: string, at: number): number {
  const before = text.slice(0, at);
  return Math.max(before.lastIndexOf('. ') + 1, before.lastIndexOf('; ') + 1, 0);
}

function throughOf(text: string, receiver: Mention, mentions: readonly Mention[]): Mention | null {
  const next = mentions.find((m) => m.from >= receiver.to);
  if (!next) return null;
  return /^[^.;]{0,20}?[\s(](?:qua|thông qua)\s+$/iu.test(text.slice(receiver.to, next.from)) ? next : null;
}

function wordingOf(
  text: string,
  start: number,
  mention: Mention,
  rest: string,
  kind: Duty['kind'],
  deadline: string | undefined,
): string {
  const lead = text.slice(start, mention.from);
  const opener =
    kind === 'obstacle'
      ? /nếu có|khó khăn|vướng mắc|phát sinh/iu
      : kind === 'occasion'
        ? /đột xuất/iu
        : /gửi số liệu|báo cáo|số liệu|gửi/iu;
  const at = start + Math.max(opener.exec(lead)?.index ?? 0, 0);
  const through = /^\s*\((?:qua|thông qua)[^)]*\)|^,?\s*(?:qua|thông qua)\s[^.;,]*/iu.exec(rest)?.[0].length ?? 0;
  const until = deadline === undefined ? -1 : text.indexOf(deadline, at);
  const named = mention.to + through;
  const aim = kind === 'obstacle' || kind === 'programme' ? (/^[^.;]*/u.exec(text.slice(named))?.[0].length ?? 0) : 0;
  const end = until >= 0 && until < named + 80 ? Math.max(named, until + deadline!.length) : named + aim;
  return text
    .slice(at, end)
    .trim()
    .replace(/\.?\/?\.?$/u, '');
}

/** "đột xuất … gửi về X (qua Y)" → "gửi về X (qua Y)". */
const toReceiver = (wording: string): string => /gửi\s.*$/iu.exec(wording)?.[0] ?? wording;

function nameOf(duty: Found, short: string): string {
  if (duty.name)
    return duty.name
      .replace(/\s+/gu, ' ')
      .replace(/\b0(\d) tháng/u, '$1 tháng')
      .replace(/(?:01|1) năm/u, 'năm')
      .trim();
  if (duty.kind === 'obstacle') return 'Báo cáo phát sinh, vướng mắc';
  if (duty.kind === 'occasion') return 'Báo cáo đột xuất';
  if (duty.kind === 'programme') return duty.receiver === null ? 'Báo cáo trên phần mềm' : 'Báo cáo theo quy định';
  return `Báo cáo ${short.replace(/^KH\s+/u, '')}`;
}

export const slug = (words: string): string =>
  fold(words).replaceAll(' ', '-').slice(0, 48).replace(/^-|-$/g, '') || 'bao-cao';

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}
