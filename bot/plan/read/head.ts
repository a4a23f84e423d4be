/** What a plan says of itself: its title, number, day, issuer, theme; and the facts that officers ask for. */
import { fold } from '../../language/fold.ts';
import type { PlanFile } from '../schema.ts';
import type { Plan } from '../types.ts';
import { daysIn, rangesIn } from './dates.ts';
import { slug } from './duties.ts';
import type { PartyFinder } from './parties.ts';
import type { Doubt } from './types.ts';

type Head = Pick<PlanFile, 'id' | 'order' | 'title' | 'short' | 'symbol' | 'issuedOn' | 'issuer' | 'period' | 'theme'>;

/** A passage with the words it stands under. */
export interface Headed {
  id: string;
  heading: string;
  text: string;
}

export const yearOf = (named: ReadonlyMap<string, string>): number | null => {
  const title = /năm\s+(\d{4})/u.exec(named.get('ten') ?? '')?.[1];
  const issued = /(\d{4})\s*$/u.exec(named.get('ngay-ban-hanh') ?? '')?.[1];
  const any = /\b(20\d{2})\b/u.exec(named.get('can-cu') ?? '')?.[1];
  const year = title ?? issued ?? any;
  return year === undefined ? null : Number(year);
};

export function headOf(
  named: ReadonlyMap<string, string>,
  passages: readonly Headed[],
  finder: PartyFinder,
  known: readonly Plan[],
  year: number | null,
): { head: Head; doubts: Doubt[] } {
  const doubts: Doubt[] = [];
  const title = named.get('ten') ?? passages[0]?.heading ?? '';
  if (!named.has('ten')) doubts.push({ reason: 'noTitle' });
  const symbol = /^Số\s*:\s*(\d+\s*\/\s*\S+)$/u.exec(named.get('so-ky-hieu') ?? '')?.[1] ?? null;
  const issuedOn = daysIn(named.get('ngay-ban-hanh') ?? '', null).find(({ yearTaken }) => !yearTaken)?.day ?? null;
  const issuer = issuerOf(named, finder);
  if (!issuer) doubts.push({ reason: 'noIssuer' });
  const when = passages.find(({ text }) => /^Thời gian/iu.test(text) && rangesIn(text, year).length > 0);
  const [range] = when ? rangesIn(when.text, year) : [];
  const older = known.find(
    (plan) =>
      fold(plan.title) === fold(title) ||
      (symbol !== null && plan.symbol === symbol && plan.issuedOn?.slice(0, 4) === String(year)),
  );
  if (older) doubts.push({ reason: 'newVersion', words: older.id });
  const head: Head = {
    id: older?.id ?? idOf(symbol, title, year, known),
    order: older ? known.findIndex(({ id }) => id === older.id) + 1 : known.length + 1,
    title: title || '?',
    short: older?.short ?? shortOf(symbol, title, year),
    ...{ symbol, issuedOn },
    issuer: issuer ?? '?',
    period: range ? { from: range.from, to: range.to } : null,
    theme: themeOf(passages)?.theme ?? null,
  };
  return { head, doubts };
}

function issuerOf(named: ReadonlyMap<string, string>, finder: PartyFinder): string | null {
  const basis = named.get('can-cu') ?? '';
  for (const found of basis.matchAll(/\s(?:ban hành|xây dựng|đề ra)\s+(?:kế hoạch|chương trình|phương án)/giu)) {
    const before = basis.slice(0, found.index);
    const mention = finder.find(before).find((m) => m.to >= before.trimEnd().length - 1);
    if (mention) return before.slice(mention.from).trim();
    const words = /(?:^|[,;.]\s*)((?:\p{Lu}\p{L}*)(?:\s+[\p{L}\d]+){1,14})$/u.exec(before)?.[1];
    if (words) return words;
  }
  const signed = /(?:TM|T\/M)\.?\s+(.+?)(?=\s+(?:KT|TUQ|TRƯỞNG|CHỦ TỊCH|PHÓ|GIÁM ĐỐC)\b|$)/u.exec(
    named.get('nguoi-ky') ?? '',
  )?.[1];
  return signed ?? null;
}

