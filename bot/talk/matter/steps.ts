/** Takes a step in a matter: which words it needs, what is said to whoever takes it, and who is told of it. */
import { looksAfter } from '../../core/rights.ts';
import type { Here, Turn } from '../../core/talk.ts';
import type { Ask, Offer, Send, Text } from '../../core/types.ts';
import { moveOf, sideOf, stateOf, URGENCIES, urgencyOf, wordsOf } from '../../desk/states.ts';
import type { DeskRules, Matter, StepKind } from '../../desk/types.ts';
import { quoted } from '../../digest/shorten.ts';
import { clockOf } from '../../language/calendar.ts';
import { say } from '../../text/say.ts';
import { line, note, quote } from '../blocks.ts';
import { type Command, coordinators, orOfficers, tell } from '../report/reach.ts';
import { card, isOwn, stateName, stepName, stepsOf } from './card.ts';
import { leaveOffer, leaves, left } from './leave.ts';

export const MOST_CHARACTERS = 1500;
const SHORT = 200;

/** Steps that are nothing without words. */
const WORDED: StepKind[] = ['answered', 'reopened', 'declined', 'returned', 'reworded', 'directed', 'added', 'graded'];
/** Of what the sender does, the standing agency is told only this. */
const AGENCY_HEARS: StepKind[] = ['reopened', 'withdrawn', 'reworded', 'added', 'graded'];

export interface StepArgs {
  number: string;
  step: StepKind;
  text?: string | undefined;
}

export const matterAsk = (
  args: { do: 'show'; number: string; unsaved?: string } | ({ do: 'step' } & StepArgs),
): Ask => ({
  talk: 'matter',
  args: args as Ask['args'],
});

/** The same as `matterAsk`, as a command that stays good whatever is said since. */
export const stepCommand = (matter: Matter, step: StepKind): Command => ({
  label: stepName(matter.kind, step),
  command: `/viec ${step} ${matter.number}`,
  ask: matterAsk({ do: 'step', number: matter.number, step }),
});

export const stepOffers = (matter: Matter, side: 'sender' | 'desk'): Offer[] =>
  stepsOf(matter, side).map((step) => {
    const { label, ask } = stepCommand(matter, step);
    return { label, ask };
  });

export function takeStep({ number, step, text }: StepArgs, matter: Matter, here: Here, rules: DeskRules): Turn {
  const move = moveOf(matter.kind, stateOf(matter), step);
  const side = sideOf(matter.kind, step) === 'desk' ? 'desk' : 'sender';
  const may = side === 'desk' ? looksAfter(here.world.person, matter.kind, rules) : isOwn(matter, here);
  const words = text?.trim() || null;
  if (leaves(words ?? undefined)) return left();
  if (!move || !may) {
    const why = move ? `matter:only_${side}` : 'matter:cannot';
    const told = line(say(why as 'matter:cannot', { number, state: stateName(matter) }));
    return shown(matter, here, rules, step === 'graded' ? undefined : text, [told]);
  }
  if (step === 'graded') {
    const urgency = URGENCIES.find((one) => one === words);
    if (!urgency || urgency === urgencyOf(matter)) return askDegree(matter, urgency !== undefined, here);
  }
  if (words === null && WORDED.includes(step)) return askWords(matter, step, here);
  if (words !== null && words.length > MOST_CHARACTERS) {
    const told = line(say('matter:tooLong', { most: MOST_CHARACTERS }));
    return { reply: { text: [told], offers: [leaveOffer()] }, awaits: { do: 'step', number, step } };
  }
  const after: Matter = {
    ...matter,
    steps: [...matter.steps, { kind: step, by: here.world.person?.id ?? null, at: here.world.now, text: words }],
  };
  const key = `${matter.kind}_${step}`;
  const sends = side === 'desk' ? tellSender(after, words, here) : tellAgency(after, hears(matter, step), words, here);
  const lost = side === 'desk' && sends.length === 0;
  return {
    changes: [
      {
        kind: 'stepMatter',
        ...{ matter: matter.id, of: matter.kind, unit: matter.unit, revision: matter.steps.length, step, text: words },
      },
    ],
    sends,
    reply: {
      text: [
        line(
          lost
            ? say('matter:nobodyThere', { ...paramsOf(after, here), state: stateName(after) })
            : say(`matter:done.${key}` as 'matter:done.obstacle_answered', paramsOf(after, here)),
        ),
      ],
      offers: here.event.chat.kind === 'private' ? stepOffers(after, side) : [],
    },
  };
}

/** The matter as it stands, above it what was not done, and the words that went nowhere. */
export function shown(matter: Matter, here: Here, rules: DeskRules, unsaved = '', above: Text[] = []): Turn {
  const { number, kind } = matter;
  const words = unsaved.trim();
  const howToAdd =
    kind === 'obstacle' && isOwn(matter, here) && stateOf(matter) === 'open' ? [note(say('matter:howToAdd'))] : [];
  const lost = words === '' ? [] : [line(say('matter:unsaved')), quote(words), ...howToAdd];
  // What the sender says of an answer that they have may mean that it is not clear.
  const again = words !== '' && kind === 'obstacle' && isOwn(matter, here) && moveOf(kind, stateOf(matter), 'reopened');
  return {
    reply: {
      text: card(matter, here, rules, [...above, ...lost]),
      offers: [
        ...(again
          ? [{ label: say('matter:askAgain'), ask: matterAsk({ do: 'step', number, step: 'reopened', text: words }) }]
          : []),
        ...offersFor(matter, here, rules),
      ],
    },
  };
}

