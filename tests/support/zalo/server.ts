/** The Bot API over HTTP: reads a call, checks it, answers it or lets a misfortune happen. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from './faults.ts';
import { checkCall, isMethod, methods, type Needs } from './methods.ts';
import { Refusal } from './refusal.ts';

export interface Call {
  method: string;
  parameters: Record<string, unknown>;
}

export interface ServerNeeds extends Needs {
  token(): string;
  faults: Faults;
  /** True while nothing can be reached. */
  down(): boolean;
  /** Updates come in a list of one, as a guide has it. */
  lists(): boolean;
  called(call: Call): void;
}

export async function startServer(needs: ServerNeeds): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response, needs).catch((error: unknown) => {
      if (response.destroyed) return;
      needs.violation(`the platform failed: ${String(error)}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, needs: ServerNeeds): Promise<void> {
  const body = await bodyOf(request);
  const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
  if (needs.down()) return void request.socket.destroy();
  const known = token === needs.token();
  const fault = known ? needs.faults.take(method) : undefined;
  if (fault?.kind === 'dropBefore') return void request.socket.destroy();
  if (fault?.kind === 'gateway') return void response.writeHead(502).end('<html>502 Bad Gateway</html>');
  let text: string;
  try {
    if (!known) throw new Refusal(401, 'Unauthorized');
    const parameters = read(method, body, request, needs);
    if (fault?.kind === 'answer') throw new Refusal(fault.code, fault.description);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const result = await methods[method]!(parameters, needs, gone.signal);
    text = JSON.stringify({ ok: true, result: method === 'getUpdates' && needs.lists() ? [result] : result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    text = error.body;
  }
  if (fault?.kind === 'dropAfter' || needs.down()) return void request.socket.destroy();
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

/** The parameters of a call, if Zalo's pages know it so. */
function read(method: string, body: string, request: IncomingMessage, needs: ServerNeeds): Call['parameters'] {
  if (!isMethod(method)) throw new Refusal(404, 'Not found');
  if (request.method !== 'POST' || !/^application\/json/.test(request.headers['content-type'] ?? ''))
    needs.violation(`${method} is not called by POST with JSON`);
  const parameters = JSON.parse(body || '{}') as Call['parameters'];
  needs.called({ method, parameters });
  const wrong = checkCall(method, parameters);
  for (const what of wrong) needs.violation(what);
  if (wrong.length > 0) throw new Refusal(400, wrong.join('; '));
  return parameters;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
