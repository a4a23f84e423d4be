/** The thread that reads one file and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { readFile } from './read.ts';

const { bytes, name } = workerData as { bytes: Uint8Array; name: string };
parentPort!.postMessage(await readFile(bytes, name));
