/** What the stages over a real channel share: the whole app on a given store, with a clock that stands still. */
import { type App, startApp } from '../../bot/app.ts';
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

export async function appStage(store: Store, config: Config, timers: Timers): Promise<AppStage> {
  const chance = sequence();
  const lasting = { ...store, close: async () => {} };
  let at = config.clockStart!;
  const start = () =>
    startApp({ ...config, clockStart: at }, createLog('silent'), {
      open: async () => lasting,
      real: () => 0,
      chance,
      timers,
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
