/** A returned report that is mended by figures told in a sentence. */
import type { Here, Turn } from '../../core/talk.ts';
import type { Draft, FormDefinition, SubmittedReport } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';
import { type ReportArgs, reportAsk } from './asks.ts';

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
  ...{ form: form.id, version: form.version, unit: report.unit, duty: report.duty, values: report.values },
  dutyChosen: true,
  step: form.steps.length,
  paused: false,
  startedOn: world.today,
  amends: { report: report.id, revision: report.revision },
});
