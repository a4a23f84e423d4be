/** IV and V: obstacles and wishes, nominations and good models, from the register and the reports. */
import { ofKind, stateOf, wordsOf } from '../../desk/states.ts';
import { dayOf } from '../../language/calendar.ts';
import { say } from '../../text/say.ts';
import type { OfficialBlock } from '../types.ts';
import { bullet, clause, inDays, paragraph, type Seen, section, sentence, textCell } from './blocks.ts';

const ofDays = (seen: Seen, at: number): boolean => dayOf(at) >= seen.of.period.from && at <= seen.at;

/** IV. Obstacles as they were raised, and what came of them. */
export function obstacles(seen: Seen): OfficialBlock[] {
  const { register, plans } = seen;
  const raised = ofKind(register, 'obstacle').filter((one) => ofDays(seen, one.at) && stateOf(one) !== 'withdrawn');
  const open = raised.filter((one) => stateOf(one) === 'open').length;
  return [
    section(say('official:section.obstacles')),
    paragraph(
      raised.length > 0
        ? say('official:obstacles', { n: raised.length, open, done: raised.length - open })
        : say('official:noObstacles'),
    ),
    ...raised.map((one) => {
      const answer = one.steps.findLast(({ kind }) => kind === 'answered')?.text;
      const words = { number: one.number, unit: plans.name(one.unit), text: sentence(wordsOf(one)) };
      return bullet(
        answer
          ? say('official:obstacleAnswered', { ...words, answer: sentence(answer) })
          : say('official:obstacle', words),
      );
    }),
    ...wishes(seen),
  ];
}

/** What units ask for, in their own words, with the number of their report. */
function wishes({ of, plans, reports }: Seen): OfficialBlock[] {
  const units = new Set(of.units.map(({ unit }) => unit));
  const said = reports.flatMap((report) => {
    const text = report.approved?.values.de_xuat;
    const counts = report.state !== 'withdrawn' && report.submittedAt <= of.at && units.has(report.unit);
    return counts && typeof text === 'string' && inDays(report.values, of) ? [{ report, text }] : [];
  });
  if (said.length === 0) return [];
  return [
    clause(say('official:wishes', { n: said.length })),
    ...said.map(({ report, text }) =>
      bullet(say('official:quoted', { unit: plans.name(report.unit), text: sentence(text), receipt: report.receipt })),
    ),
  ];
}

/** V. Nominations that stand on the list, and good models that were approved. */
export function commendations(seen: Seen): OfficialBlock[] {
  const { register, plans } = seen;
  const listed = ofKind(register, 'commendation').filter(
    (one) => ofDays(seen, one.at) && ['listed', 'proposed', 'awarded'].includes(stateOf(one)),
  );
  const models = ofKind(register, 'model').filter((one) => ofDays(seen, one.at) && stateOf(one) === 'approved');
  return [
    section(say('official:section.commendations')),
    ...(listed.length === 0
      ? [paragraph(say('official:noCommendations'))]
      : [
          { kind: 'caption' as const, text: say('official:commendations', { n: listed.length }) },
          {
            kind: 'table' as const,
            table: {
              head: ['number', 'nominee', 'nominator', 'achievement', 'state'].map((key) =>
                say(`official:head.${key as 'number'}`),
              ),
              widths: [14, 22, 20, 30, 14],
              rows: listed.map((one) => [
                textCell(one.number),
                textCell(one.nominee?.name ?? ''),
                textCell(plans.name(one.unit)),
                textCell(wordsOf(one)),
                textCell(say(`official:state.${stateOf(one) as 'listed'}`)),
              ]),
            },
          },
        ]),
    ...(models.length > 0
      ? [
          clause(say('official:models', { n: models.length })),
          ...models.map((one) =>
            bullet(
              say('official:model', { number: one.number, unit: plans.name(one.unit), text: sentence(wordsOf(one)) }),
            ),
          ),
        ]
      : []),
  ];
}
