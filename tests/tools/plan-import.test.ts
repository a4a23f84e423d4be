/** `npm run plan:import` as it is called: what it answers for files that are no plan. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'nap-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(name: string, bytes?: Buffer): Promise<{ code: number; said: string }> {
  const file = path.join(folder, name);
  if (bytes) writeFileSync(file, bytes);
  const tool = path.resolve(import.meta.dirname, '../../bot/tools/plan-import.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', tool, file, '--out', path.join(folder, 'ra')], (error, _out, said) =>
      resolve({ code: Number(error?.code ?? 0), said }),
    );
  });
}

test('a file that is no plan, is not what its name says, or is not there: an error, in Vietnamese, and nothing is written', async () => {
  const letter = 'Kính gửi đồng chí,\nMời đồng chí dự họp lúc 14 giờ.\n';
  for (const [name, bytes, said] of [
    ['thu.txt', Buffer.from(letter), 'không phải kế hoạch'],
    ['thu-16.txt', Buffer.from(`\ufeff${letter}`, 'utf16le'), 'không phải kế hoạch'],
    ['thu.docx', Buffer.from(letter), 'Đuôi tệp không đúng'],
    ['khong-co.docx', undefined, 'Không có tệp'],
  ] as const) {
    const answer = await run(name, bytes);
    expect(answer.code, name).toBe(1);
    expect(answer.said, name).toContain(said);
  }
  expect(existsSync(path.join(folder, 'ra'))).toBe(false);
});
