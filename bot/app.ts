/** The whole bot, wired from its settings: store, plans, channels, the way of one message, the schedule. */

import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Channel } from './channels/channel.ts';
import { realTimers, type Timers } from './channels/timers.ts';
import type { Config } from './config.ts';
import type { Address, ChannelId, Person } from './core/types.ts';
import { loadDeskRules } from './desk/load.ts';
import { loadWords } from './language/load.ts';
import { createReader } from './language/reader.ts';
import { createPlanIndex } from './plan/index.ts';
import { loadBook } from './plan/load.ts';
import { loadForms } from './report/load.ts';
import { root } from './root.ts';
import { FolderInUse } from './store/lock.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/port.ts';
import { allTalks } from './talk/all.ts';
import { say } from './text/say.ts';
import { figuresOf } from './totals/figures.ts';
import { loadOfficial } from './totals/load.ts';
import { channelsOf } from './wiring.ts';
import { readAttachment } from './work/attachments.ts';
import { createBot, inviteLinksOf } from './work/bot.ts';
import { type Clock, createClock } from './work/clock.ts';
import { hashOf } from './work/handle.ts';
import { createImports } from './work/imports.ts';
import { createKnowledge } from './work/knowledge.ts';
import type { Log } from './work/log.ts';
import { createNews } from './work/news.ts';
import { createPapers } from './work/papers.ts';
import { createPlanDesk } from './work/plan-desk.ts';
import { keepClock, seedRehearsal } from './work/rehearsal.ts';
import { createTotalsDesk } from './work/totals-desk.ts';

