/** `npm run bench [-- NAME]`: measures, prints each figure beside its reference or limit of the same run. */
import path from 'node:path';
import { benchPicture, PICTURE_LIMITS } from '../export/bench.ts';
import { createPlanIndex } from '../plan/index.ts';
import { loadBook } from '../plan/load.ts';
import { root } from '../root.ts';
import { benchStart, START_LIMITS } from './bench-start.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
const ratio = (value: number, reference: number) => `${(value / reference).toFixed(2)} ×`;
const verdict = (value: number, limit: number) => (value <= limit ? 'within' : 'OVER');

/** Of the updates a second that a bare bot answers. */
const CHANNEL_AIM = 0.5;

const benches: Record<string, () => Promise<void>> = {
  async start() {
    const r = await benchStart();
    print(`start: bare PGlite, reference          create ${ms(r.bareCreate)}, open ${ms(r.bareOpen)}`);
    const { firstMs, laterMs, memoryBytes } = START_LIMITS;
    print(
      `start: first start to first answer     ${ms(r.first)} = ${ratio(r.first, r.bareCreate)} bare, ${verdict(r.first, firstMs)} ${ms(firstMs)}`,
    );
    print(
      `start: later start to first answer     ${ms(r.later)} = ${ratio(r.later, r.bareOpen)} bare, ${verdict(r.later, laterMs)} ${ms(laterMs)}`,
    );
    print(`start: question to answer, median      ${ms(r.answer)}`);
    if (r.memory === null) print('start: memory                          not told by this system');
    else
      print(
        `start: memory after 300 questions      ${mib(r.memory)}, ${verdict(r.memory, memoryBytes)} ${mib(memoryBytes)}`,
      );
  },
  async delivery() {
    // The local Telegram stands with the tests: a checkout has it, a built copy does not.
    const { benchDelivery, DELIVERY_LIMITS } = await import('../../tests/bench/delivery.ts');
    for (const [share, limit] of [
      [0, DELIVERY_LIMITS.plain],
      [0.05, DELIVERY_LIMITS.faulty],
    ] as const) {
      const r = await benchDelivery(1_000, share);
      print(
        `delivery: ${r.groups} groups, ${share * 100} % faults    ${r.seconds.toFixed(1)} s = ${ratio(r.seconds, r.least)} the limit's own ${r.least.toFixed(1)} s, ${verdict(r.seconds / r.least, limit)} ${limit} ×`,
      );
      print(
        `delivery: ${r.injected} faults injected, ${r.tooFast} refused as too fast; lost ${r.lost}, doubled ${r.doubled}, doubled because an answer was lost ${r.doubledByLostAnswer}`,
      );
    }
  },
  async channels() {
    // As above: the local platforms stand with the tests.
    const { benchChannel, CHANNEL_NAMES } = await import('../../tests/bench/channels.ts');
    for (const name of CHANNEL_NAMES) {
      // As many as there may be officers, all writing at once; Zalo's month has no more than 3,000 messages.
      const r = await (name === 'zalo' ? benchChannel(name, 100, 20, 7) : benchChannel(name, 400, 10, 7));
      const aim = r.ratio >= CHANNEL_AIM ? 'within' : 'BELOW';
      print(
        `channels: ${r.channel.padEnd(22)} ${r.perSecond.toFixed(0)} updates/s stored and answered = ${r.ratio.toFixed(2)} × a bare bot's ${r.barePerSecond.toFixed(0)}, ${aim} ${CHANNEL_AIM} ×`,
      );
      print(
        `channels: ${r.channel.padEnd(22)} ${r.reply.toFixed(1)} ms to a lone answer = ${(r.reply / r.bareReply).toFixed(1)} × a bare bot's ${r.bareReply.toFixed(1)}`,
      );
    }
  },
  async questions() {
    const { benchQuestions } = await import('./bench-questions.ts');
    for (const line of benchQuestions()) print(line);
  },
  async picture() {
    const plans = createPlanIndex(loadBook(path.join(root, 'prisma/plans')));
    const r = await benchPicture(plans, () => performance.now());
    const { ms: most, bytes } = PICTURE_LIMITS;
    print(
      `picture: first ${ms(r.first)}, median ${ms(r.median)}, worst ${ms(r.worst)}; ${verdict(r.worst, most)} ${ms(most)}`,
    );
    print(`picture: ${(r.bytes / 1000).toFixed(0)} kB; ${verdict(r.bytes, bytes)} ${(bytes / 1000).toFixed(0)} kB`);
  },
};

const [which] = process.argv.slice(2);
const chosen = which ? [which] : Object.keys(benches);
for (const name of chosen) {
  const bench = benches[name];
  if (bench) await bench();
  else {
    print(`npm run bench [-- ${Object.keys(benches).join(' | ')}]`);
    process.exitCode = 2;
  }
}
