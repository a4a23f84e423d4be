/** Whether a message asks for totals, and of whom: "tổng hợp phường Lê Chân tháng 6", "so với tuần trước", "xã nào chưa báo cáo tuần này". */
import { isCoordinator } from '../../core/rights.ts';
import type { Heard, Here } from '../../core/talk.ts';
import type { Scope } from '../../core/types.ts';
import { monthOfDay, monthsOf, usualPeriod, weekOf } from '../../totals/period.ts';
import { type PeriodAsked, periodAsked } from '../../totals/period-asked.ts';
import type { Period, SectorId, TotalsScope, UnitType } from '../../totals/types.ts';
import { Args, TOTALS } from './args.ts';

const HEAD =
  /^(?:(?:cho|xin|gui|lap|xem|lam|in|em|toi|minh|giup|hay|bot|oi|can|muon) )*(?:(?:bang|so lieu|bao cao|ket qua|phan) )?tong hop\b/;
const DAYS =
  /\b(?:k[iy]|tuan|thang|qu[iy]|nam|ngay|hom) (?:nay|qua|truoc|vua qua|vua roi|roi|hanh dong(?: nam \d{4})?|hom nay)\b|\bhom (?:nay|qua)\b|\b(?:trong |cua |ca )?(?:(?:6|06|sau) thang(?: dau nam| cuoi nam)?|mot nam|ca nam|nam|qu[iy]|thang|ngay|tuan|dau nam)(?: \d{1,4}(?: \d{1,4}){0,2}| tu)?\b|\b(?:tu|den|toi|het|ngay|nay|den nay) ?(?:ngay )?(?:\d{1,2})?(?: \d{1,2})?(?: \d{4})?\b/g;
const FILLER =
  /\b(?:ket qua|so lieu|tinh hinh|bao cao|so bo|chung|toan|thanh pho|tp|ca|cac|cua|cho|theo|trong|o|tai|khoi|toi|minh|em|don vi|nhe|a|voi|di|giup|xem|thuc hien|hien nay|den nay|the nao|ra sao|con|thi sao|va|so)\b/g;
const COMPARE =
  /^(?:(?:the|con|vay|va|thi) )*(?:so sanh|so)(?: voi)? (?:cung )?(tuan|thang|qu[iy]|k[iy]|nam) (?:truoc|qua|vua qua|vua roi|roi)\b/;
const SILENT =
  /^(?:(?:cho biet|cho|xem|co|con) )*(?:nhung |cac )?(xa phuong dac khu|xa phuong|cap xa|xa|phuong|dac khu|dia phuong|don vi|so ban nganh|so nganh|so|nganh|doan the|hoi) nao (?:con |van |ma |dang )*chua (?:co |gui |nop )?(?:bao cao|gui|nop|so lieu)\b/;

