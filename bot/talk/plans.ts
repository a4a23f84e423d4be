/** `/kehoach` and a plan sent as a file: an administrator loads the next plan, and sees which are in force and who has received them. */
import { z } from 'zod';
import { isAdministrator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { FileRef } from '../core/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';

const file = z.object({ id: z.string(), name: z.string(), mediaType: z.string(), size: z.number() });
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('load'), file }),
]);
type Args = z.infer<typeof Args>;

/** Other files are no plans; they are passed over in silence. */
const PLAN = /\.(docx?|pdf|txt|md)$/i;

export const plans: Talk<Args> = {
  id: 'plans',
  commands: ['kehoach'],
  where: 'private',
  args: Args,
  command: () => ({ do: 'list' }),
  meet({ event, world }) {
    if (event.kind !== 'sent' || event.chat.kind !== 'private' || !isAdministrator(world.person)) return null;
    return PLAN.test(event.file.name) ? { do: 'load', file: event.file } : null;
  },
  answer(args, here) {
    if (!isAdministrator(here.world.person)) return { reply: { text: [line(say('import:administratorOnly'))] } };
    return args.do === 'load' ? load(args.file, here) : list(here);
  },
};

function load(sent: FileRef, { event, world }: Here): Turn {
  if (/\.doc$/i.test(sent.name)) return { reply: { text: [line(say('import:trouble.oldWord'))] } };
  const id = world.chance.slice(0, 16);
  return {
    reply: { text: [line(say('import:reading', { file: sent.name }))] },
    changes: [{ kind: 'beginImport', id, file: sent, fileName: sent.name, address: event.chat.address }],
  };
}

function list({ world }: Here): Turn {
  const received = world.desk?.acknowledged ?? [];
  const lines = world.plans.book.plans.map((plan) => {
    const people = new Set(received.filter((r) => r.plan.split('@')[0] === plan.id).map((r) => r.person));
    const tasks = plan.passages.filter((p) => p.assignments.length > 0).length;
    return say('import:inForce', { plan: plan.short, title: plan.title, tasks, people: people.size });
  });
  return { reply: { text: [title(say('import:plans')), line(lines.join('\n')), note(say('import:how'))] } };
}
