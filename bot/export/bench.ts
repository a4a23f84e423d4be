/** What the city's picture costs, for `npm run bench`: a full city half way through a deadline, drawn and rendered anew each time. */
import { drawDigest } from '../digest/picture.ts';
import { standing } from '../digest/standing.ts';
import { instantOf } from '../language/calendar.ts';
import type { PlanIndex, UnitId } from '../plan/types.ts';
import { firstStanding } from '../report/state.ts';
import type { SubmittedReport } from '../report/types.ts';
import { renderPicture } from './picture.ts';

export interface PictureBench {
  /** Milliseconds from the reports to the PNG: the first time, and over the runs after it. */
  first: number;
  median: number;
  worst: number;
  bytes: number;
}

export const PICTURE_LIMITS = { ms: 300, bytes: 200_000 };

/** @param now a clock of milliseconds that only goes forward */
export async function benchPicture(plans: PlanIndex, now: () => number, runs = 10): Promise<PictureBench> {
  const reports = sampleReports(plans);
  const at = instantOf('2026-06-17', '07:30');
  const times: number[] = [];
  let bytes = 0;
  for (let run = 0; run <= runs; run++) {
    const start = now();
    const drawing = drawDigest({ standing: standing(plans, { kind: 'city' }, reports, at), plans, rehearsal: true });
    if (!drawing) throw new Error('the plans have no dated duty to draw');
    const picture = await renderPicture(drawing);
    times.push(now() - start);
    bytes = Buffer.byteLength(picture.base64, 'base64');
  }
  const [first = 0, ...rest] = times;
  const sorted = rest.toSorted((a, b) => a - b);
  return { first, median: sorted[Math.floor(sorted.length / 2)] ?? first, worst: sorted.at(-1) ?? first, bytes };
}

/** Every state, the costliest to draw among them: in time, nothing to report, late, missing. */
function sampleReports(plans: PlanIndex): SubmittedReport[] {
  return plans.book.units.flatMap((unit, i): SubmittedReport[] => {
    const duty = plans.duties(unit.id).find(({ before }) => before !== null);
    if (!duty || i % 5 === 4) return [];
    return [report(unit.id, duty.id, i)];
  });
}

function report(unit: UnitId, duty: string, i: number): SubmittedReport {
  const late = i % 5 === 3;
  const submittedAt = instantOf(`2026-06-${late ? 16 : String(2 + (i % 13)).padStart(2, '0')}`, '10:00');
  const values = { buoi_tuyen_truyen: i % 9, luot_nguoi_du: 40 * i, co_so_kiem_tra: i % 7, vu_phat_hien: i % 3 };
  const nothing = i % 5 === 2;
  return {
    ...firstStanding(submittedAt),
    state: 'approved',
    approved: { values, nothing },
    id: `bench-${i}`,
    receipt: `BC-${i}`,
    form: 'bao-cao-nhanh',
    version: 1,
    unit,
    duty,
    ...{ values, nothing, submittedAt },
    timeliness: late ? 'late' : 'onTime',
    by: 'bench',
  };
}
