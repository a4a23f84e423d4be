/** Where something is wrong in a file of `prisma/plans/`, said so that an official can go there and mend it. */
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

export type Path = readonly PropertyKey[];

export interface Problem {
  /** Path of the file inside the plans folder. */
  file: string;
  /** 1-based; null where no line can be named (a missing file). */
  line: number | null;
  /** Where in the file: `II.5/0 › assigned[2] › party`. */
  at: string;
  message: string;
}

/** A set of files that is refused whole; the message lists every problem. */
export class BookError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const list = problems.map(
      (p) => `- ${p.file}${p.line === null ? '' : `, dòng ${p.line}`}${p.at === '' ? '' : ` (${p.at})`}: ${p.message}`,
    );
    super(`Dữ liệu kế hoạch có ${problems.length} chỗ sai, chưa nạp gì:\n${list.join('\n')}`);
    this.name = 'BookError';
    this.problems = problems;
  }
}

/** A file that was read: its value, and a way to name the place of anything in it. */
export interface Read<T> {
  file: string;
  value: T;
  problem(path: Path, message: string): Problem;
}

/** Faults that leave a file the shape that its type says, so that it can be searched for further faults. */
const soft: ReadonlySet<string | undefined> = new Set([
  'invalid_value',
  'invalid_format',
  'unrecognized_keys',
  'custom',
]);

/**
 * Reads one YAML file against its schema; what is wrong is added to `problems`.
 * A file that is wrong but has the right shape is returned all the same, to be searched for further faults.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>, problems: Problem[]): Read<T> | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors)
    problems.push({ file, line: error.linePos?.[0].line ?? null, at: '', message: syntaxMessage(error.code) });
  if (document.errors.length > 0) return null;

  const value: unknown = document.toJS();
  const problem = (path: Path, message: string): Problem => ({
    file,
    line: lineAt(document, lines, path),
    at: speakPath(value, path),
    message,
  });
  const parsed = schema.safeParse(value);
  if (parsed.success) return { file, value: parsed.data, problem };
  const issues = flatten(parsed.error.issues);
  for (const issue of issues) problems.push(problem(issue.path, issueMessage(issue)));
  return issues.every(({ code }) => soft.has(code)) ? { file, value: value as T, problem } : null;
}

function lineAt(document: Document, lines: LineCounter, path: Path): number | null {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
    if (range) return lines.linePos(range[0]).line;
  }
  return null;
}

/** `document, 37, assigned, 0` → `IV.2/1 › assigned[1]`: an entry that has an id is called by it. */
function speakPath(root: unknown, path: Path): string {
  const said: string[] = [];
  let value = root;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
    if (typeof key !== 'number') {
      said.push(String(key));
      continue;
    }
    const entry = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
    const name = entry.passage ?? entry.id ?? entry.key;
    if (typeof name === 'string') said.splice(-1, 1, name);
    else said.push(`${said.pop() ?? ''}[${key + 1}]`);
  }
  return said.join(' › ');
}

type Issue = z.core.$ZodIssue;

/** Unions report every branch; only the branch that fits best is worth reading. */
function flatten(issues: readonly Issue[], prefix: PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    const path = [...prefix, ...issue.path];
    const branches = issue.code === 'invalid_union' ? issue.errors.map((b) => flatten(b, path)) : [];
    if (branches.length === 0) return [{ ...issue, path }];
    const known = branches.filter(
      (b) => !b.some((i) => i.code === 'unrecognized_keys' && i.path.length === path.length),
    );
    const best = (known.length > 0 ? known : branches).reduce((a, b) => (b.length < a.length ? b : a));
    return best.every((i) => i.path.length > path.length) ? best : [{ ...issue, path }];
  });
}

const kinds: Record<string, string> = {
  string: 'chữ',
  array: 'danh sách',
  object: 'các mục “tên: giá trị”',
  boolean: 'true hoặc false',
  number: 'số',
  int: 'số nguyên',
  null: 'để trống (null)',
};

function issueMessage(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && /undefined/.test(issue.message)
        ? `thiếu; cần ${kinds[issue.expected] ?? issue.expected}`
        : `cần ${kinds[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `không hiểu mục ${issue.keys.map((k) => `“${k}”`).join(', ')}`;
    case 'invalid_value':
      return `phải là một trong: ${issue.values.join(', ')}`;
    case 'too_small':
      return 'không được để trống';
    case 'invalid_union':
      return issue.message.startsWith('Invalid') ? 'không đúng dạng nào được phép ở chỗ này' : issue.message;
    default:
      return issue.message;
  }
}

function syntaxMessage(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'một mục viết hai lần';
  if (code === 'TAB_AS_INDENT' || code === 'BAD_INDENT') return 'thụt dòng sai (dùng dấu cách, không dùng Tab)';
  if (code === 'MISSING_CHAR' || code === 'UNEXPECTED_TOKEN') return 'thiếu hoặc thừa dấu (ngoặc, phẩy, hai chấm)';
  return `sai cú pháp YAML (${code})`;
}
