/** Where something is wrong in a file of `prisma/plans/`, said so that an official can go there and mend it. */
import { EVENT_ID, type Event, getScalarValue, load, parseEvents, YAMLException } from 'js-yaml';
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
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    problems.push({
      file,
      line: error.mark ? error.mark.line + 1 : null,
      at: '',
      message: syntaxMessage(error.reason),
    });
    return null;
  }
  const problem = (path: Path, message: string): Problem => ({
    file,
    line: lineAt(text, path),
    at: speakPath(value, path),
    message,
  });
  const parsed = schema.safeParse(value);
  if (parsed.success) return { file, value: parsed.data, problem };
  const issues = flatten(parsed.error.issues);
  for (const issue of issues) problems.push(problem(issue.path, issueMessage(issue)));
  return issues.every(({ code }) => soft.has(code)) ? { file, value: value as T, problem } : null;
}

/** Line of the deepest thing that a path leads to; looked for only when something is wrong. */
function lineAt(text: string, path: Path): number | null {
  const starts = startsOf(text);
  for (let length = path.length; length >= 0; length--) {
    const start = starts.get(JSON.stringify(path.slice(0, length)));
    if (start !== undefined) return text.slice(0, start).split('\n').length;
  }
  return null;
}

/** Where in a text each value begins, by its path. */
function startsOf(text: string): Map<string, number> {
  const starts = new Map<string, number>();
  const open: { path: Path; list: boolean; index: number; key: string | null }[] = [];
  for (const event of parseEvents(text, {})) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const around = open.at(-1);
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push({ path: [], list: false, index: 0, key: '' });
      continue;
    }
    if (around && !around.list && around.key === null) {
      around.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '';
      continue;
    }
    const path = !around || open.length === 1 ? [] : [...around.path, around.list ? around.index++ : around.key!];
    if (around) around.key = null;
    starts.set(JSON.stringify(path), startOf(event));
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE)
      open.push({ path, list: event.type === EVENT_ID.SEQUENCE, index: 0, key: null });
  }
  return starts;
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : 0;
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

function syntaxMessage(reason: string): string {
  if (reason.includes('duplicated mapping key')) return 'một mục viết hai lần';
  if (/indentation|tab/.test(reason)) return 'thụt dòng sai (dùng dấu cách, không dùng Tab)';
  if (/missed|unexpected|expected/.test(reason)) return 'thiếu hoặc thừa dấu (ngoặc, phẩy, hai chấm)';
  return `sai cú pháp YAML (${reason})`;
}
