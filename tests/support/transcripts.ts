/** Playing the transcripts: what their tests share. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf } from '../../bot/language/calendar.ts';
import type { Store } from '../../bot/store/port.ts';
import type { coreStage } from './core-stage.ts';
import { openTestStore } from './database.ts';
import { playTranscript } from './play.ts';
import { parseTranscript } from './transcript.ts';
import { testPlans } from './world.ts';

const folder = path.join(import.meta.dirname, '..', 'transcripts');
/** Of each its name and its place. */
export const transcripts = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => [file, path.join(folder, file)] as const);

/** @returns plays a transcript on a store that all tests of the file share */
export function player() {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
    await store.saveBook(testPlans.book);
  });
  afterAll(() => store.close());
  return async (place: string, open: typeof coreStage) => {
    const source = readFileSync(place, 'utf8');
    const transcript = parseTranscript(source);
    const [day, hour] = transcript.at.split(' ');
    const stage = await open(store, transcript, instantOf(day!, hour!));
    try {
      return { source, played: await playTranscript(transcript, stage) };
    } finally {
      await stage.end();
    }
  };
}

/**
 * Over a channel every line must arrive, in order, and every choice must be usable; how lines are parted is its own
 * affair. Each channel has a test file of its own, so that they run side by side.
 * @param groups whether the channel has groups outside rehearsal
 */
export function playOver(open: typeof coreStage, groups: boolean): void {
  const play = player();
  const playable = ([, place]: readonly [string, string]) => {
    const { rehearsal, cast } = parseTranscript(readFileSync(place, 'utf8'));
    return groups || rehearsal || ![...cast.keys()].some((who) => who.startsWith('Nhóm'));
  };
  test.each(transcripts.filter(playable))('%s', async (_, place) => {
    expect((await play(place, open)).played.differences).toEqual([]);
  });
}