/** Choices of the degrees that are not in force. */
export const degreeOffers = (matter: Matter): Offer[] =>
  URGENCIES.filter((one) => one !== urgencyOf(matter)).map((one) => ({
    label: say(`desk:urgent.${one}`),
    ask: matterAsk({ do: 'step', number: matter.number, step: 'graded', text: one }),
  }));

/** @param same what was chosen is in force already */
const askDegree = (matter: Matter, same: boolean, here: Here): Turn => ({
  reply: {
    text: [line(say(same ? 'matter:sameDegree' : 'matter:ask.urgent_graded', paramsOf(matter, here)))],
    ...(!same && { offers: [...degreeOffers(matter), leaveOffer()] }),
  },
});

/** In a group nobody's next words are waited for: they are to come with the number. */
function askWords(matter: Matter, step: StepKind, here: Here): Turn {
  const { number } = matter;
  const key = `matter:ask.${matter.kind}_${step}` as 'matter:ask.obstacle_answered';
  const asked = line(say(key, paramsOf(matter, here)));
  if (here.event.chat.kind === 'group') return { reply: { text: [asked, note(say('matter:howGroup', { number }))] } };
  return { reply: { text: [asked], offers: [leaveOffer()] }, awaits: { do: 'step', number, step } };
}

function paramsOf(matter: Matter, { world }: Here) {
  return {
    number: matter.number,
    unit: world.plans.name(matter.unit),
    text: quoted(wordsOf(matter), SHORT),
    nominee: matter.nominee?.name ?? '',
    name: world.person?.name ?? '',
    clock: clockOf(world.now),
    urgency: degreeName(matter),
  };
}

const degreeName = (matter: Matter): string => {
  const degree = urgencyOf(matter);
  return degree ? say(`desk:urgent.${degree}`).toLocaleLowerCase('vi') : '';
};

const lastOf = (matter: Matter): StepKind => matter.steps.at(-1)!.kind;
const keyOf = (matter: Matter): string => `matter/${matter.id}/${matter.steps.length}`;

function told(matter: Matter, words: string | null, here: Here): Text[] {
  const key = `matter:told.${matter.kind}_${lastOf(matter)}` as 'matter:told.obstacle_answered';
  return [
    line(say(key, paramsOf(matter, here))),
    ...(words === null || lastOf(matter) === 'graded' ? [] : [quote(words)]),
  ];
}

const tellSender = (matter: Matter, words: string | null, here: Here): Send[] =>
  tell(
    orOfficers(matter.by, matter.unit, here),
    keyOf(matter),
    told(matter, words, here),
    stepsOf(matter, 'sender')
      .filter((step) => step !== 'withdrawn')
      .map((step) => stepCommand(matter, step)),
    here,
  );

/** That it is clear matters to the standing agency only while it still owes an answer. */
const hears = (before: Matter, step: StepKind): boolean =>
  before.kind !== 'commendation' &&
  (AGENCY_HEARS.includes(step) || (step === 'closed' && before.kind === 'obstacle' && stateOf(before) === 'open'));

const tellAgency = (matter: Matter, heard: boolean, words: string | null, here: Here): Send[] =>
  heard ? toAgency(matter, keyOf(matter), told(matter, words, here), here) : [];

/**
 * To the linked groups of the standing agency, and to its coordinators where there is none; an extraordinary report to
 * both, since somebody must see it at once.
 */
export function toAgency(matter: Matter, key: string, text: Text[], here: Here): Send[] {
  const groups = here.world.agencyGroups ?? [];
  const commands = stepsOf(matter, 'desk').map((step) => stepCommand(matter, step));
  const people = groups.length === 0 || matter.kind === 'urgent' ? coordinators(here) : [];
  return [...inGroups(matter, groups, key, text, commands), ...tell(people, key, text, commands, here)];
}

/** What needs no words, and so can be done with a tap in a group. */
const tapped = (commands: readonly Command[]) =>
  commands
    .filter(({ ask }) => !WORDED.includes((ask.args as unknown as StepArgs).step))
    .map(({ label, command, ask }) => ({ label, token: command, ask }));

/** The choices of a matter that is called out again. */
export const urgentChoices = (matter: Matter) =>
  tapped(stepsOf(matter, 'desk').map((step) => stepCommand(matter, step)));

function inGroups(
  matter: Matter,
  groups: readonly Send['to'][],
  key: string,
  text: Text[],
  commands: readonly Command[],
): Send[] {
  const { number } = matter;
  const how = say(matter.kind === 'urgent' ? 'matter:howUrgentGroup' : 'matter:howGroup', { number });
  const offered = tapped(commands);
  const choices = offered.map(({ label, token }) => ({ label, token }));
  return groups.map((to) => ({
    to,
    key: `${key}/${to}`,
    reply: { text: commands.length > 0 ? [...text, note(how)] : text, ...(choices.length > 0 && { choices }) },
    ...(offered.length > 0 && { offered }),
  }));
}

/** What whoever reads the matter may do with it; those who look after it do so before they are its sender. */
export function offersFor(matter: Matter, here: Here, rules: DeskRules): Offer[] {
  const desk = looksAfter(here.world.person, matter.kind, rules) ? stepOffers(matter, 'desk') : [];
  return [...desk, ...(isOwn(matter, here) ? stepOffers(matter, 'sender') : [])];
}
