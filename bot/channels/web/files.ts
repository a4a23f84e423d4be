/** A file as the page sends it: its bytes as the body, the rest in the address. What it is, its bytes say, not its name. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { Event, Instant } from '../../core/types.ts';
import { decodedText, planFileKind } from '../../plan/read/file-kind.ts';
import { say } from '../../text/say.ts';
import { clean } from './message.ts';
import type { Place } from './place.ts';
import { Refused } from './refused.ts';

const MOST_NAME = 120;
const MOST_CAPTION = 1_000;
const Named = z.object({ id: z.uuid(), name: z.string().min(1), caption: z.string().max(MOST_CAPTION).default('') });

/** Beginnings of the kinds that are taken; OOXML is told apart from other archives by its name. */
const KINDS: { mediaType: string; starts: number[]; at?: number; name?: RegExp }[] = [
  { mediaType: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/webp', starts: [0x57, 0x45, 0x42, 0x50], at: 8 },
  { mediaType: 'application/pdf', starts: [0x25, 0x50, 0x44, 0x46] },
  ...(['docx:wordprocessingml.document', 'xlsx:spreadsheetml.sheet'] as const).map((kind) => {
    const [ending, type] = kind.split(':') as [string, string];
    return {
      mediaType: `application/vnd.openxmlformats-officedocument.${type}`,
      ...{ starts: [0x50, 0x4b, 0x03, 0x04], name: new RegExp(`\\.${ending}$`, 'i') },
    };
  }),
];
const TEXTS: Record<string, string> = { txt: 'text/plain', md: 'text/markdown', csv: 'text/csv' };

/** What a file is; null for what is not taken. */
export function kindOf(bytes: Uint8Array, name: string): string | null {
  const known = KINDS.find(
    ({ starts, at = 0, name: named }) =>
      starts.every((byte, i) => bytes[at + i] === byte) && (!named || named.test(name)),
  );
  if (known) return known.mediaType;
  const text = TEXTS[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
  return text !== undefined && isText(bytes) ? text : null;
}

/** Word and Excel of before 2007, and what they lock with a password since. */
const isOle = (bytes: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].every((byte, i) => bytes[i] === byte);

const isText = (bytes: Uint8Array): boolean => typeof decodedText(bytes) === 'string';

/** Why a file is not taken: in the same words as wherever else a plan may come from. */
function refusal(bytes: Uint8Array, name: string): string {
  if (isOle(bytes)) return say('web:errors.fileOle');
  const kind = planFileKind(bytes, name);
  const why = typeof kind === 'string' ? decodedText(bytes) : kind;
  if (typeof why !== 'string' && (why.trouble === 'disguised' || why.trouble === 'oldFont'))
    return say(`import:trouble.${why.trouble}`, { detail: why.detail ?? '' });
  return say('web:errors.fileKind');
}

export interface Received {
  event: Event & { kind: 'sent' };
  bytes: Uint8Array;
}

/** @throws Refused with a sentence that says what can be sent */
export async function readFile(c: Context, place: Place, at: Instant): Promise<Received> {
  const named = Named.safeParse(c.req.query());
  if (!named.success) throw new Refused(400, say('web:errors.shape'));
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const name = clean(named.data.name)
    .replace(/[\\/\s]+/g, ' ')
    .slice(-MOST_NAME);
  const mediaType = kindOf(bytes, name);
  if (bytes.length === 0) throw new Refused(415, say('web:errors.fileEmpty'));
  if (mediaType === null || name === '') throw new Refused(415, refusal(bytes, name));
  const id = `web:${named.data.id.toLowerCase()}`;
  const caption = clean(named.data.caption);
  return {
    bytes,
    event: {
      ...{ id, at, from: place.me, chat: { ...place.chat, addressed: true }, kind: 'sent' },
      ...(place.name !== undefined && { fromName: place.name }),
      file: { id, name, mediaType, size: bytes.length },
      ...(caption && { caption }),
    },
  };
}
