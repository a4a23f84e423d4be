/** Plays every transcript. `UPDATE_TRANSCRIPTS=1` writes what the bot said into the files, for a person to review. */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coreStage } from './support/core-stage.ts';
import { writeBotLines } from './support/transcript.ts';
import { player, transcripts } from './support/transcripts.ts';

const play = player();

test.each(transcripts)('%s', async (_, place) => {
  const { source, played } = await play(place, coreStage);
  if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(place, writeBotLines(source, played.spoken));
  else expect(played.differences).toEqual([]);
});
