/** The digest and the progress on demand: `/bantin`, `/tiendo`. In groups counts only; in private each sees what is theirs. */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk } from '../core/talk.ts';
import type { Draughted, Offer, Picture, Scope } from '../core/types.ts';
import { emptyRegister, sharedModels } from '../desk/standing.ts';
import { composeDaily, deadlineLine, scopeName, stateLines, worthCounting } from '../digest/daily.ts';
import { drawDigest } from '../digest/picture.ts';
import { standing } from '../digest/standing.ts';
import type { Standing } from '../digest/types.ts';
import { speakInstant } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { asPicture } from './picture.ts';
import { nudgeOffers } from './reminding.ts';
import { reportAsk } from './report/asks.ts';

const Args = z.object({});
type Args = z.infer<typeof Args>;

const BULLETIN = /^(?:cho )?(?:toi )?(?:xem )?ban tin(?: hom nay)?$/;
const PROGRESS = /^(?:cho )?(?:toi )?(?:xem )?tien do(?: bao cao| chung)?$/;

export const bulletin: Talk<Args> = {
  id: 'bulletin',
  commands: ['bantin'],
  args: Args,
  command: () => ({}),
  hear: ({ text }) => (BULLETIN.test(fold(text)) ? {} : null),
  answer(_args, here) {
    const where = whereOf(here);
    if (typeof where === 'string') return { reply: { text: [line(where)] } };
    const { plans, rehearsal, now, register = emptyRegister() } = here.world;
    const models = sharedModels(register, now, where.span);
    const digest = composeDaily({ standing: where, plans, models, late: false, rehearsal });
    const picture = pictured(where, here);
    return {
      reply: {
        text: [...digest.text, note(say('bulletin:asOf', { when: speakInstant(now) }))],
        source: digest.source,
        ...(picture && { picture }),
      },
    };
  },
};

export const progress: Talk<Args> = {
  id: 'progress',
  commands: ['tiendo'],
  args: Args,
  command: () => ({}),
  hear: ({ text }) => (PROGRESS.test(fold(text)) ? {} : null),
  answer(_args, here) {
    const where = whereOf(here);
    if (typeof where === 'string') return { reply: { text: [line(where)] } };
    return { reply: progressOf(where, here) };
  },
};

function progressOf(where: Standing, here: Here): Draughted {
  const { plans, now, desk } = here.world;
  const own = where.scope.kind === 'unit';
  const duties = where.duties.map((duty) =>
    line([deadlineLine(duty), ...(own || worthCounting(duty) ? stateLines(duty, own) : [])].join('\n')),
  );
  const received = new Set(desk?.acknowledged.map(({ person }) => person)).size;
  return {
    text: [
      title(say('bulletin:progress', { scope: scopeName(plans, where) })),
      ...(duties.length > 0 ? duties : [line(say('bulletin:none'))]),
      ...(received > 0 ? [line(say('bulletin:acknowledged', { n: received }))] : []),
      note(say('bulletin:asOf', { when: speakInstant(now) })),
    ],
    source: where.duties.map(({ duty }) => duty.source),
    offers: here.event.chat.kind === 'group' ? [] : offersOf(where, here),
  };
}

const toBulletin = (): Offer => ({ label: say('bulletin:bulletin'), ask: { talk: 'bulletin', args: {} } });

function offersOf(where: Standing, here: Here): Offer[] {
  if (here.world.desk) return [...nudgeOffers().map(({ label, ask }) => ({ label, ask })), toBulletin()];
  const owes = where.duties.some(({ counts }) => counts.notDue + counts.overdue > 0);
  return [...(owes ? [{ label: say('bulletin:report'), ask: reportAsk({ do: 'open' }) }] : []), toBulletin()];
}

/** Where the scope of this place stands; words instead where there is none. */
function whereOf({ event, world }: Here): Standing | string {
  const { person, group, plans, now, allReports, ownReports } = world;
  if (event.chat.kind === 'group')
    return group ? standing(plans, group.scope, allReports ?? [], now) : say('bulletin:notLinked');
  if (!person) return say('common:registerFirst');
  const unit = person.memberships[0]?.unit;
  const scope: Scope = isCoordinator(person) || unit === undefined ? { kind: 'city' } : { kind: 'unit', unit };
  return standing(plans, scope, allReports ?? ownReports, now);
}

function pictured(where: Standing, { world }: Here): Picture | null {
  const drawing = drawDigest({ standing: where, plans: world.plans, rehearsal: world.rehearsal });
  return drawing && asPicture(drawing);
}
