/** `npm run rehearse [-- SEED]`: the campaign from 1/6 to 5/7 in minutes; digests as pictures in `data/rehearsal/`, then a table. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fold } from '../language/fold.ts';
import { root } from '../root.ts';
import { openStore } from '../store/open.ts';
import { runCampaign } from './campaign.ts';
import { learn } from './learnt.ts';

const seed = Number(process.argv[2] ?? 2026);
if (!Number.isInteger(seed)) {
  process.stderr.write('npm run rehearse [-- SEED]\n');
  process.exit(2);
}
const folder = path.join(root, 'data/rehearsal');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const print = (line: string) => process.stdout.write(`${line}\n`);
const began = performance.now();
print(`rehearsal of 1/6-5/7/2026, seed ${seed}`);
const store = await openStore({ dataDir: 'memory://' });
let pictures = 0;
const tally = await runCampaign({
  ...{ store, learnt: learn(), from: '2026-06-01', to: '2026-07-05', groups: 160, seed },
  progress(done, of) {
    const bar = '#'.repeat(Math.round((done / of) * 30)).padEnd(30, '.');
    process.stdout.write(`\r[${bar}] day ${done}/${of}${done === of ? '\n' : ''}`);
  },
  picture(day, scope, { base64 }) {
    pictures += 1;
    writeFileSync(
      path.join(folder, `${day}-${fold(scope).replace(/[^a-z0-9]+/g, '-')}.png`),
      Buffer.from(base64, 'base64'),
    );
  },
});
await store.close();

const rows: [string, number][] = [
  ['units', tally.units],
  ['groups', tally.groups],
  ['days', tally.days],
  ['reports handed in', tally.reports],
  ['digests due', tally.due],
  ['digests sent', tally.sent],
  ['  of these late, and marked so', tally.late],
  ['  doubled', tally.doubled],
  ['  lost', tally.lost],
  ['left out: asleep until midnight', tally.slept],
  ['reminders in private', tally.reminders],
  ['  doubled', tally.remindersDoubled],
  ['sends refused and tried again', tally.refused],
];
for (const [name, count] of rows) print(`${name.padEnd(34)}${String(count).padStart(7)}`);
print(
  `${pictures} pictures in ${path.relative(process.cwd(), folder)}/, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
if (tally.doubled + tally.lost + tally.remindersDoubled > 0) process.exitCode = 1;
