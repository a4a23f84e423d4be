/** A way out of every question for words: "Thôi", pressed or typed. */
import type { Turn } from '../../core/talk.ts';
import type { Offer } from '../../core/types.ts';
import { fold } from '../../language/fold.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';

const LEAVES = /^(?:thoi|thoi khong gui|huy|huy bo|bo|khong gui|dung lai)$/;

export const leaveOffer = (): Offer => ({ label: say('matter:leave'), ask: { talk: 'matter', args: { do: 'leave' } } });

export const left = (): Turn => ({ reply: { text: [line(say('matter:left'))] }, awaits: null });

/** What was typed in answer is no answer, but the wish to leave it. */
export const leaves = (text: string | undefined): boolean => text !== undefined && LEAVES.test(fold(text));
