/** Reads the plans and units of a folder, whole or not at all. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assembleBook } from './assemble.ts';
import { checkPlan, checkTopics, checkUnits, type Known } from './check.ts';
import { BookError, type Problem, type Read, readYaml } from './place.ts';
import { planFile, topicsFile, unitsFile } from './schema.ts';
import { compareWithSource } from './source.ts';
import type { Book } from './types.ts';

/**
 * `units.yaml`, `topics.yaml` and every subfolder with a `plan.yaml` and the `source.txt` or `source.md` it was read from.
 * @throws BookError listing every place that is wrong.
 */
export function loadBook(dir: string): Book {
  const problems: Problem[] = [];
  const text = (file: string) => readFileSync(path.join(dir, file), 'utf8').normalize('NFC');
  const missing = (file: string, message: string) => problems.push({ file, line: null, at: '', message });
  for (const file of ['units.yaml', 'topics.yaml'])
    if (!existsSync(path.join(dir, file))) missing(file, 'không có tệp này');
  const folders = readdirSync(dir).filter((name) => existsSync(path.join(dir, name, 'plan.yaml')));
  if (folders.length === 0) missing('plan.yaml', 'không có kế hoạch nào trong thư mục');
  if (problems.length > 0) throw new BookError(problems);

  const units = readYaml('units.yaml', text('units.yaml'), unitsFile, problems);
  const topics = readYaml('topics.yaml', text('topics.yaml'), topicsFile, problems);
  const plans = folders.toSorted().map((folder) => {
    const file = `${folder}/plan.yaml`;
    return { folder, read: readYaml(file, text(file), planFile, problems) };
  });

  if (units) problems.push(...checkUnits(units));
  if (topics) problems.push(...checkTopics(topics));
  for (const { folder, read } of plans) {
    if (!read) continue;
    if (units && topics) problems.push(...checkPlan(read, known(units, topics)));
    if (read.value.id !== folder) problems.push(read.problem(['id'], `phải giống tên thư mục “${folder}”`));
    const source = ['source.txt', 'source.md'].find((name) => existsSync(path.join(dir, folder, name)));
    if (source) problems.push(...compareWithSource(read, source, text(`${folder}/${source}`)));
    else missing(`${folder}/source.txt`, 'không có nguyên văn của kế hoạch (source.txt hoặc source.md)');
  }
  const values = plans.flatMap(({ read }) => read?.value ?? []);
  if (problems.length > 0 || !units || !topics) throw new BookError(problems);
  return assembleBook(units.value, topics.value, values);
}

function known(
  units: Read<{ units: { id: string }[]; groups: { id: string }[] }>,
  topics: Read<{ id: string }[]>,
): Known {
  const unitIds = units.value.units.map(({ id }) => id);
  return {
    units: new Set(unitIds),
    parties: new Set([...unitIds, ...units.value.groups.map(({ id }) => id)]),
    topics: new Set(topics.value.map(({ id }) => id)),
  };
}
