/** Where a matter stands, what may happen to it next, and by whom: one table for each kind. */
import type { Matter, MatterKind, MatterState, NewMatter, Register, Step, StepKind, Urgency } from './types.ts';

/** Who may take a step: the unit that raised the matter, those who look after it, or the bot. */
export type Side = 'sender' | 'desk' | 'bot';
interface Move {
  by: Side;
  to: MatterState;
}
type Moves = Partial<Record<StepKind, Move>>;

const sender = (to: MatterState): Move => ({ by: 'sender', to });
const desk = (to: MatterState): Move => ({ by: 'desk', to });

const MOVES: Record<MatterKind, Partial<Record<MatterState, Moves>>> = {
  obstacle: {
    open: { answered: desk('answered'), closed: sender('closed'), withdrawn: sender('withdrawn') },
    answered: { answered: desk('answered'), closed: sender('closed'), reopened: sender('open') },
    closed: { reopened: sender('open') },
  },
  commendation: {
    open: { listed: desk('listed'), declined: desk('declined'), withdrawn: sender('withdrawn') },
    listed: { proposed: desk('proposed'), declined: desk('declined'), withdrawn: sender('withdrawn') },
    proposed: { awarded: desk('awarded'), declined: desk('declined') },
    declined: { listed: desk('listed') },
  },
  model: {
    open: { approved: desk('approved'), returned: desk('returned'), withdrawn: sender('withdrawn') },
    returned: { reworded: sender('open'), withdrawn: sender('withdrawn') },
  },
  urgent: {
    open: {
      acknowledged: desk('acknowledged'),
      directed: desk('acknowledged'),
      added: sender('open'),
      graded: sender('open'),
      // A false alarm.
      withdrawn: sender('withdrawn'),
      escalated: { by: 'bot', to: 'open' },
    },
    acknowledged: {
      directed: desk('acknowledged'),
      added: sender('acknowledged'),
      graded: sender('acknowledged'),
      withdrawn: sender('withdrawn'),
      closed: desk('closed'),
    },
    closed: { added: sender('acknowledged') },
  },
};

export const firstState = (): MatterState => 'open';

/** What a step leads to; null where it cannot be taken. */
export const moveOf = (kind: MatterKind, state: MatterState, step: StepKind): Move | null =>
  MOVES[kind][state]?.[step] ?? null;

/** The side that takes a step, in whatever state; null for a step that this kind of matter does not know. */
export const sideOf = (kind: MatterKind, step: StepKind): Side | null =>
  Object.values(MOVES[kind]).flatMap((moves) => moves[step]?.by ?? [])[0] ?? null;

/** The state that the steps have led to; a step that could not be taken counts for nothing. */
export const stateOf = ({ kind, steps }: Pick<Matter, 'kind' | 'steps'>): MatterState =>
  steps.reduce((state, step) => moveOf(kind, state, step.kind)?.to ?? state, firstState());

/** Grows with each step: what was seen at another revision is not acted on. */
export const revisionOf = ({ steps }: Pick<Matter, 'steps'>): number => steps.length;

export const lastStep = ({ steps }: Pick<Matter, 'steps'>, ...kinds: StepKind[]): Step | undefined =>
  steps.findLast(({ kind }) => kinds.includes(kind));

/** All that was said in answer, oldest first: the last word alone may only add to the first. */
export const answersTo = ({ steps }: Pick<Matter, 'steps'>): { at: number; text: string }[] =>
  steps.flatMap(({ kind, at, text }) => (kind === 'answered' && text ? [{ at, text }] : []));

/** The words that hold now: a returned model may have been worded anew. */
export const wordsOf = (matter: Matter): string => lastStep(matter, 'reworded')?.text ?? matter.text;

export const URGENCIES = ['hoaToc', 'thuongKhan', 'khan'] as const satisfies Urgency[];

/** The degree in force: the sender may have set another one since. */
export function urgencyOf(matter: Matter): Urgency | null {
  const graded = lastStep(matter, 'graded')?.text;
  return URGENCIES.find((one) => one === graded) ?? matter.urgency;
}

const PREFIX: Record<MatterKind, string> = { obstacle: 'VM', commendation: 'KT', model: 'MH', urgent: 'DX' };
const WIDTH = 5;

export const numberOf = (kind: MatterKind, year: number, n: number): string =>
  `${PREFIX[kind]}-${year}-${String(n).padStart(WIDTH, '0')}`;

/** Kind, year and running number of `VM-2026-00017`. */
export function partsOf(number: string): { kind: MatterKind; year: number; n: number } | null {
  const [, prefix, year, n] = /^([A-Z]{2})-(\d{4})-(\d{5,})$/.exec(number) ?? [];
  const kind = (Object.keys(PREFIX) as MatterKind[]).find((k) => PREFIX[k] === prefix);
  return kind && year && n ? { kind, year: Number(year), n: Number(n) } : null;
}

/** The number that the next matter of a kind gets in a year. */
export function nextNumber({ matters }: Register, kind: MatterKind, year: number): string {
  const taken = matters.flatMap(({ number }) => {
    const parts = partsOf(number);
    return parts?.kind === kind && parts.year === year ? [parts.n] : [];
  });
  return numberOf(kind, year, Math.max(0, ...taken) + 1);
}

/** Numbers in a message, however they are typed: `VM-2026-00003`, `vm 3`, `VM3`; those of the year where none is said. */
export function numbersIn(text: string, year: number): string[] {
  const found = text
    .normalize('NFC')
    .matchAll(/(?<![\p{L}\p{N}])(vm|kt|mh|[dđ]x)[\s-]*(?:(20\d\d)\s*[-/]\s*)?0*(\d{1,6})(?![\p{L}\p{N}])/giu);
  const kinds = Object.fromEntries(Object.entries(PREFIX).map(([kind, prefix]) => [prefix, kind as MatterKind]));
  return [
    ...new Set(
      [...found].map(([, prefix, of, n]) =>
        numberOf(kinds[prefix!.toUpperCase().replace('Đ', 'D')]!, of ? Number(of) : year, Number(n)),
      ),
    ),
  ];
}

/** Matters of one kind, in the order in which they were raised. */
export const ofKind = ({ matters }: Register, kind: MatterKind): Matter[] => matters.filter((m) => m.kind === kind);

/** The same matter sent twice: the same words of the same unit, while the first one is not settled. */
export const twinOf = (register: Register, fresh: Pick<NewMatter, 'kind' | 'unit' | 'text'>): Matter | undefined =>
  ofKind(register, fresh.kind).findLast(
    (matter) =>
      matter.unit === fresh.unit &&
      matter.text === fresh.text &&
      !['closed', 'withdrawn', 'declined'].includes(stateOf(matter)),
  );
