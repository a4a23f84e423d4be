/** Names of the documents. Pure. */
import type { Day } from '../plan/types.ts';
import type { Period } from './types.ts';

/** `tong-hop-2026-06-08-2026-06-14.xlsx`; the same letters on every system. */
export const totalsFile = ({ from, to }: Period, format: 'xlsx' | 'csv'): string => `tong-hop-${from}-${to}.${format}`;

/** `bao-cao-6-thang-du-thao-2026-06-16.docx` */
export const officialFile = (report: string, today: Day): string => `bao-cao-${report}-du-thao-${today}.docx`;
