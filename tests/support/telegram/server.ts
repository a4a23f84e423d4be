/** The Bot API over HTTP: reads a call, checks it against the specification, answers it or lets a misfortune happen. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from './faults.ts';
import { methods, type Needs } from './methods.ts';
import { readMultipart } from './multipart.ts';
import { Refusal } from './refusal.ts';
import { checkCall, isMethod, parameterTypes } from './spec.ts';

export interface Call {
  method: string;
  parameters: Record<string, unknown>;
}

export interface ServerNeeds extends Needs {
  token(): string;
  faults: Faults;
  /** True while nothing can be reached. */
  down(): boolean;
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
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, needs: ServerNeeds): Promise<void> {
  const body = await bodyOf(request);
  const [, kind, token, rest] = /^\/(file\/)?bot([^/]+)\/([^?]+)/.exec(request.url ?? '') ?? [];
  if (needs.down()) return void request.socket.destroy();
  if (kind) return sendFile(response, token === needs.token() ? rest! : '', needs);

  const method = rest ?? '';
  const fault = token === needs.token() ? needs.faults.take(method, body) : undefined;
  if (fault?.kind === 'dropBefore') return void request.socket.destroy();
  if (fault?.kind === 'gateway') return void response.writeHead(502).end('<html>502 Bad Gateway</html>');
  let text: string;
  let status = 200;
  try {
    if (token !== needs.token()) throw new Refusal(401, 'Unauthorized');
    const parameters = read(method, body, request, needs);
    if (fault?.kind === 'answer') throw new Refusal(fault.code, fault.description, fault.parameters);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const result = await methods[method]!(parameters, needs, gone.signal);
    text = JSON.stringify({ ok: true, result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    status = error.code;
    text = error.body;
  }
  if (fault?.kind === 'dropAfter' || needs.down()) return void request.socket.destroy();
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

/** The parameters of a call, if the specification knows it so. */
function read(method: string, body: Buffer, request: IncomingMessage, needs: ServerNeeds): Call['parameters'] {
  if (!isMethod(method)) throw new Refusal(404, 'Not Found');
  const parameters = parametersOf(method, body, request.headers['content-type'] ?? '');
  needs.called({ method, parameters });
  const wrong = checkCall(method, parameters);
  for (const what of wrong) needs.violation(what);
  if (wrong.length > 0) throw new Refusal(400, `Bad Request: ${wrong.join('; ')}`);
  return parameters;
}

function parametersOf(method: string, body: Buffer, contentType: string): Record<string, unknown> {
  if (body.length === 0) return {};
  if (contentType.startsWith('application/json')) return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const parts = readMultipart(body, contentType);
  const files = new Map(parts.filter((p) => p.filename).map((p) => [p.name, p.bytes]));
  const fields = new Map(parts.filter((p) => !p.filename).map((p) => [p.name, p.bytes.toString('utf8')]));
  // Naming the method among the parameters is allowed, as in an answer to a webhook.
  if (fields.get('method') === method) fields.delete('method');
  const attached = new Set<string>();
  const values = [...fields].map(([name, text]): [string, unknown] => {
    if (text.startsWith('attach://')) {
      const file = text.slice('attach://'.length);
      attached.add(file);
      return [name, files.get(file)];
    }
    const types = parameterTypes(method, name)?.split('|') ?? [];
    return [
      name,
      types.includes('String') && !(types.includes('Integer') && /^-?\d+$/.test(text)) ? text : parsed(text),
    ];
  });
  // A file may also be sent under the name of the parameter itself.
  const direct = [...files].filter(([name]) => !attached.has(name));
  return Object.fromEntries([...values, ...direct]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sendFile(response: ServerResponse, path: string, { state }: ServerNeeds): void {
  const file = [...state.files.values()].find((f) => f.path === path);
  if (file) response.writeHead(200).end(file.bytes);
  else response.writeHead(404).end();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
