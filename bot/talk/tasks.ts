/** The tasks of a unit: what the plan gives it by name first, by role, then what reaches it through a group. `/nhiemvu` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Draughted, Offer } from '../core/types.ts';
import type { Reading } from '../language/types.ts';
import type { PartyId, Placed, PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { contactLine } from './contact.ts';
import { askerOf } from './plan/asker.ts';
import { type Entry, entry, pagesOf, timeOf } from './plan/cite.ts';
import { whichUnit } from './plan/which.ts';

const Args = z.object({
  unit: z.string().nullable(),
  plan: z.string().nullable(),
  role: z.enum(['lead', 'implement', 'coordinate']).nullable(),
  page: z.number().int().nonnegative(),
  /** Only what reaches the unit through groups. */
  via: z.boolean().optional(),
  partner: z.string().optional(),
  /** Units that the typed name fits. */
  options: z.array(z.string()).optional(),
  near: z.string().optional(),
});
export type TasksArgs = z.infer<typeof Args>;

export const tasks: Talk<TasksArgs> = {
  id: 'tasks',
  commands: ['nhiemvu'],
  args: Args,
  command(rest, here) {
    if (rest === '') return { unit: null, plan: null, role: null, page: 0 };
    return argsOf(here.world.reader.read(rest, { asker: askerOf(here), today: here.world.today }));
  },
  hear: ({ reading }) => (reading.intent === 'unit_tasks' ? argsOf(reading) : null),
  answer(args, here) {
    if (args.options)
      return {
        reply: whichUnit(args.options, args.near ?? null, here, (unit) => ({
          talk: 'tasks',
          args: { ...plain(args), unit },
        })),
      };
    const unit = args.unit ?? askerOf(here);
    if (!unit) return { reply: { text: [line(say('cite:unitFirst'))] } };
    return listed({ ...args, unit }, here);
  },
};

export function argsOf(reading: Reading): TasksArgs {
  const unsure = reading.parties.length === 0 ? reading.ambiguous[0] : undefined;
  return {
    unit: reading.parties[0] ?? null,
    plan: reading.plan,
    role: reading.role,
    page: 0,
    ...(reading.partner && { partner: reading.partner }),
    ...(unsure && { options: unsure.options, ...(unsure.near && { near: unsure.words }) }),
  };
}

const plain = ({ options: _, near: __, ...args }: TasksArgs): TasksArgs => args;

function listed(args: TasksArgs & { unit: PartyId }, here: Here): Turn {
  const { plans } = here.world;
  const { own, via } = choose(args, plans);
  const chosen = args.via ? via : own;
  if (chosen.length === 0)
    return {
      reply: { text: [line(nothing(args, plans)), ...contactLine(args.unit, here)], offers: elsewhere(args, plans) },
    };
  const pages = pagesOf(chosen.map((placed, i) => numbered(placed, i, plans)));
  const page = Math.min(args.page, pages.length - 1);
  const entries = pages[page]!;
  const reply: Draughted = {
    text: [
      title(heading(args, plans)),
      ...(page === 0 && !args.via && chosen.every((p) => !p.own)
        ? [note(say('tasks:onlyVia', { unit: plans.name(args.unit) }))]
        : []),
      ...entries.flatMap((e) => e.text),
      ...(page === 0 && !args.via ? contactLine(args.unit, here) : []),
      ...(pages.length > 1 ? [note(say('cite:page', { page: page + 1, pages: pages.length }))] : []),
    ],
    offers: [
      ...(page + 1 < pages.length ? [more({ ...args, page: page + 1 })] : []),
      ...entries.flatMap((e) => e.whole ?? []),
      ...(!args.via && via.length > 0
        ? [{ label: say('tasks:viaOffer', { count: via.length }), ask: ask({ ...args, page: 0, via: true }) }]
        : []),
      ...(page === 0 && !args.via
        ? [{ label: say('tasks:deadlineOffer'), ask: { talk: 'deadline', args: { unit: args.unit } } }]
        : []),
    ],
    source: entries.map((e) => e.id),
  };
  return { reply, focus: focusOf(args, chosen) };
}

/**
 * What belongs in the answer at once, and what is offered beside it. Tasks through groups stand in the answer itself
 * where nothing else would, and where working together is asked about.
 */
function choose(args: TasksArgs & { unit: PartyId }, plans: PlanIndex): { own: Placed[]; via: Placed[] } {
  const all = plans.placed(args.unit).filter(({ task }) => !args.plan || task.plan === args.plan);
  if (args.partner) {
    const partner = new Set(
      plans
        .placed(args.partner)
        .filter((p) => p.own)
        .map((p) => p.task.id),
    );
    const both = all.filter((p) => p.own && partner.has(p.task.id));
    if (both.length > 0) return { own: both, via: [] };
  }
  const inRole = args.role ? all.filter((p) => p.roles.includes(args.role!)) : all;
  const own = inRole.filter((p) => p.own);
  const via = inRole.filter((p) => !p.own);
  if (own.length === 0 || args.role === 'coordinate') return { own: [...own, ...via], via: [] };
  return { own, via };
}

function numbered(placed: Placed, i: number, plans: PlanIndex): Entry {
  const { task, role, via, own } = placed;
  const head = `${i + 1}. ${say(`cite:role.${role}`)}`;
  const through = via && !own ? [note(say('cite:via', { group: plans.name(via) }))] : [];
  return entry(task, plans, head, '', [...through, ...timeOf(task)]);
}

function heading(args: TasksArgs & { unit: PartyId }, plans: PlanIndex): string {
  const unit = plans.name(args.unit);
  const plan = args.plan ? (plans.plan(args.plan)?.short ?? '') : '';
  if (args.via) return say('tasks:viaTitle', { unit });
  if (args.partner) return say('tasks:titleWith', { unit, partner: plans.name(args.partner) });
  const role = args.role ? say(`tasks:role.${args.role}`) : '';
  if (role) return plan ? say('tasks:titleRolePlan', { unit, role, plan }) : say('tasks:titleRole', { unit, role });
  return plan ? say('tasks:titlePlan', { unit, plan }) : say('tasks:title', { unit });
}

function nothing(args: TasksArgs & { unit: PartyId }, plans: PlanIndex): string {
  const unit = plans.name(args.unit);
  if (args.role) return say('tasks:noneRole', { unit, role: say(`tasks:role.${args.role}`) });
  return args.plan
    ? say('tasks:nonePlan', { plan: plans.plan(args.plan)?.short ?? '', unit })
    : say('tasks:none', { unit });
}

function elsewhere(args: TasksArgs & { unit: PartyId }, plans: PlanIndex): Offer[] {
  if (plans.placed(args.unit).length === 0) return [];
  return [
    {
      label: say('tasks:allOffer', { unit: plans.name(args.unit) }),
      ask: ask({ unit: args.unit, plan: null, role: null, page: 0 }),
    },
  ];
}

const ask = (args: TasksArgs) => ({ talk: 'tasks', args });
const more = (args: TasksArgs): Offer => ({ label: say('cite:more'), ask: ask(args) });

function focusOf(args: TasksArgs & { unit: PartyId }, chosen: readonly Placed[]) {
  return {
    ask: ask(args),
    intent: 'unit_tasks' as const,
    unit: args.unit,
    ...(args.plan && { plan: args.plan }),
    shown: chosen.map((p) => p.task.id),
  };
}
