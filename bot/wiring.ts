/** The channels, each made from its settings. */
import type { Channel } from './channels/channel.ts';
import { createTelegramChannel } from './channels/telegram/channel.ts';
import type { Driver } from './channels/telegram/driver.ts';
import type { Timers } from './channels/timers.ts';
import type { Desk } from './channels/web/desk.ts';
import type { PlanDesk } from './channels/web/plans.ts';
import { createWebChannel } from './channels/web/web.ts';
import { createZaloChannel } from './channels/zalo/channel.ts';
import { createClient } from './channels/zalo/client.ts';
import type { Config, TelegramConfig, ZaloConfig } from './config.ts';
import { isCoordinator } from './core/rights.ts';
import { dayOf } from './language/calendar.ts';
import type { Store } from './store/port.ts';
import { commandMenu } from './talk/menu.ts';
import { createAlert, warnOfCopy } from './work/alert.ts';
import type { Clock } from './work/clock.ts';
import { hashOf } from './work/handle.ts';
import { createLanes } from './work/lanes.ts';
import type { Log } from './work/log.ts';
import type { Places } from './work/rehearsal.ts';

export interface ChannelNeeds {
  store: Store;
  clock: Clock;
  timers: Timers;
  /** The machine's clock, ms UTC. */
  real(): number;
  log: Log;
  places: Places | null;
  /** What the standing agency's page shows. */
  desk: Desk;
  /** What the administrators' page of plans shows and does. */
  planDesk: PlanDesk;
  /** The rehearsal's clock was put forward. */
  jumped(): void;
}

export async function channelsOf(config: Config, needs: ChannelNeeds): Promise<Channel[]> {
  return [
    web(config, needs),
    ...(config.telegram ? [await telegram(config.telegram, config, needs)] : []),
    ...(config.zalo ? [zalo(config.zalo, config, needs)] : []),
  ];
}

function web(config: Config, { store, clock, log, places, desk, planDesk, jumped }: ChannelNeeds): Channel {
  const jumpTo = (instant: number) => {
    clock.jumpTo(instant);
    jumped();
  };
  return createWebChannel({
    history: store.web,
    sessions: store.webSessions,
    desk,
    plans: planDesk,
    files: store.webFiles,
    now: clock.now,
    publicUrl: config.publicUrl ?? null,
    commands: commandMenu('private').map(({ command, description }) => ({ text: `/${command}`, label: description })),
    rehearsal: places && { places: async () => places, clock: { now: clock.now, jumpTo } },
    replayed: (person, session) =>
      void warnOfCopy(store, person, session, clock.now()).catch((error: unknown) =>
        log.error({ error: String(error) }, 'the owner of a copied session was not told'),
      ),
    trouble: (error) => log.error({ error: String(error) }, 'web chat request failed'),
    // Only a server is shared with other instances.
    pollMs: config.databaseUrl ? 1_000 : 0,
  });
}

async function telegram(settings: TelegramConfig, { publicUrl }: Config, needs: ChannelNeeds): Promise<Channel> {
  const { mode, webhookSecret } = settings;
  return createTelegramChannel({
    driver: await driverOf(settings),
    ...{ mode, webhookSecret, publicUrl },
    commands: { private: commandMenu('private'), group: commandMenu('group') },
    coordinators: {
      commands: commandMenu('coordinator'),
      addresses: async () =>
        (await needs.store.contacts())
          .filter(({ person }) => isCoordinator(person))
          .flatMap(({ addresses }) => addresses.filter((address) => address.startsWith('telegram:'))),
    },
    ...common(needs),
  });
}

/** Only the library that is used is loaded. */
async function driverOf({ driver, ...access }: TelegramConfig): Promise<Driver> {
  if (driver === 'telegraf') return (await import('./channels/telegram/telegraf.ts')).createTelegrafDriver(access);
  return (await import('./channels/telegram/grammy.ts')).createGrammyDriver(access);
}

function zalo(
  { token, apiRoot, mode, webhookSecret }: ZaloConfig,
  { publicUrl }: Config,
  needs: ChannelNeeds,
): Channel {
  const { store, clock, real } = needs;
  return createZaloChannel({
    client: createClient({ token, apiRoot }),
    ...{ mode, webhookSecret, publicUrl },
    pictures: {
      key: hashOf(`pictures/${token}`),
      shelf: { put: (base64) => store.pictures.put(base64, clock.now()), get: store.pictures.get },
      wall: real,
    },
    quota: {
      count: store.count,
      month: () => dayOf(clock.now()).slice(0, 7),
      alert: createAlert(store, clock.now, 'zalo'),
    },
    ...common(needs),
  });
}

const common = ({ store, clock, timers, log }: ChannelNeeds) => ({
  now: clock.now,
  lanes: createLanes(),
  storeAlive: () =>
    store.ping().then(
      () => true,
      () => false,
    ),
  ...{ timers, log },
});
