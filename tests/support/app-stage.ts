/** What the stages over a real channel share: the whole app on a given store, with a clock that stands still. */
import { type App, type Known, readKnown, startApp } from '../../bot/app.ts';
import type { Timers } from '../../bot/channels/timers.ts';
import type { Config } from '../../bot/config.ts';
import type { Store } from '../../bot/store/port.ts';
import { createLog } from '../../bot/work/log.ts';
import { sequence } from './world.ts';

export interface AppStage {
  app(): App;
  /** Stops the process's whole inside and starts it again on the same database. */
  restart(): Promise<void>;
}

let read: Known | undefined;
/** Read once for all tests of a file: it takes most of a start. */
const known = (): Known => (read ??= readKnown());

export async function appStage(store: Store, config: Config, timers: Timers): Promise<AppStage> {
  const chance = sequence();
  const lasting = { ...store, close: async () => {} };
  let at = config.clockStart!;
  const start = () =>
    startApp({ ...config, clockStart: at }, createLog('silent'), {
      open: async () => lasting,
      real: () => 0,
      ...{ chance, timers, known },
    });
  let app = await start();
  return {
    app: () => app,
    async restart() {
      at = app.clock.now();
      await app.stop();
      app = await start();
    },
  };
}
