/** What can be asked of the report talk, and the words of control in an open form. */
import { z } from 'zod';
import type { Ask } from '../../core/types.ts';
import { fold } from '../../language/fold.ts';
import type { Input } from '../../report/runner.ts';
import type { Draft } from '../../report/types.ts';

const Input_: z.ZodType<Input> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), text: z.string() }),
  z.object({ kind: z.literal('edit'), step: z.number().int() }),
  z.object({ kind: z.literal('explain'), reason: z.string() }),
  z.object({ kind: z.literal('attach'), value: z.string().nullable() }),
  z.object({ kind: z.enum(['add', 'restore']), was: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ...(['none', 'skip', 'clear', 'back', 'cancel', 'keep', 'resume', 'review', 'confirm', 'nothing'] as const).map(
    (kind) => z.object({ kind: z.literal(kind) }),
  ),
]) as z.ZodType<Input>;

export const ReportArgs = z.discriminatedUnion('do', [
  /** Opens the form; `text` is a free sentence that fills it, `duty` what it is to be handed in for. */
  z.object({
    do: z.literal('open'),
    unit: z.string().optional(),
    duty: z.string().optional(),
    text: z.string().optional(),
    fresh: z.boolean().optional(),
    /** The quick report, even where the report of a duty is due. */
    quick: z.boolean().optional(),
    /** The returned report that `text` mends. */
    amends: z.string().optional(),
  }),
  /** Something for the open form. `draft` and `step` name the place it belongs to, so that an old choice is recognised. */
  z.object({ do: z.literal('input'), draft: z.string(), step: z.number().int().nullable(), input: Input_ }),
  z.object({ do: z.literal('duties'), draft: z.string() }),
  /** A yes or a thank-you where "gửi" is waited for. */
  z.object({ do: z.literal('agreed'), draft: z.string() }),
  /** Which part is to be mended. */
  z.object({ do: z.literal('parts'), draft: z.string() }),
  z.object({ do: z.literal('duty'), draft: z.string(), duty: z.string().nullable() }),
  /** The figures are added to a report of the same days, or stand in their place there: it is corrected. */
  z.object({ do: z.literal('join'), draft: z.string(), report: z.string(), how: z.enum(['add', 'replace']) }),
  /** Opens a returned report at the part at fault; `text` answers it. */
  z.object({ do: z.literal('mend'), report: z.string(), text: z.string().nullable() }),
  /** A file was sent while a form is open. */
  z.object({ do: z.literal('file'), refused: z.enum(['big', 'kind', 'gone', 'off']) }),
  /** What is still to be done is no figure of a report. */
  z.object({ do: z.literal('planned') }),
  /** A word for an open form where none is open. */
  z.object({ do: z.literal('noneOpen') }),
  /** The message may be a question: which of both is asked back. */
  z.object({ do: z.literal('unsure'), draft: z.string(), text: z.string() }),
]);
export type ReportArgs = z.infer<typeof ReportArgs>;

export const REPORT = 'report';
export const reportAsk = (args: ReportArgs): Ask => ({ talk: REPORT, args: args as Ask['args'] });

/** An input as a choice of the draft that is on view; `step` null where the place does not matter. */
export const inputAsk = (draft: Draft, input: Input, anywhere = false): Ask =>
  reportAsk({ do: 'input', draft: draft.id, step: anywhere ? null : draft.step, input });

const CONTROLS: [RegExp, Input][] = [
  [/^(quay lai|lui lai|tro lai|truoc|phan truoc|back|ql)$/, { kind: 'back' }],
  [/^(bo qua|skip|qua|tiep|di tiep|giu nguyen|tiep theo|phan sau|khong khai|chua co so lieu)$/, { kind: 'skip' }],
  [/^(xoa phan nay|xoa phan|xoa het phan nay)$/, { kind: 'clear' }],
  [/^(bo|xoa|go) (tep|file|tep kem|file kem|tep dinh kem)$/, { kind: 'attach', value: null }],
  [
    /^(huy|huy bo|huy bao cao|huy bc|xoa bao cao|thoi|bo het|xoa het|xoa toan bo|lam lai tu dau|thoi khong bao cao nua|khong bao cao nua|thoi huy)$/,
    { kind: 'cancel' },
  ],
  [/^(de sau|luu lai|luu nhap|lat nua|tam dung|dung lai|de mai|lam sau)$/, { kind: 'keep' }],
  [/^(xem lai|xem lai bao cao|cho xem lai)$/, { kind: 'review' }],
  [/^(tiep tuc|lam tiep|tiep tuc bao cao|lam tiep bao cao|tt bao cao)$/, { kind: 'resume' }],
  [
    /^(?:(?:ok|oke|okie|vang|da|u|uh|dong y|duoc|dung roi|xac nhan) )?(?:gui(?: (?:bao cao|bc))?|nop(?: bao cao nay)?|xac nhan)(?: (?:di|luon|nhe|a|em|giup))*$/,
    { kind: 'confirm' },
  ],
  [/^(khong phat sinh|ko phat sinh|k phat sinh|khong co phat sinh|xac nhan khong phat sinh)$/, { kind: 'nothing' }],
];
const EDIT = /^(?:sua|sua phan|sua muc|sua buoc|sua cau|phan|muc) (\d)$/;

/** A yes to what is on view. It never sends a report: it may be meant for anything that was said. */
export const agrees = (text: string): boolean =>
  /^(ok|oke|okie|vang|da|da vang|u|uh|um|dong y|dung roi|dung|chuan|chuan roi|chinh xac|nhat tri|duoc|duoc roi|on|co|xong|xong roi)( a| nhe| ban| em)*$/.test(
    fold(text),
  );

/** "Sửa" alone: which part is asked. */
export const asksParts = (text: string): boolean =>
  /^(sua|sua bao cao|sua lai|chinh sua|sua so lieu)$/.test(fold(text));

/** The word of control that a message is, with or without diacritics or a slash; null when it is none. */
export function controlIn(text: string): Input | null {
  const words = fold(text);
  const edit = EDIT.exec(words);
  if (edit) return { kind: 'edit', step: Number(edit[1]) - 1 };
  return CONTROLS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
