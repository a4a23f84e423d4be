/** A file sent while a form is open: it goes with the report, or its sender hears why not. */
import type { Here, Turn } from '../../core/talk.ts';
import type { Draughted, FileRef } from '../../core/types.ts';
import { attachmentOf, attachmentValue } from '../../report/attachment.ts';
import { fileField, type Input } from '../../report/runner.ts';
import type { Draft, FormDefinition } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';
import type { ReportArgs } from './asks.ts';
import { card } from './cards.ts';
import { spokenFile } from './words.ts';

export function met(file: FileRef, draft: Draft, form: FormDefinition): ReportArgs {
  if (!fileField(form)) return { do: 'file', refused: 'off' };
  if (!file.kept) return { do: 'file', refused: file.refused ?? 'gone' };
  const value = attachmentValue(file.kept);
  return { do: 'input', draft: draft.id, step: null, input: { kind: 'attach', value } };
}

export function refusedFile(
  refused: Extract<ReportArgs, { do: 'file' }>['refused'],
  now: { draft: Draft; form: FormDefinition } | null,
  here: Here,
): Turn {
  const { files } = now?.form ?? {};
  const kinds = files?.kinds.map((kind) => kind.toUpperCase()).join(', ') ?? '';
  const why = line(say(`report:file.${refused}`, { kinds, most: files?.most ?? 0 }));
  const again = now ? card(now.draft, now.form, here) : { text: [] };
  return { reply: { ...again, text: [why, ...again.text] } };
}

/** At a step nothing else shows that the file was taken. */
export function withFile(given: Input, { kind, draft }: { kind: string; draft: Draft }, reply: Draughted): Draughted {
  const file = given.kind === 'attach' && kind === 'asked' ? attachmentOf(given.value) : null;
  if (!file || !Object.values(draft.values).includes(attachmentValue(file))) return reply;
  return { ...reply, text: [line(say('report:file.kept', { file: spokenFile(file) })), ...reply.text] };
}
