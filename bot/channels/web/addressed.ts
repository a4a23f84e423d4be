/** Whether a message in a group is meant for the bot. */
import type { Choice } from '../../core/types.ts';

/** Lower case, without diacritics, single spaces. */
const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();

const CALLS = /(^|[^\p{L}\p{N}])(@truc ?_?ban(?![\p{L}\p{N}])|(truc ban|bot) oi(?![\p{L}\p{N}]))/u;

/** A command, a mention, or the number or label of a choice that the bot's last message offers. */
export function isAddressed(text: string, offered: readonly Choice[]): boolean {
  const said = fold(text);
  if (said.startsWith('/') || CALLS.test(said)) return true;
  if (/^\d{1,2}$/.test(said)) return Number(said) >= 1 && Number(said) <= offered.length;
  return offered.some((c) => fold(c.label) === said);
}
