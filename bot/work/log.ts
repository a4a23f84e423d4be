/** Structured log lines on standard error; never a token, a message text or personal data. */
import { type Logger, pino } from 'pino';

export type Log = Logger;

export const createLog = (level: string): Log => pino({ level, base: null }, pino.destination(2));
