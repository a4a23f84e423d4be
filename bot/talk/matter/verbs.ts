/** The verb beside the number of a matter, before it or after it: "đóng VM-1", "DX-4 hủy, báo nhầm". */
import { sideOf } from '../../desk/states.ts';
import type { MatterKind, StepKind, Urgency } from '../../desk/types.ts';
import { fold } from '../../language/fold.ts';
import { stepName } from './card.ts';

/** Words only, without marks. */
export const plainOf = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const VERBS: Partial<Record<StepKind, RegExp>> = {
  closed:
    /^(?:da |xin )?(?:dong|khep|ket thuc|cham dut|xong|hoan thanh|giai quyet xong)(?: lai| xong| roi| theo doi)?$/,
  reopened: /^(?:xin )?(?:mo lai|hoi lai|hoi them|chua ro)$/,
  withdrawn:
    /^(?:da |xin )?(?:rut|huy|thu hoi|(?:bao |gui )?nham)(?: lai| bo| ve| roi)?(?: (?:do|vi) (?:bao|gui) nham)?$/,
  graded: /^(?:xin )?(?:ha|giam|nang|tang|doi|chuyen|dieu chinh)(?: do| muc| muc do)?(?: khan)?$/,
  acknowledged: /^(?:da |xin )?(?:nhan|tiep nhan|nhan duoc)(?: roi)?$/,
  listed: /^(?:da )?dua vao danh sach$/,
  proposed: /^(?:da )?trinh$/,
  awarded: /^da (?:duoc )?khen(?: thuong)?$/,
  declined: /^khong (?:dua vao|de nghi)(?: danh sach)?$/,
  approved: /^(?:da |dong y )?(?:duyet|phe duyet)$/,
  returned: /^(?:da )?tra lai$/,
  reworded: /^viet lai$/,
};
/** Courtesy, and what the number is a number of. */
const ASIDE =
  /^(?:cho |toi |xin |de nghi |nho |vui long |hay )+|(?: (?:vuong mac|bao cao(?: dot xuat)?|dot xuat|de cu|mo hinh|tin|so))+$/g;
const PARTICLES = /(?:^|\s)(?:nhé|nhe|ạ|giúp|giup|với|giùm|đi|rồi|roi)\s*[.!]*$/iu;

export function verbIn(words: string, kind: MatterKind): StepKind | null {
  const said = plainOf(words).replace(ASIDE, '');
  const steps = (Object.keys(VERBS) as StepKind[]).filter((step) => sideOf(kind, step) !== null);
  return (
    steps.find((step) => VERBS[step]!.test(said)) ??
    steps.find((step) => plainOf(stepName(kind, step)) === said) ??
    null
  );
}

const DEGREE = /(?:^| )(hoa toc|thuong khan|khan(?: cap)?)$/;
const LOWERS =
  /^(?:(?:ha|giam|nang|tang|doi|chuyen|dieu chinh) )?(?:do |muc )*(?:khan )?(?:xuong|len|sang|thanh|ve|con|la)?(?: con)?(?: ?muc(?: do)?)?(?: (?:la|con))?$/;

/** "xuống mức khẩn" → khan. */
export function degreeIn(words: string): Urgency | null {
  const said = plainOf(words);
  const found = DEGREE.exec(said);
  if (!found || !LOWERS.test(said.slice(0, found.index).trim())) return null;
  return found[1] === 'hoa toc' ? 'hoaToc' : found[1] === 'thuong khan' ? 'thuongKhan' : 'khan';
}

/** What follows a verb, without courtesy. */
export function restOf(words: string): string {
  const rest = words.trim().replace(/^[:,.;–-]+\s*/u, '');
  const bare = rest.replace(PARTICLES, '').trim();
  return bare === rest ? rest : restOf(bare);
}

export interface Verb {
  step: StepKind;
  text: string;
}

/** The verb that follows a number, with a mark between it and what else is said: "hủy, báo nhầm". */
export function verbAfter(words: string, kind: MatterKind): Verb | null {
  const degree = kind === 'urgent' ? degreeIn(restOf(words)) : null;
  if (degree) return { step: 'graded', text: degree };
  const [head = ''] = /^[^:,.;–\n]+/u.exec(words) ?? [];
  const step = verbIn(restOf(head), kind);
  return step && { step, text: restOf(words.slice(head.length)) };
}

/** The verb before a number, with what follows it. */
export function verbBefore(before: string, rest: string, kind: MatterKind): Verb | null {
  const step = verbIn(before, kind);
  if (!step) return null;
  const text = restOf(rest);
  return { step, text: step === 'graded' ? (degreeIn(text) ?? '') : text };
}
