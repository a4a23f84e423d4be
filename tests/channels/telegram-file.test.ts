/** A file that somebody sent on Telegram: fetched within a limit, by whatever path Telegram tells, and never with the token told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTelegramChannel } from '../../bot/channels/telegram/channel.ts';
import { createFetchFile } from '../../bot/channels/telegram/fetch-file.ts';
import { createLanes } from '../../bot/work/lanes.ts';
import { createLog } from '../../bot/work/log.ts';

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url!);
  if (request.url === '/file/bot7:secret/documents/plan.docx') response.end('0123456789');
  else if (request.url === '/file/bot7:secret/documents/long.docx') {
    // No length is told beforehand.
    response.write('0'.repeat(600));
    response.end('0'.repeat(600));
  } else response.writeHead(404).end();
});
let root: string;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

test('bytes of a file; nothing of one that is gone, too large, or elsewhere', async () => {
  const file = createFetchFile({ token: '7:secret', apiRoot: `${root}/` });
  expect(Buffer.from((await file('documents/plan.docx', 100))!).toString()).toBe('0123456789');
  expect(await file('documents/plan.docx', 9)).toBeNull();
  expect(await file('documents/long.docx', 1_000)).toBeNull();
  expect(await file('documents/gone.docx', 100)).toBeNull();
  const before = asked.length;
  expect(await file('../../etc/passwd', 100)).toBeNull();
  expect(await file('a?b', 100)).toBeNull();
  expect(asked.length).toBe(before);
  expect(
    await createFetchFile({ token: '7:secret', apiRoot: 'http://127.0.0.1:9' })('documents/plan.docx', 100),
  ).toBeNull();
});

test('the channel asks Telegram for the path first', async () => {
  const calls: unknown[] = [];
  const channel = createTelegramChannel({
    driver: {
      async call(method, payload) {
        calls.push([method, payload]);
        return (payload as { file_id: string }).file_id === 'known'
          ? ({ ok: true, result: { file_path: 'documents/plan.docx' } } as never)
          : ({ ok: false, kind: 'refused', code: 400, description: 'Bad Request: file is too big' } as never);
      },
      file: createFetchFile({ token: '7:secret', apiRoot: root }),
    },
    mode: 'polling',
    commands: { private: [], group: [] },
    now: () => 0,
    lanes: createLanes(),
    log: createLog('silent'),
  });
  const ref = (id: string) => ({ id, name: 'plan.docx', mediaType: 'application/octet-stream', size: 10 });
  expect((await channel.download!(ref('known'), 100))!.length).toBe(10);
  expect(await channel.download!(ref('unknown'), 100)).toBeNull();
  expect(calls[0]).toEqual(['getFile', { file_id: 'known' }]);
});