/** Null leaves the message to the other talks. */
export function totalsAsked(heard: Heard, here: Here): Args | null {
  const { text, reading } = heard;
  const { world, session } = here;
  const { words } = reading;
  const named = periodAsked(text, words, world.plans, world.today);
  const last = session.focus?.ask.talk === TOTALS ? Args.safeParse(session.focus.ask.args) : null;
  const before = last?.success && last.data.do !== 'which' && last.data.do !== 'noPeriod' ? last.data : null;

  const compared = COMPARE.exec(words);
  if (compared && short(words)) {
    const scope = before?.scope ?? ownScope(here);
    return scope && { do: 'show', scope, period: comparedWith(compared[1]!, before?.period, here) };
  }
  const silent = SILENT.exec(words);
  if (silent && isCoordinator(world.person)) {
    const kind = KINDS[silent[1]!];
    // Without a kind of unit or a period the question is about the duties alone, and answered as such.
    if (!kind && !named) return null;
    const period = periodOr(named, here);
    if ('do' in period) return period;
    const party = reading.parties.find((id) => id !== 'g-ubnd-xa');
    const scope = party ? scopeOf(party, here) : (kind ?? { kind: 'city' });
    return { do: 'silent', scope, period, page: 0 };
  }
  if (!HEAD.test(words)) return null;
  const rest = words
    .replace(HEAD, ' ')
    .replace(DAYS, ' ')
    .replace(DAYS, ' ')
    .replace(FILLER, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const period = periodOr(named, here);
  if ('do' in period) return reading.parties.length > 0 || rest === '' ? period : null;
  const unsure = reading.parties.length === 0 ? reading.ambiguous[0] : undefined;
  if (unsure) return { do: 'which', options: unsure.options, period };
  const party = reading.parties[0];
  if (party !== undefined)
    return rest.split(' ').length <= MOST_OF_A_NAME ? { do: 'show', scope: scopeOf(party, here), period } : null;
  // Whoever is not registered is told that this is what is missing.
  const scope = ownScope(here) ?? (world.person ? null : ({ kind: 'city' } as const));
  return rest === '' && scope ? { do: 'show', scope, period } : null;
}

/** What is asked about by each word for units. */
const sector = (id: SectorId): TotalsScope => ({ kind: 'sector', sector: id });
const type = (id: UnitType): TotalsScope => ({ kind: 'type', type: id });
const KINDS: Record<string, TotalsScope> = {
  ...{ 'xa phuong dac khu': sector('xa'), 'xa phuong': sector('xa'), 'cap xa': sector('xa') },
  // "Xã" is what everybody calls that level; a ward or a special zone is named as such.
  ...{ xa: sector('xa'), 'dia phuong': sector('xa'), phuong: type('phuong'), 'dac khu': type('dac-khu') },
  ...{ so: type('so'), nganh: sector('so'), 'so nganh': sector('so'), 'so ban nganh': sector('so') },
  ...{ 'doan the': sector('doan-the'), hoi: sector('doan-the') },
};

/** The period that was named, the usual one where none was; words where it does not exist. */
export function periodOr(
  asked: PeriodAsked,
  { world }: Here,
): Period | { do: 'noPeriod'; wrong: string | null; reversed?: true } {
  if (asked === null) return usualPeriod(world.plans, world.today);
  if ('period' in asked) return asked.period;
  return 'wrong' in asked ? { do: 'noPeriod', ...asked } : { do: 'noPeriod', wrong: null };
}

/** The longest names of units have so many words. */
const MOST_OF_A_NAME = 12;
const short = (words: string): boolean => words.split(' ').length <= 10;

export const scopeOf = (party: string, { world }: Here): Scope =>
  world.plans.group(party) ? { kind: 'group', group: party } : { kind: 'unit', unit: party };

/** Where nobody is named: the group's own scope, the whole city for coordinators, the officer's unit. */
export function ownScope({ event, world }: Here): Scope | null {
  if (event.chat.kind === 'group') return world.group?.scope ?? null;
  if (isCoordinator(world.person)) return { kind: 'city' };
  const unit = world.person?.memberships[0]?.unit;
  return unit === undefined ? null : { kind: 'unit', unit };
}

/** The period that stands beside the one named: of "so với tuần trước" this week. */
function comparedWith(unit: string, last: Period | undefined, { world }: Here): Period {
  if (last && (/^k[iy]$/.test(unit) || kindNamed(unit) === last.kind)) return last;
  if (unit === 'tuan') return weekOf(world.today);
  if (unit === 'thang') return monthOfDay(world.today);
  if (/^qu[iy]$/.test(unit)) {
    const month = Number(world.today.slice(5, 7));
    return monthsOf(Number(world.today.slice(0, 4)), Math.ceil(month / 3) * 3 - 2, 3);
  }
  return last ?? usualPeriod(world.plans, world.today);
}

const kindNamed = (unit: string): Period['kind'] | undefined =>
  ({ tuan: 'week', thang: 'month', quy: 'quarter', qui: 'quarter', nam: 'year' })[unit] as Period['kind'] | undefined;
