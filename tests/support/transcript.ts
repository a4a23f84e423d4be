/**
 * Reads and writes the transcripts in `tests/transcripts/*.md`. A transcript is a title, a line that says when it
 * begins and who speaks, then what is said:
 *
 *   lúc: 2026-06-10 08:00 · Cán bộ: Sở Y tế · Nhóm: toàn thành phố
 *   Cán bộ: bao cao              said in private
 *   Cán bộ chọn: Bỏ qua          pressed
 *   Cán bộ trả lời: đã rõ        a reply to the bot's last message there; by its number where a channel has no replies
 *   Cán bộ trong Nhóm: /bantin   said in a group
 *   bot: …                       what comes back, further lines indented; `…` stands for anything
 *        [Bỏ qua] [Hủy]          its choices
 *   bot trong Nhóm: …            what a group gets
 *   lúc: 2026-06-11 07:30        the clock is put forward
 *   khởi động lại                the process is restarted
 *   lưu: …                       the reports in the store, one a line; `—` for none
 */
export type Line =
  | { kind: 'says' | 'presses' | 'replies'; who: string; place: string | null; text: string }
  | { kind: 'bot'; place: string | null; text: string[]; choices: string[] }
  | { kind: 'clock'; at: string }
  | { kind: 'restart' }
  | { kind: 'stored'; lines: string[] };

export interface Transcript {
  title: string;
  /** `YYYY-MM-DD HH:MM` in Asia/Ho_Chi_Minh. */
  at: string;
  /** "chế độ: thật" among the cast ends rehearsal: no choosing who to be. */
  rehearsal: boolean;
  /** Speaker or group → unit, role or scope as written. */
  cast: Map<string, string>;
  lines: Line[];
}

const INDENT = '     ';
const LIVE = 'chế độ: thật';

export function parseTranscript(source: string): Transcript {
  const rows = source.split('\n');
  const title = rows.find((r) => r.startsWith('# '))?.slice(2) ?? '';
  const head = rows.findIndex((r) => r.startsWith('lúc: '));
  if (head < 0) throw new Error(`${title}: không có dòng "lúc: …"`);
  const [at, ...rest] = rows[head]!.slice('lúc: '.length).split(' · ');
  const cast = rest.filter((c) => c !== LIVE);
  const transcript: Transcript = {
    title,
    at: at!.trim(),
    rehearsal: cast.length === rest.length,
    cast: new Map(cast.map((c) => [c.split(':')[0]!.trim(), c.split(':').slice(1).join(':').trim()])),
    lines: [],
  };
  for (const row of rows.slice(head + 1)) read(row, transcript);
  return transcript;
}

function read(row: string, { lines, cast, title }: Transcript): void {
  const last = lines.at(-1);
  if (row.trim() === '' || row.startsWith('#') || row.startsWith('>')) return;
  if (/^\s/.test(row)) {
    const text = row.trim();
    if (last?.kind === 'bot') {
      if (/^(\[[^\]]+\]\s*)+$/.test(text)) last.choices.push(...[...text.matchAll(/\[([^\]]+)\]/g)].map((m) => m[1]!));
      else {
        // A line in brackets with text after it was no line of choices.
        if (last.choices.length > 0)
          last.text.push(
            last.choices
              .splice(0)
              .map((c) => `[${c}]`)
              .join(' '),
          );
        last.text.push(text);
      }
    } else if (last?.kind === 'stored') last.lines.push(text);
    else if (last?.kind === 'says') last.text += `\n${text}`;
    return;
  }
  if (row.trim() === 'khởi động lại') return void lines.push({ kind: 'restart' });
  const match = /^([^:]+?)(?: trong ([^:]+?))?( chọn| trả lời)?: ?(.*)$/u.exec(row);
  const [, who, place, how, text] = match ?? [];
  if (who === 'lúc') lines.push({ kind: 'clock', at: text! });
  else if (who === 'lưu') lines.push({ kind: 'stored', lines: text === '—' || text === '' ? [] : [text!] });
  else if (who === 'bot') lines.push({ kind: 'bot', place: place ?? null, text: text ? [text] : [], choices: [] });
  else if (who && cast.has(who))
    lines.push({
      kind: how === ' chọn' ? 'presses' : how ? 'replies' : 'says',
      who,
      place: place ?? null,
      text: text!,
    });
  else throw new Error(`${title}: không hiểu dòng "${row}"`);
}

/** The same transcript with what the bot really said, for a person to review. */
export function writeBotLines(source: string, spoken: { text: string[]; choices: string[] }[]): string {
  const out: string[] = [];
  let inBot = false;
  let next = 0;
  for (const row of source.split('\n')) {
    if (/^bot( trong [^:]+)?:/.test(row)) {
      const said = spoken[next++] ?? { text: [], choices: [] };
      const [first = '', ...rest] = said.text;
      out.push(`${row.slice(0, row.indexOf(':') + 1)} ${first}`.trimEnd(), ...rest.map((t) => INDENT + t));
      if (said.choices.length > 0) out.push(INDENT + said.choices.map((c) => `[${c}]`).join(' '));
      inBot = true;
    } else if (!(inBot && /^\s+\S/.test(row))) {
      inBot = false;
      out.push(row);
    }
  }
  return out.join('\n');
}

/** Compares what was said with what is written; `…` stands for any text, alone on a line for any lines. */
export function matches(written: string[], said: string[]): boolean {
  const source = written
    .map((line) => (line === '…' ? '(?:[^\n]*\n)*?' : `${line.split('…').map(literal).join('[^\n]*')}\n`))
    .join('');
  return new RegExp(`^${source}$`, 'u').test(said.map((s) => `${s}\n`).join(''));
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
