/** A real Chromium for tests of the page; where there is none, those tests are skipped and say so. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Null where no Chromium is installed. */
export const chromiumPath: string | null = PLACES.find((p) => existsSync(p)) ?? null;

/** To be put behind a suite's name. */
export const browserNote = chromiumPath ? '' : ` (skipped: no Chromium at ${PLACES.join(', ')})`;

export function launchBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('no Chromium is installed');
  return chromium.launch({ executablePath: chromiumPath, args: ARGS });
}
