import { expect, test } from 'vitest';
import { readConfig } from '../bot/config.ts';

test('with nothing set the bot rehearses on loopback, at 08:00 on 10/6/2026', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ rehearsal: true, host: '127.0.0.1', port: 3000, dataDir: './data', clockRate: 1 });
  expect(new Date(config.clockStart!).toISOString()).toBe('2026-06-10T01:00:00.000Z');
});

test('an empty setting is no setting', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', TELEGRAM_BOT_TOKEN: '', CLOCK_START: '' })).toEqual(readConfig({}));
});

test.each([{ TELEGRAM_BOT_TOKEN: '1:abc' }, { ZALO_BOT_TOKEN: '1:abc' }, { PUBLIC_URL: 'https://trucban.example' }])(
  '%o ends rehearsal and lives in real time',
  (env) => {
    expect(readConfig(env)).toMatchObject({ rehearsal: false, clockStart: null });
  },
);

test('every wrong variable is named in one error', () => {
  const wrong = {
    PORT: '70000',
    DATABASE_URL: 'mysql://x',
    PUBLIC_URL: 'trucban',
    TELEGRAM_BOT_TOKEN: 'token',
    TELEGRAM_DRIVER: 'curl',
    TELEGRAM_MODE: 'push',
    ZALO_BOT_TOKEN: 'token',
    ZALO_MODE: 'push',
    ZALO_WEBHOOK_SECRET: 'ngắn',
    CLOCK_START: 'hôm nay',
    CLOCK_RATE: 'nhanh',
    COORDINATORS: 'telegram:1, bob',
    LOG_LEVEL: 'loud',
  };
  const tell = () => readConfig(wrong);
  for (const name of Object.keys(wrong)) expect(tell).toThrow(name);
});

test.each(['TELEGRAM', 'ZALO'])("%s's webhook needs a public address and a secret, and the error says so", (name) => {
  const tell = () => readConfig({ [`${name}_BOT_TOKEN`]: '1:abc', [`${name}_MODE`]: 'webhook' });
  expect(tell).toThrow(/PUBLIC_URL/);
  expect(tell).toThrow(new RegExp(`${name}_WEBHOOK_SECRET`));
});

test('coordinators are a list of addresses', () => {
  expect(readConfig({ COORDINATORS: 'telegram:1001, web:ab ,' }).coordinators).toEqual(['telegram:1001', 'web:ab']);
});
