/** Starts the bot from the environment and stops it cleanly. */
import { randomBytes } from 'node:crypto';
import { startApp } from './app.ts';
import { readConfig } from './config.ts';
import { say } from './text/say.ts';
import { firstCode } from './work/first-code.ts';
import { createLog } from './work/log.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const app = await startApp(config, log);
  log.info({ url: app.url, rehearsal: config.rehearsal }, 'Trực Ban is on duty');
  if (config.rehearsal) process.stdout.write(`\nTrực Ban đang DIỄN TẬP. Mở trang ${app.url}\n\n`);
  else {
    const code = await firstCode(app.store, () => randomBytes(16).toString('hex'), app.clock.now());
    // To whoever stands at the machine, never to the log.
    if (code) process.stdout.write(`\n${say('start:firstCode', { code, url: config.publicUrl ?? app.url })}\n\n`);
  }

  let stopping = false;
  const stop = async (signal: string) => {
    // A second signal does not wait.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    await app.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
