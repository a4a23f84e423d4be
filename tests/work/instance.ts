/** One instance of the bot on a shared server: says each key as a platform takes it; a line on its input lets an hour pass. */
import { createInterface } from 'node:readline';
import { createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLog } from '../../bot/work/log.ts';
import { openStoreOn } from '../support/database.ts';
import { recordingChannel } from '../support/recording-channel.ts';
import { sequence, testPlans, testReader, testRules, testTalks } from '../support/world.ts';

const [url = '', begins = ''] = process.argv.slice(2);
const store = await openStoreOn({ url, dataDir: 'memory://' });
const clock = createClock(Number(begins), 1, Date.now);
const channel = recordingChannel(async (_to, _part, { key }) => {
  process.stdout.write(`${key}\n`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return undefined;
});
const bot = createBot({
  ...{ store, clock, channels: [channel], chance: sequence(), rehearsal: false, log: createLog('silent') },
  ...{ plans: testPlans, reader: testReader, rules: testRules, talks: testTalks() },
});
await bot.start();
process.stdout.write('ready\n');
for await (const _line of createInterface(process.stdin)) {
  clock.jumpTo(clock.now() + 3_600_000);
  void bot.tick();
}
