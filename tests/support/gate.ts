/** The public address of a bot under test, known before the bot is: hands every request on, like the proxy before a real one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Gate {
  url: string;
  /** Where the bot listens; may change with a restart. */
  leadTo(to: () => string): void;
  close(): Promise<void>;
}

export async function openGate(): Promise<Gate> {
  let target: (() => string) | null = null;
  const server = createServer((request, response) => {
    void (async () => {
      if (!target) return void response.writeHead(502).end();
      const answer = await fetch(`${target()}${request.url}`);
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })().catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(to) {
      target = to;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
