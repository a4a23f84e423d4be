/**
 * The target of drug-free communes (64/KH-BCĐ II.2): `/muctieu`. A commune says that it has reached it, the standing agency
 * confirms; only what is confirmed counts. Groups and officers see counts, coordinators names.
 */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Change, Offer, Text } from '../core/types.ts';
import { emptyRegister, markOf, shareOf, targetStanding } from '../desk/standing.ts';
import { drawTarget } from '../desk/target-picture.ts';
import type { DeskRules, MarkState } from '../desk/types.ts';
import { namesOf } from '../digest/reminder-words.ts';
import { fold } from '../language/fold.ts';
import type { UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { asPicture } from './picture.ts';
import { sourceOf } from './plan/cite.ts';
import { officersOf, tell } from './report/reach.ts';

const Units = z.array(z.string());
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show') }),
  z.object({ do: z.literal('mark'), unit: z.string(), state: z.enum(['begun', 'done']), sure: z.boolean() }),
  z.object({ do: z.literal('decide'), confirm: z.boolean(), units: Units, sure: z.boolean() }),
  z.object({ do: z.literal('unclear'), words: z.string(), options: Units }),
]);
type Args = z.infer<typeof Args>;

const TARGET = 'target';
const ask = (args: Args): Ask => ({ talk: TARGET, args: args as Ask['args'] });
const offer = (label: string, args: Args): Offer => ({ label, ask: ask(args) });

const SHOW =
  /^(?:xem )?(?:tien do|ket qua)(?: thuc hien)?(?: muc tieu| chi tieu)?(?: 50 ?%?)?(?: so)?(?: xa| xa phuong| xa phuong dac khu)? khong ma tuy$/;
const DECIDE = /^(xác nhận|xac nhan|bỏ xác nhận|bo xac nhan|bỏ|bo)\s+(.+)$/isu;

export const createTarget = (rules: DeskRules): Talk<Args> => ({
  id: TARGET,
  commands: ['muctieu'],
  args: Args,
  command(rest, here) {
    const [, what, words] = DECIDE.exec(rest.normalize('NFC')) ?? [];
    return what && words ? meant(words, /^x/i.test(what), here) : { do: 'show' };
  },
  hear: ({ text }) => (SHOW.test(fold(text).replace(/[,.]/g, '')) ? { do: 'show' } : null),
  answer(args, here) {
    switch (args.do) {
      case 'show':
        return show(here, rules);
      case 'unclear':
        return unclear(args, here);
      case 'mark':
        return mark(args, here, rules);
      case 'decide':
        return isCoordinator(here.world.person)
          ? decide(args, here, rules)
          : { reply: { text: [line(say('common:notAllowed'))] } };
    }
  },
});

/** Units named, each for sure: what may be several is asked about. */
function meant(words: string, confirm: boolean, { world }: Here): Args {
  const units: UnitId[] = [];
  for (const part of words
    .split(/[,;\n]+/)
    .map((p) => p.trim())
    .filter(Boolean)) {
    const { parties, ambiguous } = world.reader.read(part, { asker: null, today: world.today });
    const options = ambiguous.flatMap((a) => a.options);
    if (options.length > 0) return { do: 'unclear', words: part, options };
    const found = parties.filter((party) => world.plans.unit(party));
    if (found.length === 0) return { do: 'unclear', words: part, options: [] };
    units.push(...found);
  }
  return { do: 'decide', confirm, units: [...new Set(units)], sure: false };
}

function unclear({ words, options }: Extract<Args, { do: 'unclear' }>, { world: { plans } }: Here): Turn {
  if (options.length === 0) return { reply: { text: [line(say('target:nobody'))] } };
  const names = options.map((unit) => plans.name(unit)).join(', ');
  return { reply: { text: [line(say('target:ambiguous', { words, names }))] } };
}

const communesOf = ({ world }: Here, rules: DeskRules): UnitId[] => {
  const communes = new Set(world.plans.members(rules.target.group));
  return [...new Set(world.person?.memberships.map(({ unit }) => unit))].filter((unit) => communes.has(unit));
};

const stateIn = (unit: UnitId, { world }: Here, rules: DeskRules): MarkState =>
  markOf(world.register ?? emptyRegister(), unit, rules.target.source)?.state ?? 'cleared';

