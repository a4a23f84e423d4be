/** Makes documents of what the store holds: an official report, a workbook, a table. Their libraries are loaded at the first. */
import type { MadePaper } from '../channels/channel.ts';
import type { Paper } from '../core/types.ts';
import type { DeskRules } from '../desk/types.ts';
import { csvOf } from '../export/csv.ts';
import { officialDocx } from '../export/official.ts';
import { workbookOf } from '../export/workbook.ts';
import { withExtensions } from '../plan/extended.ts';
import type { PlanIndex } from '../plan/types.ts';
import { exportRecord } from '../store/export-record.ts';
import type { Store } from '../store/port.ts';
import { officialReport } from '../totals/official/compose.ts';
import { overview } from '../totals/overview.ts';
import { sheetsOf, tableOf } from '../totals/sheets.ts';
import type { Figure, OfficialLayout } from '../totals/types.ts';
import { invitationSheet } from './invitation-sheet.ts';

export interface PapersNeeds {
  store: Pick<Store, 'reports' | 'extensions' | 'register' | 'record'>;
  plans: PlanIndex;
  figures: readonly Figure[];
  layouts: readonly OfficialLayout[];
  rules: DeskRules;
  rehearsal: boolean;
  /** Addresses that open a channel with an invitation in it. */
  inviteLinks(code: string): string[];
  /** The bytes of a file that came with a report. */
  attachment?(hash: string): Promise<Buffer | null>;
}

export interface Papers {
  /** Null when there is no such report any more. Whoever asks has checked the rights. */
  make(paper: Paper): Promise<MadePaper | null>;
}

const MEDIA_TYPES: Record<Paper['format'], string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

export function createPapers({
  store,
  figures,
  layouts,
  rules,
  rehearsal,
  inviteLinks,
  ...needs
}: PapersNeeds): Papers {
  async function bytesOf({ of: wanted, format, at }: Paper): Promise<Buffer | null> {
    if (wanted.kind === 'record') return recordFile();
    if (wanted.kind === 'invitations') {
      const sheet = invitationSheet({ ...wanted, plans: needs.plans, links: inviteLinks });
      return format === 'csv' ? csvOf(sheet) : workbookOf([sheet]);
    }
    if (wanted.kind === 'attachment') return (await needs.attachment?.(wanted.hash)) ?? null;
    const [reports, extensions, register] = await Promise.all([store.reports(), store.extensions(), store.register()]);
    const plans = withExtensions(needs.plans, extensions);
    if (wanted.kind === 'official') {
      const layout = layouts.find(({ id }) => id === wanted.report);
      return layout
        ? officialDocx(officialReport({ layout, plans, figures, reports, register, rules, at, rehearsal }))
        : null;
    }
    const of = overview({ plans, figures, reports, scope: wanted.scope, period: wanted.period, at });
    const sheet = { of, plans, reports, register, rehearsal };
    return format === 'csv' ? csvOf(tableOf(sheet)) : workbookOf(sheetsOf(sheet));
  }

  /** Without personal data: a chat is no place for it. */
  async function recordFile(): Promise<Buffer> {
    const lines: string[] = [];
    for await (const line of exportRecord(store, false)) lines.push(line);
    return Buffer.from(lines.join(''), 'utf8');
  }

  return {
    async make(paper) {
      const bytes = await bytesOf(paper);
      return bytes && { name: paper.name, mediaType: MEDIA_TYPES[paper.format], bytes };
    },
  };
}
