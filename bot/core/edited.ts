/**
 * An edited message takes the place of its first words. While a form or a talk waits for words, they would be taken for
 * the answer to what is asked now: so the form goes back to how it was before it heard that message, and hears it anew.
 * Only the last message can be taken back so; what is asked by an earlier one is done.
 */
import type { Event, Session } from './types.ts';

const nameOf = ({ chat, message }: Event): string => `${chat.address}/${message}`;

/** Whether typed words are taken for an answer. */
const waits = ({ draft, awaits }: Session): boolean => (draft !== undefined && !draft.paused) || awaits !== undefined;

const isLast = (event: Event, { heard }: Session): boolean => heard?.message === nameOf(event);

/** The conversation as it was before the message that was edited. */
export function goneBack(session: Session, event: Event): Session {
  if (!isEdit(event) || !waits(session) || !isLast(event, session)) return session;
  const { draft: _, heard, ...rest } = session;
  return { ...rest, ...(heard!.draft && { draft: heard!.draft }), heard: heard! };
}

/** An earlier message was edited while words are waited for. A command means the same whenever it is said. */
export const isLateEdit = (event: Event, session: Session): boolean =>
  isEdit(event) && waits(session) && !isLast(event, session) && !(event.kind === 'said' && event.text.startsWith('/'));

const isEdit = (event: Event): boolean => event.edited === true && event.chat.kind === 'private';

/** The last message that was heard, with the form as it was before; none after anything but words, or when nothing waits. */
export function heardIn(event: Event, before: Session, after: Session): Pick<Session, 'heard'> {
  if (event.kind !== 'said' || event.message === undefined || event.chat.kind !== 'private' || !waits(after)) return {};
  return { heard: { message: nameOf(event), ...(before.draft && { draft: before.draft }) } };
}
