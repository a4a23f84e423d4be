/** III. What units themselves say of results, shortcomings, causes and what comes next: word for word, with their report. */
import { say } from '../../text/say.ts';
import type { OfficialBlock } from '../types.ts';
import { bullet, inDays, note, type Seen, sentence } from './blocks.ts';

const ASKED = ['ket_qua', 'ton_tai', 'kho_khan', 'nguyen_nhan', 'phuong_huong'] as const;
/** More than so many stand in the annex. */
const MOST_IN_BODY = 6;

export interface Opinion {
  field: (typeof ASKED)[number];
  unit: string;
  text: string;
  receipt: string;
}

/** The newest approved words of each unit for each question, of reports inside the period. */
export function opinionsOf({ of, plans, reports }: Seen): Opinion[] {
  const newest = new Map<string, Opinion & { at: number; place: number }>();
  const places = new Map(of.units.map(({ unit }, i) => [unit, i]));
  for (const report of reports) {
    const place = places.get(report.unit);
    if (!report.approved || report.state === 'withdrawn' || report.submittedAt > of.at || place === undefined) continue;
    const { values } = report.approved;
    if (!inDays(values, of)) continue;
    for (const field of ASKED) {
      const text = values[field];
      const key = `${field} ${report.unit}`;
      if (typeof text !== 'string' || text.trim() === '' || (newest.get(key)?.at ?? -1) > report.submittedAt) continue;
      newest.set(key, {
        field,
        unit: plans.name(report.unit),
        text: text.trim(),
        receipt: report.receipt,
        at: report.submittedAt,
        place,
      });
    }
  }
  return [...newest.values()].toSorted((a, b) => ASKED.indexOf(a.field) - ASKED.indexOf(b.field) || a.place - b.place);
}

export function opinions(seen: Seen): OfficialBlock[] {
  const all = opinionsOf(seen);
  return [
    { kind: 'section', text: say('official:section.opinions') },
    // Numbered as they stand: what nobody has said leaves no gap.
    ...ASKED.filter((field) => field !== 'phuong_huong' && all.some((one) => one.field === field)).flatMap(
      (field, i) => {
        const own = all.filter((one) => one.field === field);
        return [
          { kind: 'clause' as const, text: `${i + 1}. ${say(`official:asked.${field}`, { n: own.length })}` },
          ...own
            .slice(0, MOST_IN_BODY)
            .map(({ unit, text, receipt }) => bullet(say('official:quoted', { unit, text: sentence(text), receipt }))),
          ...(own.length > MOST_IN_BODY ? [note(say('official:restInAnnex', { n: own.length - MOST_IN_BODY }))] : []),
        ];
      },
    ),
    ...(all.length === 0 ? [note(say('official:noOpinions'))] : []),
  ];
}