function show(here: Here, rules: DeskRules): Turn {
  const { plans, register = emptyRegister(), now, rehearsal, person } = here.world;
  const standing = targetStanding(register, plans, rules);
  const { total, needed, confirmed, declared, begun, blocked } = standing;
  const { share, year, source } = rules.target;
  const left = needed - confirmed.length;
  const desk = isCoordinator(person) && here.event.chat.kind === 'private';
  const own = here.event.chat.kind === 'private' ? communesOf(here, rules) : [];
  const passage = plans.passage(source);
  const names = (key: 'confirmedNames' | 'declaredNames', units: UnitId[]): Text[] =>
    desk && units.length > 0 ? [line(say(`target:${key}`, { names: namesOf(plans, units) }))] : [];
  return {
    reply: {
      text: [
        title(say('target:title', { percent: Math.round(share * 100), year })),
        line(
          [
            say('target:stands', {
              ...{ confirmed: confirmed.length, total, needed, share: shareOf(confirmed.length, total) },
              left: left > 0 ? say('target:left', { n: left }) : say('target:reached'),
            }),
            say('target:declared', { n: declared.length }),
            say('target:working', { n: begun.length, blocked: blocked.length }),
          ].join('\n'),
        ),
        ...own.map((unit) =>
          line(say('target:own', { unit: plans.name(unit), state: say(`target:state.${stateIn(unit, here, rules)}`) })),
        ),
        ...names('confirmedNames', confirmed),
        ...names('declaredNames', declared),
        ...(desk ? [note(say('target:how'))] : []),
        ...(passage ? [note(sourceOf(passage, plans))] : []),
      ],
      source: [source],
      picture: asPicture(drawTarget(standing, share, now, rehearsal)),
      offers: [
        ...(desk && declared.length > 0
          ? [
              offer(say('target:confirmAll', { n: declared.length }), {
                ...{ do: 'decide', confirm: true, units: declared, sure: false },
              }),
            ]
          : []),
        ...own.flatMap((unit) => ownOffers(unit, here, rules)),
      ],
    },
  };
}

function ownOffers(unit: UnitId, here: Here, rules: DeskRules): Offer[] {
  const state = stateIn(unit, here, rules);
  if (state === 'confirmed' || state === 'done') return [];
  return [
    offer(say('target:declare'), { do: 'mark', unit, state: 'done', sure: false }),
    ...(state === 'begun' ? [] : [offer(say('target:begin'), { do: 'mark', unit, state: 'begun', sure: true })]),
  ];
}

const marking = (unit: UnitId, state: MarkState, rules: DeskRules): Change => ({
  kind: 'markTask',
  mark: { unit, task: rules.target.source, state, note: null },
});

function mark({ unit, state, sure }: Extract<Args, { do: 'mark' }>, here: Here, rules: DeskRules): Turn {
  const { plans } = here.world;
  if (!communesOf(here, rules).includes(unit)) return { reply: { text: [line(say('target:notCommune'))] } };
  const name = plans.name(unit);
  const now = stateIn(unit, here, rules);
  // An old choice: what the standing agency has confirmed is not put back by it.
  if (now === 'confirmed')
    return { reply: { text: [line(say('target:own', { unit: name, state: say('target:state.confirmed') }))] } };
  if (!sure)
    return {
      reply: {
        text: [line(say('target:declareSure', { unit: name }))],
        offers: [{ ...offer(say('target:yes'), { do: 'mark', unit, state, sure: true }), yes: true }],
      },
    };
  return {
    changes: [marking(unit, state, rules)],
    reply: { text: [line(say('target:noted', { unit: name, state: say(`target:state.${state}`) }))] },
  };
}

function decide(args: Extract<Args, { do: 'decide' }>, here: Here, rules: DeskRules): Turn {
  const { plans } = here.world;
  const communes = new Set(plans.members(rules.target.group));
  const { confirm, sure } = args;
  const units = args.units.filter((unit) => communes.has(unit));
  if (units.length === 0) return { reply: { text: [line(say('target:nobody'))] } };
  const words = { n: units.length, names: units.map((unit) => plans.name(unit)).join(', ') };
  if (!sure)
    return {
      reply: {
        text: [line(say(confirm ? 'target:confirmSure' : 'target:clearSure', words))],
        offers: [
          {
            ...offer(say(confirm ? 'target:confirmNow' : 'target:clearNow'), { ...args, units, sure: true }),
            yes: true,
          },
        ],
      },
    };
  const state = confirm ? 'confirmed' : 'cleared';
  const changed = units.filter((unit) => stateIn(unit, here, rules) !== state);
  return {
    changes: changed.map((unit) => marking(unit, state, rules)),
    sends: changed.flatMap((unit) =>
      tell(
        officersOf(unit, here),
        `target/${here.event.id}/${unit}`,
        [line(say(confirm ? 'target:toldConfirmed' : 'target:toldCleared', { unit: plans.name(unit) }))],
        [],
        here,
      ),
    ),
    reply: { text: [line(say(confirm ? 'target:confirmDone' : 'target:clearDone', words))] },
  };
}
