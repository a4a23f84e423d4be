/** What ails a person: only beside one, since how many there are may be told. */
import { allOf } from '../all-of.ts';
import type { Looked } from './text.ts';

const AILS =
  /(?<![a-z])(?:hiv\s*(?:\/\s*aids)?\s*(?:duong tinh|\(?\s*\+\s*\)?)|duong tinh (?:voi )?hiv|(?:bi )?nhiem (?:hiv(?:\s*\/\s*aids)?|h)(?![a-z])|co h(?![a-z])|(?:bi |mac |benh )*(?:aids|viem gan [abc]|lao phoi|tam than|tram cam|dong kinh|ung thu|giang mai)(?![a-z])|roi loan tam than|dieu tri (?:arv|hiv)(?![a-z]))/g;

/** @param persons places of names and numbers that point to a person */
export const healthIn = ({ plain }: Looked, persons: readonly { start: number; end: number }[]) =>
  allOf(AILS, plain)
    .map(({ index, 0: it }) => ({ kind: 'health' as const, start: index, end: index + it.length }))
    .filter(({ start, end }) => persons.some((p) => start - p.end < 90 && p.start - end < 90));
