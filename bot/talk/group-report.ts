/** A report told in a group: it is taken in private only, and whoever sent it hears that nothing was recorded. */
import { z } from 'zod';
import type { Talk } from '../core/talk.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';
import { plans, saysNothing, tellsFigures } from './report/hearing.ts';
import { quickForm, type ReportNeeds } from './report.ts';

const Args = z.record(z.string(), z.never());

export function createGroupReport({ forms }: ReportNeeds): Talk<z.infer<typeof Args>> {
  const form = quickForm(forms);
  return {
    id: 'group-report',
    where: 'group',
    args: Args,
    hear(heard, { world }) {
      const told = [tellsFigures, saysNothing, plans].some((is) => is(heard, form, world.today));
      return told || heard.reading.intent === 'start_report' ? {} : null;
    },
    answer: () => ({ reply: { text: [line(say('report:inGroup'))] } }),
  };
}
