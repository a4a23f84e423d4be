/** A returned report that is mended by figures told in a sentence. */
import type { Here, Turn } from '../../core/talk.ts';
import { dayOf } from '../../language/calendar.ts';
import { periodOrDay } from '../../report/duty.ts';
import { canCorrect } from '../../report/state.ts';
import type { Draft, FormDefinition, SubmittedReport } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';
import { type ReportArgs, reportAsk } from './asks.ts';
import { card } from './cards.ts';
import { joined } from './overlap.ts';

/** Figures told while a report waits to be mended may be meant for it: that is asked. */
export const mendOrNew = (
  returned: SubmittedReport[],
  args: Extract<ReportArgs, { do: 'open' }>,
  { world }: Here,
): Turn => ({
  reply: {
    text: [line(say('report:mendOrNew', { unit: world.plans.name(returned[0]!.unit) }))],
    offers: [
      ...returned.slice(0, 3).map(({ id, receipt }) => ({
        label: say('report:offer.mend', { receipt }),
        ask: reportAsk({ ...args, amends: id }),
      })),
      { label: say('report:offer.another'), ask: reportAsk({ ...args, quick: true }) },
    ],
  },
});

/** The report's values at the review card, to be put right by what is said next. */
export const amendOf = (report: SubmittedReport, form: FormDefinition, { world }: Here): Draft => ({
  id: world.chance.slice(0, 24),
  ...{ form: form.id, version: form.version, unit: report.unit, duty: report.duty },
  values: periodOrDay(report.values, form, dayOf(report.submittedAt)),
  dutyChosen: true,
  step: form.steps.length,
  paused: false,
  startedOn: world.today,
  amends: { report: report.id, revision: report.revision },
});

/** The same at the part at fault, where one was named. */
export function atFault(report: SubmittedReport, form: FormDefinition, here: Here): Draft {
  const draft = amendOf(report, form, here);
  const fault = form.steps.findIndex(({ id }) => id === report.part);
  return fault < 0 ? draft : { ...draft, step: fault, mending: true };
}

/** The open form goes on as a correction of a report of the same days, to be looked over and sent. */
export function join(
  draft: Draft,
  { report: id, how }: Extract<ReportArgs, { do: 'join' }>,
  form: FormDefinition,
  here: Here,
): Turn {
  const report = here.world.ownReports.find((one) => one.id === id && one.unit === draft.unit);
  if (!report || !canCorrect(report) || draft.amends) {
    const again = card(draft, form, here);
    return { reply: { ...again, text: [line(say('report:moved')), ...again.text] } };
  }
  const now = periodOrDay(draft.values, form, draft.startedOn);
  const { asking: _, ...open } = draft;
  const corrected: Draft = {
    ...open,
    duty: report.duty,
    dutyChosen: true,
    step: form.steps.length,
    values: joined(report.values, now, form, how),
    amends: { report: report.id, revision: report.revision, reason: say(`report:overlap.because.${how}`) },
  };
  const shown = card(corrected, form, here);
  const told = say(`report:overlap.done.${how}`, { receipt: report.receipt });
  return { draft: corrected, reply: { ...shown, text: [line(told), ...shown.text] } };
}
