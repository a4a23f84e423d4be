/** `npm run eval -- reports FILE.jsonl`: what would be stored of each report, what was read from it, and how right that is. */
import { stopped } from '../core/guard.ts';
import type { Event } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import type { FormDefinition, Value, Values } from '../report/types.ts';
import { understand } from '../report/understand.ts';

/** One line of a report set; without `fields` nothing is measured. */
export interface ReportLine {
  id: string;
  sent_on: string;
  text: string;
  style?: string;
  split?: string;
  fields?: Record<string, Value | null>;
  also_ok?: Record<string, (Value | null)[]>;
  pii_spans?: string[];
  expected?: 'accept' | 'mask_or_refuse';
}

/** One line of what `eval` writes: fields not said are absent. */
export interface ReportRead {
  id: string;
  fields: Values;
  refused: boolean;
  masked: string;
}

/** The report is read from what may be stored of it, never from what was stopped. */
export function readReport(line: ReportLine, form: FormDefinition): ReportRead {
  const found = stopped(said(line));
  const masked = found?.text ?? line.text;
  return { id: line.id, fields: understand(masked, form, line.sent_on).values, refused: found !== null, masked };
}

const said = ({ id, text }: ReportLine): Event => ({
  ...{ id, at: 0, from: 'web:eval', kind: 'said', text },
  chat: { address: 'web:eval', kind: 'private', addressed: true },
});

export interface ReportScore {
  line: ReportLine;
  hits: number;
  wrong: number;
  missed: number;
  why: string[];
  spans: number;
  kept: string[];
}

export function scoreReport(line: ReportLine, read: ReportRead): ReportScore {
  const score: ReportScore = { line, hits: 0, wrong: 0, missed: 0, why: [], spans: 0, kept: [] };
  for (const [field, right] of Object.entries(line.fields ?? {})) {
    const got = read.fields[field] ?? null;
    if (accepted(got, right, line.also_ok?.[field] ?? [])) {
      if (got !== null) score.hits += 1;
      continue;
    }
    if (got !== null) score.wrong += 1;
    if (right !== null) score.missed += 1;
    score.why.push(`${field} ${right} ≠ ${got}`);
  }
  const stored = ` ${fold(read.masked)} `;
  score.spans = line.pii_spans?.length ?? 0;
  score.kept = (line.pii_spans ?? []).filter((span) => stored.includes(` ${fold(span)} `));
  return score;
}

const accepted = (got: Value | null, right: Value | null, others: (Value | null)[]): boolean =>
  [right, ...others].some((value) =>
    typeof value === 'string' && got !== null ? fold(String(got)) === fold(value) : got === value,
  );

/** Reads every line; the summary says how right that was, with what went wrong but for lines held back. */
export function evalReports(lines: readonly string[], form: FormDefinition): { out: string[]; summary: string } {
  const set = lines.filter((l) => l.trim() !== '').map((l) => JSON.parse(l) as ReportLine);
  const reads = set.map((line) => readReport(line, form));
  const scores = set.map((line, i) => scoreReport(line, reads[i]!));
  return { out: reads.map((read) => JSON.stringify(read)), summary: summary(scores, reads) };
}

function summary(scores: readonly ReportScore[], reads: readonly ReportRead[]): string {
  const sum = (of: (s: ReportScore) => number) => scores.reduce((n, s) => n + of(s), 0);
  const [hits, wrong, missed] = [sum((s) => s.hits), sum((s) => s.wrong), sum((s) => s.missed)];
  const spans = sum((s) => s.spans);
  const clean = scores.filter((s) => s.line.expected === 'accept').length;
  const alarms = scores.filter((s, i) => s.line.expected === 'accept' && reads[i]!.refused).length;
  const lines = [
    `fields: F1 ${((2 * hits) / Math.max(1, 2 * hits + wrong + missed)).toFixed(4)} (${hits} right, ${wrong} wrong, ${missed} missed)`,
    `whole reports right: ${share(scores.filter((s) => s.why.length === 0).length, scores.length)}`,
    `spans stopped: ${share(spans - sum((s) => s.kept.length), spans)}`,
    `false alarms: ${share(alarms, clean)}`,
    ...scores.flatMap((s, i) => (s.line.split === 'held' ? [] : faults(s, reads[i]!))),
  ];
  return `${lines.join('\n')}\n`;
}

const share = (part: number, whole: number) => `${part}/${whole} = ${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

function faults(score: ReportScore, read: ReportRead): string[] {
  const alarm = score.line.expected === 'accept' && read.refused ? [`stopped in vain: ${read.masked}`] : [];
  const all = [...score.why, ...score.kept.map((span) => `kept: ${span}`), ...alarm];
  return all.length > 0 ? [`  ${score.line.id} ${score.line.text}\n      ${all.join('; ')}`] : [];
}
