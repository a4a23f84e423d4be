/** Under which name others see a person: asked for where a channel tells none, and mended with `/hoten`. */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import { mask, stops } from '../language/sensitive.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';

const Args = z.object({ text: z.string().optional() });
type Args = z.infer<typeof Args>;

/** So much that it can be a name; what else is typed there is asked about again. */
const NAME = /^(?=.{2,60}$)\p{L}[\p{L}.'’-]*(?: \p{L}[\p{L}.'’-]*){1,7}$/u;

export const nameIn = (text: string | undefined): string | undefined => {
  const name = text
    ?.normalize('NFC')
    .replace(/^\s*(?:(?:tôi|em|mình)\s+(?:tên\s+)?là|(?:họ\s+)?tên(?:\s+(?:tôi|em))?(?:\s+là)?|tôi tên)\s*:?\s*/iu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return name && NAME.test(name) ? name : undefined;
};

/** A person's name and nothing else: "hạn nộp báo cáo" could be one, but is none. */
export function isName(text: string): boolean {
  const name = nameIn(text);
  return name !== undefined && !/\p{L}/u.test(mask(name, stops(name), () => ' '));
}

/** `/hoten`, or with the name behind it. */
export const ownName: Talk<Args> = {
  id: 'ownName',
  commands: ['hoten'],
  where: 'private',
  args: Args,
  command: (rest) => (rest === '' ? {} : { text: rest }),
  ownName: true,
  takesName: () => true,
  answer: ({ text }, here) => (here.world.person ? named(text, here) : unregistered()),
};

const unregistered = (): Turn => ({ reply: { text: [line(say('common:registerFirst'))] } });

function named(text: string | undefined, { world: { person } }: Here): Turn {
  const name = nameIn(text);
  if (name === undefined)
    return {
      reply: { text: [line(say(text === undefined ? 'start:name' : 'start:nameAgain', { now: person!.name }))] },
      awaits: {},
    };
  return {
    reply: { text: [line(say('start:named', { name }))] },
    changes: [{ kind: 'nameSelf', name }],
  };
}
