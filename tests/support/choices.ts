/** The choices of a message without buttons, as a person finds them in its text. */
import { say } from '../../bot/text/say.ts';
import type { Shown } from './stage.ts';

export interface Found extends Shown {
  /** They are numbered, and the number may be typed. */
  numbered: boolean;
}

const NUMBERED = say('channels:typeNumber');
const ONE_OF = say('channels:typeOneOf');
const [LABELS] = say('channels:typeLabel', { labels: '\n' }).split('\n') as [string];

export function choicesIn(message: string): Found {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1) ?? '';
  if (last === NUMBERED) {
    const first = lines.findLastIndex((line) => line.startsWith('1. '));
    const choices = lines.slice(first, -1).map((line) => line.replace(/^\d+\. /, ''));
    return { text: lines.slice(0, first), choices, numbered: true };
  }
  if (last.startsWith(LABELS))
    return { text: lines.slice(0, -1), choices: last.slice(LABELS.length).split(' · '), numbered: false };
  const list = lines.lastIndexOf(ONE_OF);
  if (list < 0) return { text: lines, choices: [], numbered: false };
  const choices = lines.slice(list + 1).map((line) => line.replace(/^- /, ''));
  return { text: lines.slice(0, list), choices, numbered: false };
}
