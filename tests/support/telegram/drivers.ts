/** Both libraries, so that one suite runs on each. */
import type { Driver } from '../../../bot/channels/telegram/driver.ts';
import { createGrammyDriver } from '../../../bot/channels/telegram/grammy.ts';
import { createTelegrafDriver } from '../../../bot/channels/telegram/telegraf.ts';

export type DriverName = 'grammy' | 'telegraf';

export const DRIVERS: Record<DriverName, (access: { token: string; apiRoot?: string }) => Driver> = {
  grammy: createGrammyDriver,
  telegraf: createTelegrafDriver,
};
export const DRIVER_NAMES = Object.keys(DRIVERS) as DriverName[];
