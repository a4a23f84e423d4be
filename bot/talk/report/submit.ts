/** Handing in: one form becomes one report, however often that is asked. */
import type { Here, Turn } from '../../core/talk.ts';
import { speakDay, speakInstant } from '../../language/calendar.ts';
import { dutyOf } from '../../plan/extended.ts';
import { lastDay, receiptOf, timelinessNow, timelinessOf } from '../../report/duty.ts';
import { canCorrect, changedFields, firstStanding } from '../../report/state.ts';
import type { Amends, Draft, FormDefinition, SubmittedReport } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line, title } from '../blocks.ts';
import { reportAsk } from './asks.ts';
import { review } from './cards.ts';
import { overlaps } from './overlap.ts';
import { reportName } from './words.ts';

export function submit(draft: Draft, nothing: boolean, form: FormDefinition, here: Here): Turn {
  if (draft.amends) return again(draft, draft.amends, nothing, form, here);
  const { world } = here;
  const duty = dutyOf(world.plans, draft.unit, draft.duty);
  const report: SubmittedReport = {
    ...firstStanding(world.now),
    reason: draft.explained?.reason ?? null,
    id: draft.id,
    receipt: receiptOf(world.now, world.nextReceipt),
    form: draft.form,
    version: draft.version,
    unit: draft.unit,
    duty: draft.duty,
    values: draft.values,
    nothing,
    submittedAt: world.now,
    timeliness: timelinessOf(duty, world.now),
    by: world.person!.id,
  };
  return { draft: null, changes: [{ kind: 'submitReport', report }], reply: { text: receipt(report, here) } };
}

/** A correction goes on top of the report as it was seen; one that has changed meanwhile is shown, and asked about anew. */
function again(draft: Draft, amends: Amends, nothing: boolean, form: FormDefinition, here: Here): Turn {
  const report = here.world.ownReports.find(({ id }) => id === amends.report);
  if (!report || !canCorrect(report))
    return { draft: null, reply: { text: [line(say('report:amend.gone', { receipt: report?.receipt ?? '' }))] } };
  if (report.revision !== amends.revision) {
    const seen: Draft = { ...draft, amends: { ...amends, revision: report.revision } };
    const card = review(seen, form, here);
    const told = say('report:amend.overtaken', { receipt: report.receipt, state: say(`sent:state.${report.state}`) });
    return { draft: seen, reply: { ...card, text: [line(told), ...card.text] } };
  }
  const { unit, version, values } = draft;
  // A returned report may be right as it is: its sender says so by sending it again.
  const same = nothing === report.nothing && changedFields(report, { values, nothing }).length === 0;
  if (same && report.state !== 'returned') {
    const card = review(draft, form, here);
    return { draft, reply: { ...card, text: [line(say('report:amend.same')), ...card.text] } };
  }
  const reason = amends.reason ?? draft.explained?.reason ?? null;
  return {
    draft: null,
    changes: [
      {
        kind: 'reviseReport',
        report: report.id,
        ...{ unit, version, values, nothing, reason },
        revision: report.revision,
      },
    ],
    reply: {
      text: [
        title(say('report:amend.sent', { receipt: report.receipt, edition: report.edition + 1 })),
        ...about(report, here, here.world.now),
        line(say('report:amend.waits')),
      ],
    },
  };
}

/** Asked again for a form that is a report already: the same receipt, and no second report. */
export const already = (report: SubmittedReport, here: Here): Turn => ({
  ...(here.session.draft?.id === report.id && { draft: null }),
  reply: {
    text: [line(say('report:already')), ...receipt(report, here)],
    offers: [{ label: say('report:offer.another'), ask: reportAsk({ do: 'open' }) }],
  },
});

function receipt(report: SubmittedReport, here: Here) {
  const { receipt, edition } = report;
  if (edition > 1 && report.state === 'submitted')
    return [title(say('report:amend.sent', { receipt, edition })), ...about(report, here, report.changedAt)];
  const key = report.nothing ? 'report:submittedNothing' : 'report:submitted';
  return [title(say(key, { receipt })), ...about(report, here)];
}

/**
 * Whose it is, for which duty, when it came and whether in time, which the first sending decides.
 * @param came when this version of it did
 */
function about(report: SubmittedReport, { world }: Here, came = report.submittedAt) {
  const duty = dutyOf(world.plans, report.unit, report.duty);
  const last = duty && lastDay(duty);
  const name = reportName(report, duty, world.plans);
  return [
    line(say('report:submittedFor', { unit: world.plans.name(report.unit), duty: name })),
    line(say('report:at', { at: speakInstant(came) })),
    line(say(`report:${timelinessNow(report, world.plans)}`, { last: last ? speakDay(last) : '' })),
    ...overlaps(report, world.ownReports),
  ];
}