export interface App {
  /** Where the web chat is served. */
  url: string;
  store: Store;
  clock: Clock;
  /** Queues what is due by now. */
  tick(): Promise<void>;
  /** Resolves when nothing is being handled or delivered. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the bot touches what no program can foresee; tests put their own in place. */
export interface Edge {
  open(): Promise<Store>;
  /** The machine's clock, ms UTC. */
  real(): number;
  /** 32 fresh hex digits. */
  chance(): string;
  timers: Timers;
  /** What is read of `prisma/plans/`. */
  known(): Known;
}

const edgeOf = (config: Config, log: Log): Edge => ({
  open: () =>
    openStore({
      url: config.databaseUrl,
      dataDir: config.dataDir,
      warn: (message, error) => log.warn({ error: String(error) }, message),
    }).catch((error: Error & { code?: string }) => {
      if (error instanceof FolderInUse)
        throw new Error(say('common:folderInUse', { folder: config.dataDir, pid: error.pid }), { cause: error });
      if (config.databaseUrl && error.code)
        throw new Error(say('common:noServer', { code: error.code }), { cause: error });
      if (/^E[A-Z]+$/.test(error.code ?? ''))
        throw new Error(say('common:noFolder', { folder: config.dataDir, code: error.code }), { cause: error });
      throw error;
    }),
  real: Date.now,
  chance: () => randomBytes(16).toString('hex'),
  timers: realTimers,
  known: readKnown,
});

const plansFolder = path.join(root, 'prisma/plans');

/** @throws Error in Vietnamese when a plan file is wrong, the database cannot be opened, or the port is taken. */
export async function startApp(config: Config, log: Log, edge: Edge = edgeOf(config, log)): Promise<App> {
  const { chance, timers } = edge;
  const clock = createClock(config.clockStart, config.clockRate, edge.real);
  const [store, { knowledge, rules, forms, figures, layouts, talks }] = await both(edge.open(), () =>
    learn(edge.known()),
  );
  const { plans, reader } = knowledge;
  try {
    const leaveClock = config.clockGoesOn ? await keepClock(store, clock) : async () => {};
    await knowledge.update(await store.shelf.versions());
    await store.saveBook(plans.book);
    await store.ensurePersons(coordinators(config), clock.now());
    const places = config.rehearsal ? await seedRehearsal(store, plans, clock.now()) : null;
    const { rehearsal } = config;
    const news = createNews();
    const files = path.join(config.dataDir, 'files');
    const papers = createPapers({
      ...{ store, plans, figures, layouts, rules, rehearsal },
      inviteLinks: (code) => inviteLinksOf(channels, code),
      attachment: (hash) => readAttachment(files, hash),
    });
    const desk = createTotalsDesk({
      ...{ store, plans, forms, figures, layouts, papers, news, rehearsal },
      now: clock.now,
    });
    const byId = new Map<ChannelId, Channel>();
    const imports = createImports({
      ...{ store, knowledge, clock, chance, log },
      channels: byId,
      // The reader of files is loaded when there is one.
      extract: async (bytes, name) => (await import('./extract/extract.ts')).extractFile(bytes, name),
      deliver: (to) => bot.deliver(to),
      published: () => void bot.tick(),
      page: config.publicUrl ? `${config.publicUrl.replace(/\/+$/, '')}/ke-hoach` : null,
    });
    const planDesk = createPlanDesk({ store, plans, imports });
    const channels = await channelsOf(config, {
      ...{ desk, planDesk },
      ...{ store, clock, timers, log, places },
      real: edge.real,
      jumped: () => {
        void bot.tick();
        news.told();
      },
    });
    for (const channel of channels) byId.set(channel.id, channel);
    const bot = createBot({
      ...{ store, plans, reader, rules, talks, channels, clock, chance, papers, rehearsal, log },
      learn: knowledge.learn,
      attachments: { folder: files, forms },
      handled: () => {
        news.told();
        imports.wake();
      },
      refresh: () => imports.refresh(),
    });
    const server = await listen(routes(channels, store, log), config);
    await bot.start();
    imports.wake();
    return {
      url: `http://${config.host}:${(server.address() as AddressInfo).port}`,
      ...{ store, clock },
      tick: bot.tick,
      async idle() {
        await bot.idle();
        await imports.idle();
        await bot.idle();
      },
      async stop() {
        await bot.stop();
        await imports.idle();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await leaveClock();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

export type Known = ReturnType<typeof readKnown>;

/** What the bot knows at its first start, read from `prisma/plans/`; nothing changes it. */
export function readKnown() {
  const words = loadWords(plansFolder);
  const plans = createPlanIndex(loadBook(plansFolder));
  const forms = loadForms(path.join(plansFolder, 'forms'));
  const figures = figuresOf(forms, plans);
  return {
    ...{ words, plans, forms, figures },
    reader: createReader(plans, words),
    rules: loadDeskRules(plansFolder, plans),
    layouts: loadOfficial(plansFolder, plans, figures),
  };
}

/** What it knows from then on, with what is published. */
function learn({ words, plans, reader, ...rest }: Known) {
  const knowledge = createKnowledge(plans.book, words, { plans, reader });
  return { knowledge, ...rest, talks: allTalks({ ...rest, hashOf }) };
}

/** Learns while the database opens, which is much of the time that a start takes; a store that opened in vain is closed. */
async function both<T>(opening: Promise<Store>, learning: () => T): Promise<[Store, T]> {
  opening.catch(() => {});
  try {
    // The database's own process begins first.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const learnt = learning();
    return [await opening, learnt];
  } catch (error) {
    await opening.then((store) => store.close()).catch(() => {});
    throw error;
  }
}

/** The first people with every right, by configuration. */
const coordinators = (config: Config): { person: Person; address: Address }[] =>
  config.coordinators.map((address) => ({
    person: {
      id: `dieu-phoi-${hashOf(address).slice(0, 12)}`,
      name: say('rehearsal:coordinator'),
      memberships: [
        { unit: 'catp', role: 'coordinator' },
        { unit: 'catp', role: 'administrator' },
      ],
    },
    address,
  }));

function routes(channels: Channel[], store: Store, log: Log): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    // What is asked wrongly, such as too long a body, is no failure of the bot.
    if (error instanceof HTTPException && error.status < 500) return error.getResponse();
    log.error({ path: c.req.path, error: String(error) }, 'request failed');
    return c.json({ error: say('common:failed') }, 500);
  });
  app.get('/health', async (c) => {
    const database = await store.ping().then(
      () => true,
      () => false,
    );
    const health = Object.fromEntries(channels.map((channel) => [channel.id, channel.health()]));
    const ok = database && Object.values(health).every((h) => h.ok);
    return c.json({ ok, database, channels: health, messages: await store.outbox.counts() }, ok ? 200 : 503);
  });
  for (const channel of channels) channel.routes?.(app);
  return app;
}

function listen(app: Hono, { host, port }: Config): Promise<Server> {
  const server = createServer(getRequestListener(app.fetch));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Cổng ${port} đang có chương trình khác dùng. Đặt PORT khác, ví dụ PORT=3001.`)
          : error,
      ),
    );
    server.listen(port, host, () => resolve(server));
  });
}
