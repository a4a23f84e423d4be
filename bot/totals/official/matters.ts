/** Extraordinary reports (in I), obstacles and wishes, nominations and good models (IV, V), from the register and the reports. */
import { answersTo, ofKind, stateOf, urgencyOf, wordsOf } from '../../desk/states.ts';
import type { Matter } from '../../desk/types.ts';
import { dayOf, speakDay, speakInstant } from '../../language/calendar.ts';
import { say } from '../../text/say.ts';
import type { OfficialBlock } from '../types.ts';
import { bullet, clause, inDays, paragraph, type Seen, section, sentence, textCell } from './blocks.ts';

const ofDays = (seen: Seen, at: number): boolean => dayOf(at) >= seen.of.period.from && at <= seen.at;

/** Extraordinary reports whole: what happened, what was added, what the standing agency said. */
export function extraordinary(seen: Seen): OfficialBlock[] {
  const { register, plans } = seen;
  const sent = ofKind(register, 'urgent').filter((one) => ofDays(seen, one.at) && stateOf(one) !== 'withdrawn');
  if (sent.length === 0) return [paragraph(say('official:noUrgent'))];
  const count = (state: string) => sent.filter((one) => stateOf(one) === state).length;
  return [
    paragraph(
      say('official:urgents', {
        n: sent.length,
        open: count('open'),
        taken: count('acknowledged'),
        closed: count('closed'),
      }),
    ),
    ...sent.map((one) => bullet([said(one), ...course(one)].join(' '))),
  ];

  function said(one: Matter): string {
    const degree = urgencyOf(one);
    const words = {
      number: one.number,
      unit: plans.name(one.unit),
      when: speakInstant(one.at),
      text: sentence(one.text),
    };
    return degree
      ? say('official:urgentGraded', { ...words, degree: say(`desk:urgent.${degree}`).toLocaleLowerCase('vi') })
      : say('official:urgent', words);
  }
}

function course(one: Matter): string[] {
  const told = one.steps.flatMap(({ kind, at, text }) =>
    text && (kind === 'added' || kind === 'directed')
      ? [say(`official:${kind}`, { when: speakInstant(at), text: sentence(text) })]
      : [],
  );
  return [...told, say(`official:urgentState.${stateOf(one) as 'open'}`)];
}

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
      const raisedOn = { number: one.number, unit: plans.name(one.unit), text: sentence(wordsOf(one)) };
      const answers = answersTo(one).map(({ at, text }) =>
        say('official:answer', { day: speakDay(dayOf(at)), answer: sentence(text) }),
      );
      const waits = stateOf(one) === 'open' ? [say(answers.length > 0 ? 'official:waitsAgain' : 'official:waits')] : [];
      return bullet([say('official:obstacle', raisedOn), ...answers, ...waits].join(' '));
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
