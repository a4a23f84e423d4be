/** Which reports have come in: one's own unit for an officer, every unit for a coordinator, never another's for others. */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Text } from '../core/types.ts';
import { speakDay, speakInstant } from '../language/calendar.ts';
import { lastDayInTime, owing } from '../plan/due.ts';
import type { PartyId, ReportingDuty } from '../plan/types.ts';
import { fulfils, timelinessNow } from '../report/duty.ts';
import type { SubmittedReport } from '../report/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { askerOf } from './plan/asker.ts';
import { whichUnit } from './plan/which.ts';

const Args = z.object({
  unit: z.string().nullable(),
  plan: z.string().nullable(),
  own: z.boolean(),
  options: z.array(z.string()).optional(),
});
type Args = z.infer<typeof Args>;

/** So many names of units fit in one line of a phone's message. */
const NAMES = 12;

export const status: Talk<Args> = {
  id: 'status',
  args: Args,
  hear({ reading }) {
    if (reading.intent !== 'who_reported') return null;
    const unsure = reading.parties.length === 0 ? reading.ambiguous[0] : undefined;
    return {
      unit: reading.parties[0] ?? null,
      plan: reading.plan,
      own: reading.own,
      ...(unsure && { options: unsure.options }),
    };
  },
  answer(args, here) {
    const { person, allReports, plans } = here.world;
    const ownReports = here.world.ownReports.filter(({ state }) => state !== 'withdrawn');
    if (args.options)
      return {
        reply: whichUnit(args.options, null, here, (unit) => ({
          talk: 'status',
          args: { unit, plan: args.plan, own: false },
        })),
      };
    const mine = person?.memberships.map((m) => m.unit) ?? [];
    const unit = args.unit ?? (args.own || !allReports ? askerOf(here) : null);
    if (unit && mine.includes(unit)) return ofUnit(unit, ownReports, args, here);
    if (allReports)
      return unit && plans.unit(unit) ? ofUnit(unit, allReports, args, here) : ofAll(unit, allReports, args, here);
    if (!person) return { reply: { text: [line(say('status:register'))] } };
    return {
      reply: {
        text: [line(say('status:notYours'))],
        offers: [
          { label: say('status:mine'), ask: { talk: 'status', args: { unit: null, plan: args.plan, own: true } } },
        ],
      },
    };
  },
};

const dated = (duties: readonly ReportingDuty[], args: Args) =>
  duties.filter((d) => d.before !== null && (!args.plan || d.plan === args.plan));

function ofUnit(unit: PartyId, reports: readonly SubmittedReport[], args: Args, here: Here): Turn {
  const { plans, person } = here.world;
  const duties = dated(plans.duties(unit), args);
  const text = duties.map((duty): Text => {
    const plan = plans.plan(duty.plan)?.short ?? '';
    const report = reports.find((r) => r.unit === unit && fulfils(r, duty, plans));
    if (!report)
      return line(
        say('status:missing', {
          name: duty.name,
          plan,
          before: speakDay(duty.before!),
          last: speakDay(lastDayInTime(duty.before!)),
        }),
      );
    return line(
      say('status:received', {
        name: duty.name,
        plan,
        at: speakInstant(report.submittedAt),
        receipt: report.receipt,
        timeliness: say(`status:timeliness.${timelinessNow(report, plans)}`),
      }),
    );
  });
  const missing = duties.some((d) => !reports.some((r) => r.unit === unit && fulfils(r, d, plans)));
  const mine = person?.memberships.some((m) => m.unit === unit) ?? false;
  return {
    reply: {
      text: [
        title(say('status:title', { unit: plans.name(unit) })),
        ...(text.length > 0 ? text : [line(say('status:noDuties', { unit: plans.name(unit) }))]),
      ],
      ...(missing &&
        mine && { offers: [{ label: say('status:report'), ask: { talk: 'report', args: { do: 'open' } } }] }),
    },
    focus: { ask: { talk: 'status', args }, intent: 'who_reported', unit, shown: [] },
  };
}

function ofAll(group: PartyId | null, reports: readonly SubmittedReport[], args: Args, here: Here): Turn {
  const { plans } = here.world;
  const text = dated(
    plans.book.plans.flatMap((p) => p.duties),
    args,
  ).flatMap((duty) => {
    const members = group ? new Set(plans.members(group)) : null;
    const expected = owing(plans, duty).filter((u) => !members || members.has(u));
    const missing = expected.filter((u) => !reports.some((r) => r.unit === u && fulfils(r, duty, plans)));
    const names = missing
      .slice(0, NAMES)
      .map((u) => plans.name(u))
      .join(', ');
    const more = missing.length - NAMES;
    const plan = plans.plan(duty.plan)?.short ?? '';
    return [
      line(
        say('status:count', {
          name: duty.name,
          plan,
          received: expected.length - missing.length,
          expected: expected.length,
        }),
      ),
      // Nobody is named late before the whole group.
      ...(missing.length === 0 || here.event.chat.kind === 'group'
        ? []
        : [
            note(
              more > 0
                ? say('status:missingMore', { units: names, more })
                : say('status:missingUnits', { units: names }),
            ),
          ]),
    ];
  });
  return {
    reply: { text: [title(say('status:allTitle')), ...text] },
    focus: { ask: { talk: 'status', args }, intent: 'who_reported', shown: [] },
  };
}
