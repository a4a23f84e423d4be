/** A nomination, a good model or the progress of a task, typed where the form asks for words: it may be either. */
import type { Offer } from '../../core/types.ts';
import { say } from '../../text/say.ts';
import { wishIn } from '../mark/wish.ts';
import { nominationIn } from '../matter/nomination.ts';
import { modelIn } from '../matter/requests.ts';

export function otherRequest(text: string): Offer | null {
  const nomination = nominationIn(text);
  if (nomination)
    return { label: say('report:other.commend'), ask: { talk: 'commend', args: { do: 'nominate', ...nomination } } };
  const wish = wishIn(text);
  if (wish) return { label: say('report:other.mark'), ask: { talk: 'mark', args: { do: 'nth', ...wish } } };
  const model = modelIn(text);
  return model
    ? { label: say('report:other.model'), ask: { talk: 'model', args: { do: 'raise', text: model } } }
    : null;
}
