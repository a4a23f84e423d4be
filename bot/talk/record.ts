/**
 * The record of who did what: `/nhatky` tells the standing agency that it is whole and up to which place, and hands it
 * over as a file. `/xoadulieu`: an administrator removes the personal data of somebody who has left.
 */
import { z } from 'zod';
import { isAdministrator, isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Person } from '../core/types.ts';
import { speakInstant } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { coordinators, tell } from './report/reach.ts';

const RecordArgs = z.object({ do: z.enum(['state', 'export']) });
const ForgetArgs = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('forget'), person: z.string(), sure: z.boolean() }),
  /** Somebody asks for their own data to be removed; `sure`: the administrators are to be told. */
  z.object({ do: z.literal('own'), sure: z.boolean() }),
]);
type ForgetArgs = z.infer<typeof ForgetArgs>;

export const record: Talk<z.infer<typeof RecordArgs>> = {
  id: 'record',
  commands: ['nhatky'],
  where: 'private',
  args: RecordArgs,
  command: (rest) => ({ do: /^(xuat|tai)/.test(fold(rest)) ? 'export' : 'state' }),
  answer(args, here) {
    const { world } = here;
    if (!isCoordinator(world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
    if (args.do === 'export')
      return {
        reply: {
          text: [line(say('record:file'))],
          paper: { name: `nhat-ky-${world.today}.jsonl`, format: 'jsonl', at: world.now, of: { kind: 'record' } },
        },
      };
    const state = world.desk?.record;
    const offers = [{ label: say('record:export'), ask: { talk: 'record', args: { do: 'export' } } }];
    if (!state) return { reply: { text: [line(say('record:notYet'))], offers } };
    const { at, entries, last, faults, first } = state;
    return {
      reply: {
        text: [
          title(say(faults === 0 ? 'record:whole' : 'record:broken')),
          line(say('record:state', { when: speakInstant(at), entries })),
          ...(faults > 0 ? [line(say('record:faults', { n: faults, seq: first ?? 0 }))] : []),
          ...(last ? [line(say('record:last', last)), note(say('record:keep'))] : []),
        ],
        offers,
      },
    };
  },
};

const MOST = 20;
const OWN =
  /^(?:(?:toi|em|minh|muon|xin|de nghi|yeu cau|nho|hay|giup|bot|lam sao|lam the nao|cach|de) )*(?:xoa|go bo|huy)(?: (?:het|bo|toan bo|tat ca|moi|cac))* (?:du lieu|thong tin)(?: ca nhan)?(?: (?:cua|ve))? (?:toi|em|minh|chung toi|ban than)(?: (?:di|voi|nhe|a|the nao|duoc khong))*$/;
const ask = (args: ForgetArgs): Ask => ({ talk: 'forget', args });

export const forget: Talk<ForgetArgs> = {
  id: 'forget',
  commands: ['xoadulieu'],
  where: 'private',
  args: ForgetArgs,
  command: () => ({ do: 'list' }),
  hear: ({ text }) => (OWN.test(fold(text)) ? { do: 'own', sure: false } : null),
  answer(args, here) {
    if (args.do === 'own') return own(args.sure, here);
    if (!isAdministrator(here.world.person)) return { reply: { text: [line(say('record:administratorOnly'))] } };
    return args.do === 'list' ? list(here) : gone(args, here);
  },
};

/** Those who have no part in any unit any more, and whose name is still known. */
const left = ({ world }: Here): Person[] =>
  (world.desk?.contacts ?? [])
    .map(({ person }) => person)
    .filter(({ memberships, name }) => memberships.length === 0 && name !== '');

function list(here: Here): Turn {
  const people = left(here);
  if (people.length === 0) return { reply: { text: [line(say('record:nobodyLeft')), note(say('record:leaveFirst'))] } };
  return {
    reply: {
      text: [line(say('record:left', { n: people.length })), note(say('record:leaveFirst'))],
      offers: people
        .slice(0, MOST)
        .map(({ id, name }) => ({ label: name, ask: ask({ do: 'forget', person: id, sure: false }) })),
    },
  };
}

function gone({ person, sure }: Extract<ForgetArgs, { do: 'forget' }>, here: Here): Turn {
  const known = left(here).find(({ id }) => id === person);
  if (!known) return list(here);
  if (!sure)
    return {
      reply: {
        text: [line(say('record:forgetSure', { name: known.name }))],
        offers: [{ label: say('record:forgetNow'), ask: ask({ do: 'forget', person, sure: true }), yes: true }],
      },
    };
  return {
    changes: [{ kind: 'forgetPerson', person }],
    reply: { text: [line(say('record:forgotten'))] },
  };
}

/** Who removes one's data, what goes and what stays, and the way there. */
function own(sure: boolean, here: Here): Turn {
  const { person, today } = here.world;
  if (!person) return { reply: { text: [line(say('record:ownStranger'))] } };
  const administrators = coordinators(here).filter((id) => id !== person.id);
  if (sure) {
    const units = [...new Set(person.memberships.map(({ unit }) => here.world.plans.name(unit)))].join(', ');
    const asked = line(say('record:ownTold', { name: person.name, unit: units }));
    const sends = tell(administrators, `forget/${person.id}/${today}`, [asked], [], here);
    return { sends, reply: { text: [line(say(sends.length > 0 ? 'record:ownSent' : 'record:ownUnreached'))] } };
  }
  return {
    reply: {
      text: [line(say('record:own')), note(say('record:ownKept'))],
      offers: [
        { label: say('record:ownAsk'), ask: ask({ do: 'own', sure: true }), yes: true },
        { label: say('people:leaveNow'), ask: { talk: 'leave', args: { sure: false } } },
      ],
    },
  };
}
