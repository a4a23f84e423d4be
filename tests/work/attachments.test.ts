/** A file is fetched only for an open form that takes it, checked by its bytes, and kept under its hash before it is acknowledged. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel } from '../../bot/channels/channel.ts';
import { downloadFrom } from '../../bot/channels/zalo/download.ts';
import { emptySession } from '../../bot/core/converse.ts';
import type { FileRules } from '../../bot/report/types.ts';
import { createAttachments, readAttachment, type SentFile } from '../../bot/work/attachments.ts';
import { draftAt, quick } from '../report/forms.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trucban-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const rules: FileRules = { on: true, kinds: ['pdf'], most: 1 };
const pdf = Buffer.from('%PDF-1.7 báo cáo');
const sent = (size = pdf.length): SentFile => ({
  ...{ id: 'e1', at: 0, from: 'telegram:1', kind: 'sent' },
  chat: { address: 'telegram:1', kind: 'private', addressed: true },
  file: { id: 'F1', name: 'Nguyễn Văn A.pdf', mediaType: 'application/pdf', size },
});
const made = (bytes: Uint8Array | null, asked: string[] = []) =>
  createAttachments({
    folder: path.join(folder, 'files'),
    forms: [{ ...quick, files: rules }],
    channelOf: () =>
      ({
        download: async ({ id }) => {
          asked.push(id);
          return bytes;
        },
      }) as Partial<Channel> as Channel,
  });

test('is kept whole under its hash, once, without its name', async () => {
  const hash = createHash('sha256').update(pdf).digest('hex');
  const files = made(pdf);
  expect((await files.keep(sent(), rules)).file.kept).toEqual({ hash, kind: 'pdf', size: pdf.length });
  await files.keep(sent(), rules);
  expect(await readdir(path.join(folder, 'files'))).toEqual([hash]);
  expect(await readAttachment(path.join(folder, 'files'), hash)).toEqual(pdf);
  expect(await readAttachment(path.join(folder, 'files'), '../../etc/passwd')).toBeNull();
});

test.each([
  ['kind', Buffer.from('MZ a program called x.pdf')],
  ['kind', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['gone', null],
  ['gone', Buffer.alloc(0)],
  ['big', Buffer.concat([pdf, Buffer.alloc(1024 * 1024)])],
] as const)('nothing of it is kept when it is refused: %s', async (why, bytes) => {
  expect((await made(bytes).keep(sent(10), rules)).file).toMatchObject({ refused: why });
  expect(await readdir(folder)).toEqual([]);
});

test('one that is said to be too large is not even fetched', async () => {
  const asked: string[] = [];
  expect((await made(pdf, asked).keep(sent(2_000_000), rules)).file.refused).toBe('big');
  expect(asked).toEqual([]);
});

test('is wanted only by an open form with its switch on', () => {
  const files = made(pdf);
  expect(files.rulesOf({ ...emptySession(), draft: draftAt(1) })).toEqual(rules);
  expect(files.rulesOf({ ...emptySession(), draft: draftAt(1, { paused: true }) })).toBeNull();
  expect(files.rulesOf({ ...emptySession(), draft: draftAt(1, { version: 99 }) })).toBeNull();
  expect(files.rulesOf(emptySession())).toBeNull();
  const off = createAttachments({ folder, forms: [quick], channelOf: () => undefined });
  expect(off.rulesOf({ ...emptySession(), draft: draftAt(1) })).toBeNull();
});

test('from Zalo only over https, and no more than is allowed', async () => {
  const get = (async () => new Response(pdf)) as typeof fetch;
  const { signal } = new AbortController();
  expect(Buffer.from((await downloadFrom('https://zalo.example/a', 100, signal, get))!)).toEqual(pdf);
  expect(await downloadFrom('https://zalo.example/a', 5, signal, get)).toBeNull();
  expect(await downloadFrom('http://zalo.example/a', 100, signal, get)).toBeNull();
  expect(await downloadFrom('not an address', 100, signal, get)).toBeNull();
  const broken = (async () => new Response('', { status: 404 })) as typeof fetch;
  expect(await downloadFrom('https://zalo.example/a', 100, signal, broken)).toBeNull();
});