function themeOf(passages: readonly Headed[]): { id: string; theme: string; words: string } | null {
  for (const { id, text } of passages) {
    const found = /^Chủ đề[^:“"]*:?\s*([“"]([^”"]+)[”"])/iu.exec(text);
    if (found) return { id, theme: found[2]!, words: found[1]! };
  }
  return null;
}

function idOf(symbol: string | null, title: string, year: number | null, known: readonly Plan[]): string {
  const number = symbol?.split('/')[0]?.trim();
  const words = fold(title)
    .split(' ')
    .filter((w) => w !== 'trien' && w !== 'khai' && w !== 'nam' && !/^\d+$/.test(w));
  const stem = number ? `kh${number}` : slug(words.slice(0, 5).join(' '));
  const wanted = year === null ? stem : `${stem}-${year}`;
  let id = wanted;
  for (let n = 2; known.some((plan) => plan.id === id); n++) id = `${wanted}-${n}`;
  return id;
}

const shortOf = (symbol: string | null, title: string, year: number | null): string =>
  symbol
    ? `KH ${symbol}`
    : `KH ${(title.split(/,| trên địa bàn| năm \d/u)[0] ?? title).slice(0, 40).trim()}${year === null ? '' : ` ${year}`}`;

export function factsOf(
  named: ReadonlyMap<string, string>,
  passages: readonly Headed[],
  head: Pick<Head, 'symbol' | 'issuedOn' | 'period'>,
  year: number | null,
): PlanFile['facts'] {
  const where = (test: (p: Headed) => boolean) => passages.filter(test).map(({ id }) => id);
  const whole = (key: PlanFile['facts'][number]['key'], sources: string[]): PlanFile['facts'][number] =>
    sources.length > 0 ? { key, sources } : { key, sources: [], text: '' };
  const part = (
    key: PlanFile['facts'][number]['key'],
    sources: string[],
    text: string | undefined,
  ): PlanFile['facts'][number] => ({ key, sources, text: text ?? '' });
  const present = (id: string) => (named.has(id) ? [id] : []);
  const theme = themeOf(passages);
  const period = passages.find(({ text }) => /^Thời gian/iu.test(text) && rangesIn(text, year).length > 0);
  const target = passages.find(({ text }) => TARGET.test(text));
  const issued = /ngày\s+\d.*$/iu.exec(named.get('ngay-ban-hanh') ?? '')?.[0];
  const headed = (words: RegExp) => where(({ heading }) => words.test(heading));
  const funding = headed(/kinh phí/iu);
  return [
    part('theme', theme ? [theme.id] : [], theme?.words),
    part(
      'period',
      period && head.period ? [period.id] : [],
      period && head.period ? rangesIn(period.text, year)[0]?.wording : '',
    ),
    whole('funding', funding.length > 0 ? funding : where(({ text }) => /^(?:Nguồn )?kinh phí/iu.test(text))),
    whole('signer', present('nguoi-ky')),
    part('number', present('so-ky-hieu'), head.symbol ?? ''),
    part('issuedOn', present('ngay-ban-hanh'), head.issuedOn ? issued : ''),
    whole('basis', present('can-cu')),
    whole('recipients', present('noi-nhan')),
    whole(
      'standing',
      where(({ text }) => /cơ quan thường trực|có trách nhiệm giúp|cơ quan đầu mối/iu.test(text)).slice(0, 1),
    ),
    part('target', target ? [target.id] : [], target ? TARGET.exec(target.text)![0] : ''),
    whole('purpose', headed(/mục đích(?!\s*,)/iu)),
    whole('requirements', headed(/^[^,]*yêu cầu/iu)),
  ];
}

const TARGET = /phấn đấu[^.;]*\d\s*%[^.;]*/iu;
