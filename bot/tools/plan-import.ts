/**
 * `npm run plan:import FILE`: what the bot reads in a plan, as a folder that can go to `prisma/plans/` once it is corrected.
 * `npm run plan:import -- --compare`: how much of the reviewed plans it reads from their documents, with no correction.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { extractFile } from '../extract/extract.ts';
import { loadBook } from '../plan/load.ts';
import { compareWithReviewed, type Share } from '../plan/read/compare.ts';
import { proposePlan, tasksIn } from '../plan/read/propose.ts';
import { byDoubt, isSure, type Proposal } from '../plan/read/types.ts';
import { planFile } from '../plan/schema.ts';
import type { Book } from '../plan/types.ts';
import { root } from '../root.ts';
import { say } from '../text/say.ts';
import { planYaml } from './plan-yaml.ts';

const PLANS = path.join(root, 'prisma/plans');
const out = (text: string) => process.stdout.write(`${text}\n`);

function summaryOf({ file, parts }: Proposal): string {
  const passages = file.document.filter((item) => 'passage' in item).length;
  const tasks = tasksIn(file);
  return say('import:summary', {
    title: file.title,
    ...{ passages, tasks: tasks.length, roles: tasks.reduce((n, t) => n + t.assigned!.length, 0) },
    ...{ duties: file.duties.length, unsure: parts.filter((p) => !isSure(p)).length },
  });
}

async function read(file: string, book: Book): Promise<Proposal> {
  if (!existsSync(file)) throw new Error(say('import:noFile', { file }));
  const text = await extractFile(readFileSync(file), path.basename(file));
  if (!text.ok) throw new Error(say(`import:trouble.${text.trouble}`, { detail: text.detail ?? '' }));
  return proposePlan(text.paragraphs, book);
}

async function importFile(file: string, folder: string | undefined): Promise<void> {
  const book = loadBook(PLANS);
  const proposal = await read(file, book);
  if (tasksIn(proposal.file).length === 0)
    throw new Error(say('import:noPlan', { paragraphs: proposal.source.length }));
  const to = folder ?? path.join('de-xuat', proposal.file.id);
  if (existsSync(path.join(to, 'plan.yaml')))
    throw new Error(`${to}/plan.yaml đã có; chọn thư mục khác: --out THƯ_MỤC`);
  mkdirSync(to, { recursive: true });
  writeFileSync(path.join(to, 'plan.yaml'), planYaml(proposal));
  writeFileSync(path.join(to, 'source.txt'), `${proposal.source.join('\n\n')}\n`);
  out(summaryOf(proposal));
  for (const part of byDoubt(proposal.parts).filter((p) => !isSure(p)))
    for (const { reason, words } of part.doubts)
      out(`  ${part.key}: ${say(`import:reason.${reason}`, { words: words ?? '' })}`);
  out(`\n${to}/plan.yaml, ${to}/source.txt`);
}

/** Reads each reviewed plan's own source, and any given document of it, and prints what was found. */
async function compare(given: readonly string[]): Promise<void> {
  const book = { ...loadBook(PLANS), plans: [] };
  const folders = readdirSync(PLANS).filter((name) => existsSync(path.join(PLANS, name, 'plan.yaml')));
  const rows: [string, string, Record<string, Share>][] = [];
  for (const folder of folders) {
    const reviewed = planFile.parse(load(readFileSync(path.join(PLANS, folder, 'plan.yaml'), 'utf8')));
    const own = ['source.txt', 'source.md'].map((n) => path.join(PLANS, folder, n)).find((f) => existsSync(f))!;
    for (const file of [own, ...given]) {
      const { file: found } = await read(file, book);
      // A given document is compared with the plan whose title it bears.
      if (file !== own && found.title !== reviewed.title) continue;
      rows.push([folder, path.basename(file), { ...compareWithReviewed(found, reviewed) }]);
    }
  }
  const names = {
    passages: 'passages',
    tasks: 'tasks',
    roles: 'roles',
    deadlines: 'deadlines',
    schedules: 'schedules',
  };
  const more = { datedDuties: 'reports with a date', duties: 'all reports', wordings: 'role and wording' };
  const columns = Object.entries({ ...names, ...more });
  out(`| plan | read from | ${columns.map(([, label]) => label).join(' | ')} |\n|${'---|'.repeat(columns.length + 2)}`);
  const cell = ({ right, of, extra }: Share) =>
    `${right}/${of}${of > 0 ? ` ${((100 * right) / of).toFixed(1)} %` : ''}${extra.length > 0 ? ` (+${extra.length})` : ''}`;
  for (const [plan, from, shares] of rows)
    out(`| ${plan} | ${from} | ${columns.map(([key]) => cell(shares[key]!)).join(' | ')} |`);
  out('\n(+n: proposed, and not in the reviewed plan)');
  for (const [plan, from, { tasks, roles, deadlines, duties }] of rows)
    for (const share of [tasks!, roles!, deadlines!, duties!]) {
      for (const missed of share.missed) out(`  ${plan} (${from}) thiếu: ${missed.slice(0, 140)}`);
      for (const extra of share.extra) out(`  ${plan} (${from}) thừa: ${extra.slice(0, 140)}`);
    }
}

const args = process.argv.slice(2);
const at = args.indexOf('--out');
const folder = at < 0 ? undefined : args.splice(at, 2)[1];
const [first, ...rest] = args;
try {
  if (first === '--compare') await compare(rest);
  else if (first && rest.length === 0) await importFile(first, folder);
  else throw new Error('npm run plan:import FILE [-- --out FOLDER]\nnpm run plan:import -- --compare [FILE …]');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
