/** Plays every transcript. `UPDATE_TRANSCRIPTS=1` writes what the bot said into the files, for a person to review. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantOf } from '../bot/language/calendar.ts';
import type { Store } from '../bot/store/port.ts';
import { coreStage } from './support/core-stage.ts';
import { openTestStore } from './support/database.ts';
import { playTranscript } from './support/play.ts';
import { telegramStage } from './support/telegram/stage.ts';
import { parseTranscript, writeBotLines } from './support/transcript.ts';
import { webStage } from './support/web-stage.ts';
import { testPlans } from './support/world.ts';
import { zaloStage } from './support/zalo/stage.ts';

const folder = path.join(import.meta.dirname, 'transcripts');
const files = readdirSync(folder).filter((f) => f.endsWith('.md'));

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.saveBook(testPlans.book);
});
afterAll(() => store.close());

async function play(file: string, open: typeof coreStage) {
  const source = readFileSync(path.join(folder, file), 'utf8');
  const transcript = parseTranscript(source);
  const [day, hour] = transcript.at.split(' ');
  const stage = await open(store, transcript, instantOf(day!, hour!));
  try {
    return { source, transcript, played: await playTranscript(transcript, stage) };
  } finally {
    await stage.end();
  }
}

test.each(files)('%s', async (file) => {
  const { source, played } = await play(file, coreStage);
  if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(path.join(folder, file), writeBotLines(source, played.spoken));
  else expect(played.differences).toEqual([]);
});

/** Over a channel every line must arrive, in order, and every choice must be usable; how lines are parted is its own affair. */
describe.each([
  ['Telegram on grammY', telegramStage],
  ['Telegram on Telegraf', ((...on) => telegramStage(...on, 'telegraf')) satisfies typeof coreStage],
  ['Zalo', zaloStage],
  ['web', webStage],
] as const)('over %s', (name, open) => {
  // Outside rehearsal the web chat has no groups.
  const playable = (file: string) => {
    const { rehearsal, cast } = parseTranscript(readFileSync(path.join(folder, file), 'utf8'));
    return name !== 'web' || rehearsal || ![...cast.keys()].some((who) => who.startsWith('Nhóm'));
  };
  test.each(files.filter(playable))('%s', async (file) => {
    expect((await play(file, open)).played.differences).toEqual([]);
  });
});
