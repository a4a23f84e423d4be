/** The tasks of a unit: what the plan gives it by name first, by role, then what reaches it through a group. `/nhiemvu` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Draughted, Offer, Text } from '../core/types.ts';
import type { Reading } from '../language/types.ts';
import type { PartyId, Placed, PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { contactLine } from './contact.ts';
import { askerOf } from './plan/asker.ts';
import { briefOf, briefPages, briefText } from './plan/brief.ts';
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
  /** The list to look over, or the whole words; undecided, the list where the words would fill many messages. */
  view: z.enum(['brief', 'whole']).optional(),
  /** Of one kind with the unit and named beside it: the same tasks. */
  alike: z.array(z.string()).optional(),
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
    if (args.options) return { reply: which(args as TasksArgs & { options: PartyId[] }, here) };
    const unit = args.unit ?? askerOf(here);
    if (!unit) return { reply: { text: [line(say('cite:unitFirst'))] } };
    return listed({ ...args, unit }, here);
  },
};

/** Which of several; what the plan gives to each of them alike is told at once. */
function which(args: TasksArgs & { options: PartyId[] }, here: Here): Draughted {
  const { plans } = here.world;
  const asked = whichUnit(args.options, args.near ?? null, here, (unit) => ({
    talk: 'tasks',
    args: { ...plain(args), unit },
  }));
  const [one] = args.options;
  if (!one || args.near || !alike(args.options, plans)) return asked;
  const { own } = choose({ ...args, unit: one }, plans);
  const [lines = []] = briefPages(briefOf(own, plans));
  return {
    ...asked,
    text: [...asked.text, note(say('tasks:alike')), ...briefText(lines)],
    source: lines.map((l) => l.id),
  };
}

/** Units of one kind, to which the plans give the same. */
export const alike = (units: readonly PartyId[], plans: PlanIndex): boolean =>
  units.every((u) => plans.unit(u)?.code !== undefined);

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

/** Whether it is looked over or read whole is decided anew. */
const anew = ({ view: _, ...args }: TasksArgs): TasksArgs => args;

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
  const brief = args.view === undefined ? pages.length > AT_ONCE : args.view === 'brief';
  const view = brief ? lookedOver(args, chosen, plans) : inFull(args, pages);
  const first = args.page === 0 && args.view !== 'whole';
  const reply: Draughted = {
    text: [
      title(heading(args, plans)),
      ...(first && !args.via && chosen.every((p) => !p.own)
        ? [note(say('tasks:onlyVia', { unit: plans.name(args.unit) }))]
        : []),
      ...view.text,
      ...(first && !args.via ? contactLine(args.unit, here) : []),
      ...(view.pages > 1 ? [note(say('cite:page', { page: view.page + 1, pages: view.pages }))] : []),
    ],
    offers: [
      ...view.offers,
      ...(!args.via && via.length > 0
        ? [
            {
              label: say('tasks:viaOffer', { count: via.length }),
              ask: ask({ ...anew(args), page: 0, via: true }),
            },
          ]
        : []),
      ...(first && !args.via
        ? [{ label: say('tasks:deadlineOffer'), ask: { talk: 'deadline', args: { unit: args.unit } } }]
        : []),
    ],
    source: view.source,
  };
  return { reply, focus: focusOf(args, chosen) };
}

/** So many messages of whole words are read at once; what is longer is looked over first. */
const AT_ONCE = 3;

interface View {
  text: Text[];
  offers: Offer[];
  source: string[];
  page: number;
  pages: number;
}

function lookedOver(args: TasksArgs, chosen: readonly Placed[], plans: PlanIndex): View {
  const pages = briefPages(briefOf(chosen, plans));
  const page = Math.min(args.page, pages.length - 1);
  const lines = pages[page]!;
  return {
    text: briefText(lines),
    offers: [
      ...(page + 1 < pages.length ? [more({ ...args, view: 'brief', page: page + 1 })] : []),
      { label: say('tasks:wholeOffer'), ask: ask({ ...args, view: 'whole', page: 0 }) },
    ],
    source: lines.map((l) => l.id),
    page,
    pages: pages.length,
  };
}

function inFull(args: TasksArgs, pages: readonly Entry[][]): View {
  const page = Math.min(args.page, pages.length - 1);
  const entries = pages[page]!;
  return {
    text: entries.flatMap((e) => e.text),
    offers: [
      ...(page + 1 < pages.length ? [more({ ...args, page: page + 1 })] : []),
      ...entries.flatMap((e) => e.whole ?? []),
    ],
    source: entries.map((e) => e.id),
    page,
    pages: pages.length,
  };
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
  const unit = [args.unit, ...(args.alike ?? [])].map((u) => plans.name(u)).join(', ');
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
