/** What pg takes for its socket: what it writes goes to the engine, what the engine answers it reads. */
import { Duplex } from 'node:stream';
import type { Engine } from './engine.ts';

export function createWire(engine: Pick<Engine, 'exec'>): Duplex {
  function forward(chunks: Uint8Array[], done: (error?: Error | null) => void): void {
    engine.exec(Buffer.concat(chunks)).then(
      (answer) => {
        if (!wire.destroyed && answer.length > 0) wire.push(answer);
        done();
      },
      (error: Error) => done(error),
    );
  }
  const wire = new Duplex({
    read() {},
    write: (chunk: Uint8Array, _encoding, done) => forward([chunk], done),
    // All messages of a query together.
    writev: (chunks, done) =>
      forward(
        chunks.map(({ chunk }) => chunk),
        done,
      ),
    final(done) {
      wire.push(null);
      done();
    },
  });
  const itself = () => wire;
  return Object.assign(wire, {
    connect() {
      process.nextTick(() => wire.emit('connect'));
      return wire;
    },
    ...{ setNoDelay: itself, setKeepAlive: itself, ref: itself, unref: itself },
  });
}
