/** A file or picture that no other talk has a use for: nothing of it is kept, and whoever sent it is told so. Meets last. */
import { z } from 'zod';
import type { Talk } from '../core/talk.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';

const Args = z.object({ caption: z.boolean() });

export const file: Talk<z.infer<typeof Args>> = {
  id: 'file',
  args: Args,
  meet: ({ event, session }) =>
    event.kind === 'sent' && event.chat.addressed && (event.album === undefined || event.album !== session.album)
      ? { caption: event.caption !== undefined }
      : null,
  answer: ({ caption }) => ({
    reply: { text: [line(say('common:fileUnused')), ...(caption ? [line(say('common:fileCaption'))] : [])] },
  }),
};
