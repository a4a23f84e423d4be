/** Plays one transcript on one stage and tells every place where the bot spoke otherwise. */
import { instantOf } from '../../bot/language/calendar.ts';
import type { SubmittedReport } from '../../bot/report/types.ts';
import type { Shown, Stage } from './stage.ts';
import { type Line, matches, type Transcript } from './transcript.ts';
import { testPlans } from './world.ts';

export interface Played {
  /** What was said at each `bot:` line. */
  spoken: Shown[];
  /** Written and said, for each line that differs. */
  differences: { written: string[]; said: string[] }[];
}

export async function playTranscript({ lines, cast }: Transcript, stage: Stage): Promise<Played> {
  const played: Played = { spoken: [], differences: [] };
  let lastPlace = '';
  /** What a reply is about, for channels without replies: the number that a place was told last. */
  const numbers = new Map<string, string>();
  for (const line of lines) {
    switch (line.kind) {
      case 'says':
      case 'presses':
      case 'replies':
        await unexpected(lastPlace, stage, played);
        lastPlace = line.place ?? line.who;
        if (line.kind !== 'replies') await stage[line.kind](line.who, line.place, line.text);
        else if (stage.replies) await stage.replies(line.who, line.place, line.text);
        else await stage.says(line.who, line.place, `${numbers.get(lastPlace)}: ${line.text}`);
        break;
      case 'bot':
        await compareSaid(line, line.place ?? lastPlace, stage, played);
        noteNumber(line.place ?? lastPlace, played, numbers);
        break;
      case 'clock': {
        const [day, hour] = line.at.split(' ');
        await stage.clockTo(instantOf(day!, hour!));
        break;
      }
      case 'restart':
        await stage.restart();
        break;
      case 'stored': {
        const said = (await stage.reports()).map(reportLine);
        if (!matches(line.lines, said)) played.differences.push({ written: line.lines, said });
        break;
      }
    }
  }
  for (const place of cast.keys()) await unexpected(place, stage, played);
  return played;
}

function noteNumber(place: string, { spoken }: Played, numbers: Map<string, string>): void {
  const number = /\b[A-Z]{2}-20\d\d-\d{5}\b/.exec(spoken.at(-1)!.text.join('\n'))?.[0];
  if (number) numbers.set(place, number);
}

async function compareSaid(
  line: Extract<Line, { kind: 'bot' }>,
  place: string,
  stage: Stage,
  played: Played,
): Promise<void> {
  const shown = await stage.arrived(place);
  const text = shown.flatMap((s) => s.text.map((t) => t.trim()));
  const choices = shown.at(-1)?.choices ?? [];
  played.spoken.push({ text, choices });
  const said = [...text, ...labels(choices)];
  const written = [...line.text, ...labels(line.choices)];
  if (!matches(written, said)) played.differences.push({ written, said });
}

const labels = (choices: string[]) => choices.map((c) => `[${c}]`);

/** What the bot said where the transcript has it silent. */
async function unexpected(place: string, stage: Stage, played: Played): Promise<void> {
  if (!place) return;
  for (const shown of await stage.arrived(place))
    played.differences.push({ written: [`(im lặng: ${place})`], said: shown.text });
}

/** `BC-2026-00001 · Sở Y tế · onTime · buoi_tuyen_truyen=8` */
const reportLine = (report: SubmittedReport): string =>
  [
    report.receipt,
    testPlans.name(report.unit),
    report.timeliness,
    ...(report.nothing ? ['không phát sinh'] : []),
    ...Object.entries(report.values)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([field, value]) => `${field}=${value}`),
  ].join(' · ');
