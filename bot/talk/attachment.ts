/** The file that came with a report, for the standing agency and the report's own unit. `/tep BC-2026-00001` */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Offer } from '../core/types.ts';
import { attachmentOf } from '../report/attachment.ts';
import type { SubmittedReport } from '../report/types.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';
import { receiptIn } from './report/receipt.ts';

const Args = z.object({ receipt: z.string() });
const ATTACHMENT = 'attachment';

const fileOf = ({ values }: SubmittedReport) =>
  Object.values(values)
    .map(attachmentOf)
    .find((file) => file !== null) ?? null;

/** The choice that fetches a report's file, where it has one. */
export const fileOffer = (report: SubmittedReport): Offer[] =>
  fileOf(report)
    ? [{ label: say('report:file.get'), ask: { talk: ATTACHMENT, args: { receipt: report.receipt } } }]
    : [];

export const attachment: Talk<z.infer<typeof Args>> = {
  id: ATTACHMENT,
  commands: ['tep'],
  where: 'private',
  args: Args,
  command: (rest, { world }) => ({ receipt: receiptIn(rest, world.today) ?? rest.trim() }),
  answer({ receipt }, here): Turn {
    const report = readable(here).find((one) => one.receipt === receipt);
    const file = report && fileOf(report);
    if (!file) return { reply: { text: [line(say('report:file.none', { receipt }))] } };
    const { hash, kind } = file;
    return {
      reply: {
        text: [line(say('report:file.here', { receipt }))],
        paper: {
          name: `${receipt}.${kind}`,
          format: kind,
          at: here.world.now,
          of: { kind: 'attachment', hash, unit: report.unit },
        },
      },
    };
  },
};

const readable = ({ world }: Here): readonly SubmittedReport[] =>
  (isCoordinator(world.person) ? world.allReports : null) ?? (world.person ? world.ownReports : []);
