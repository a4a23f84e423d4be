/** The web chat over real HTTP with a history in memory, and clients that read its pages and streams. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Channel, Part } from '../../bot/channels/channel.ts';
import type { Places, Rehearsal } from '../../bot/channels/web/place.ts';
import type { LineView } from '../../bot/channels/web/view.ts';
import { createWebChannel, type WebOptions } from '../../bot/channels/web/web.ts';
import type { Event, Text } from '../../bot/core/types.ts';
import type { WebHistory, WebLine } from '../../bot/core/web.ts';

export interface MemoryHistory extends WebHistory {
  all: WebLine[];
  /** While true, nothing answers; `once`: the next request fails. */
  broken: boolean | 'once';
}

export function memoryHistory(): MemoryHistory {
  const all: WebLine[] = [];
  const check = () => {
    if (!history.broken) return;
    if (history.broken === 'once') history.broken = false;
    throw new Error('history is down');
  };
  const history: MemoryHistory = {
    all,
    broken: false,
    async append(line) {
      check();
      if (!all.some((l) => l.id === line.id)) all.push({ ...line, seq: all.length + 1 });
    },
    async lines(chat, after, limit) {
      check();
      const own = all.filter((l) => l.chat === chat);
      return after === null ? own.slice(-limit) : own.filter((l) => l.seq > after).slice(0, limit);
    },
    async last(chat) {
      check();
      return all.findLast((l) => l.chat === chat)?.seq ?? 0;
    },
  };
  return history;
}

export const NOON = Date.parse('2026-06-10T12:00:00+07:00');

export const PLACES: Places = {
  persons: [
    { id: 'so-y-te', name: 'Cán bộ Sở Y tế', address: 'web:mau-so-y-te' },
    { id: 'so-giao-duc', name: 'Cán bộ Sở Giáo dục và Đào tạo', address: 'web:mau-so-giao-duc' },
    { id: 'xa-kien-thuy', name: 'Cán bộ Ủy ban nhân dân xã Kiến Thụy', address: 'web:mau-xa-kien-thuy' },
  ],
  groups: [{ address: 'web:nhom-thanh-pho', title: 'Nhóm toàn thành phố' }],
};

/** A clock that stands still until it is told to jump. */
export function rehearsalOf(start = NOON): Rehearsal {
  let now = start;
  return {
    places: async () => PLACES,
    clock: {
      now: () => now,
      jumpTo: (to) => {
        now = to;
      },
    },
  };
}

export const part = (text: string, choices: string[] = [], picture?: Part['picture']): Part => ({
  text: [{ as: 'text', text }],
  choices: choices.map((label) => ({ token: `token-${label}`, label })),
  ...(picture && { picture }),
});

/** Takes events as the real handler does: each id once; the own line first, then the reply. */
export type Answer = (event: Event, web: Pick<Channel, 'send'>) => Promise<void>;
export const echo: Answer = async (event, web) => {
  const said = event.kind === 'said' ? event.text : event.kind === 'chose' ? event.token : event.kind;
  await web.send(event.chat.address, part(`nghe: ${said}`), { key: `reply/${event.id}`, at: event.at });
};

export interface BareWeb {
  url: string;
  port: number;
  channel: Channel;
  close(): Promise<void>;
}

/** Serves the channel, not started. */
export async function bareWeb(
  options: Omit<WebOptions, 'rehearsal'> & Partial<Pick<WebOptions, 'rehearsal'>>,
  port = 0,
): Promise<BareWeb> {
  const channel = createWebChannel({ pollMs: 0, rehearsal: null, ...options });
  const app = new Hono();
  channel.routes?.(app);
  const server = await new Promise<ServerType>((resolve) => {
    const s = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(s));
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    channel,
    async close() {
      await channel.stop();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface RunningWeb extends BareWeb {
  history: MemoryHistory;
  events: Event[];
}

export interface Started extends Partial<WebOptions> {
  history?: MemoryHistory;
  answer?: Answer;
  port?: number;
  started?: boolean;
}

export async function startWeb(options: Started = {}): Promise<RunningWeb> {
  const { answer = echo, port = 0, started = true, history = memoryHistory(), ...rest } = options;
  const now = rest.rehearsal ? rest.rehearsal.clock.now : () => NOON;
  const web = await bareWeb({ now, ...rest, history }, port);
  const events: Event[] = [];
  const seen = new Set<string>();
  if (started)
    await web.channel.start(async (event) => {
      await web.channel.heard?.(event);
      if (seen.has(event.id)) return;
      seen.add(event.id);
      events.push(event);
      await answer(event, web.channel);
    });
  return { ...web, history, events };
}

/** The cookie a new device gets, as it sends it back. */
export async function newDevice(url: string): Promise<string> {
  const cookie = (await fetch(url)).headers.get('set-cookie');
  if (!cookie) throw new Error('the page gave no cookie');
  return cookie.split(';')[0]!;
}

export interface Asked {
  cookie?: string;
  query?: string;
  headers?: Record<string, string>;
}

export const post = (url: string, body: unknown, { cookie, query = '', headers }: Asked = {}): Promise<Response> =>
  fetch(`${url}/web/messages${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(cookie && { cookie }), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export const said = (text: string, id: string = randomUUID()) => ({ id, text });

export async function linesOf(url: string, { cookie, query = '' }: Asked = {}): Promise<LineView[]> {
  const response = await fetch(`${url}/web/lines${query}`, { headers: cookie ? { cookie } : {} });
  if (!response.ok) throw new Error(`lines: ${response.status}`);
  return ((await response.json()) as { lines: LineView[] }).lines;
}

export const textOf = (line: { text: Text[] }): string => line.text.map((t) => t.text).join('\n');

export interface Stream {
  status: number;
  lines: LineView[];
  ids: number[];
  beats: { now: number }[];
  /** Resolves once the condition holds; rejects when the stream ends before. */
  until(condition: () => boolean): Promise<void>;
  ended: Promise<void>;
  close(): void;
}

export async function openStream(url: string, { cookie, query = '', headers }: Asked = {}): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(`${url}/web/stream${query}`, {
    headers: { ...(cookie && { cookie }), ...headers },
    signal: abort.signal,
  });
  const waiting = new Set<() => void>();
  let over = false;
  const stream: Stream = {
    status: response.status,
    lines: [],
    ids: [],
    beats: [],
    until: (condition) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (condition()) resolve();
          else if (over) reject(new Error('the stream ended'));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    ended: Promise.resolve(),
    close: () => abort.abort(),
  };
  const tell = () => {
    for (const look of [...waiting]) look();
  };
  stream.ended = read(response, stream, tell).finally(() => {
    over = true;
    tell();
  });
  return stream;
}

async function read(response: Response, stream: Stream, tell: () => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) take(block, stream);
      tell();
    }
  } catch {
    // Closed by the test.
  }
}

function take(block: string, stream: Stream): void {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const data = field('data');
  if (data === undefined) return;
  if (field('event') === 'beat') stream.beats.push(JSON.parse(data));
  else {
    stream.lines.push(JSON.parse(data));
    stream.ids.push(Number(field('id')));
  }
}
