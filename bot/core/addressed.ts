/** Whether a message in a group is meant for the bot. */
import { fold } from '../language/fold.ts';
import type { Choice } from './types.ts';

const MENTION = /(^|[^\p{L}\p{N}])@tr[uự]c[ _]?ban(?![\p{L}\p{N}])/iu;
const CALL = /(^| )(truc ban|bot) oi( |$)/;

/** A command, a mention, or the number or label of a choice that the bot's last message offers. */
export function isAddressed(text: string, offered: readonly Choice[]): boolean {
  const said = fold(text);
  if (text.trimStart().startsWith('/') || MENTION.test(text.normalize('NFC')) || CALL.test(said)) return true;
  if (/^\d{1,2}$/.test(said)) return Number(said) >= 1 && Number(said) <= offered.length;
  return said !== '' && offered.some((c) => fold(c.label) === said);
}
