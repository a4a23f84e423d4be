/** The benchmark's own run, small: everybody is answered on every channel, by the bot and by the bare one. */
import { expect, test } from 'vitest';
import { benchChannel, CHANNEL_NAMES } from './channels.ts';

test.each(CHANNEL_NAMES)(
  '%s',
  async (name) => {
    const figures = await benchChannel(name, 3, 2);
    expect(figures).toMatchObject({ channel: name, updates: 6 });
    expect(figures.perSecond).toBeGreaterThan(0);
    expect(figures.ratio).toBeCloseTo(figures.perSecond / figures.barePerSecond);
  },
  120_000,
);
