/** Which questions go to the list that administrators look over: without whom they came from and without personal data. */
import { mask, stops } from '../language/sensitive.ts';
import { phraseKey } from '../language/taught.ts';
import type { Ask, Change, Event } from './types.ts';

type Why = Extract<Change, { kind: 'noteQuestion' }>['why'];

/** A question is kept so far. */
export const MOST_LETTERS = 200;

/** Whether a talk answers questions about the plans. */
export const answers = ({ talk }: Ask): boolean => ANSWERING.has(talk);

const ANSWERING = new Set('tasks deadline how status facts owner search several refuse'.split(' '));

/** Null where the answer was given, or where the message was no question to the bot. */
export function unanswered({ talk, args }: Ask, event: Event): Why | null {
  if (event.kind !== 'said' || typeof args !== 'object' || args === null || Array.isArray(args)) return null;
  if (talk === 'refuse') return args.why !== 'unknown' ? null : filled(args.maybe) ? 'choice' : 'none';
  if (ASKING.has(talk) && filled(args.options)) return 'choice';
  return FINDING.has(talk) && Array.isArray(args.ids) && args.ids.length === 0 && args.words ? 'none' : null;
}

const ASKING = new Set(['tasks', 'deadline', 'status']);
const FINDING = new Set(['search', 'owner']);
const filled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

/** @param id fresh: for a question that is not on the list yet */
export function noteOf(text: string, why: Why, id: string): Change[] {
  const whole = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const kept = mask(whole, stops(whole), () => '…')
    .replace(/\d{5,}/g, '…')
    .slice(0, MOST_LETTERS);
  return /\p{L}/u.test(kept) ? [{ kind: 'noteQuestion', id, key: phraseKey(kept), text: kept, why }] : [];
}
