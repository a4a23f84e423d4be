/**
 * A process that says which rows it found, then writes rows and says which are acknowledged, until it is killed (see
 * durability.test.ts).
 */
import { openStoreOn } from '../support/database.ts';
import { now, saying } from './contract/things.ts';

const [dataDir = '', round = ''] = process.argv.slice(2);
const store = await openStoreOn({ dataDir });
for (const key of await store.sentKeys('')) process.stdout.write(`found ${key}\n`);
for (let n = 0; ; n++) {
  const key = `${round}/${n}`;
  await store.transaction(async (tx) => {
    await tx.firstSight(key, now);
    await tx.send({ to: 'web:p1', key, reply: saying('x'.repeat(2_000)) }, now);
  });
  process.stdout.write(`${key}\n`);
}
