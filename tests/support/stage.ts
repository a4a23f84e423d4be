/**
 * A stage plays a transcript on one way into the bot: on the core alone, or over a channel and its local platform.
 * Messages of a place are read once each, in the order they arrived.
 */
import type { Config } from '../../bot/config.ts';
import type { SubmittedReport } from '../../bot/report/types.ts';

export interface Shown {
  /** Visible text, line by line. */
  text: string[];
  /** Labels of its choices, as buttons or numbers. */
  choices: string[];
}

export interface Stage {
  name: string;
  says(who: string, place: string | null, text: string): Promise<void>;
  /** Uses a choice of the last message by its label. */
  presses(who: string, place: string | null, label: string): Promise<void>;
  /** Replies to the bot's last message there; absent where a channel does not tell of it. */
  replies?(who: string, place: string | null, text: string): Promise<void>;
  /** Everything that arrived since it was last asked; waits until the bot is at rest. */
  arrived(place: string): Promise<Shown[]>;
  clockTo(instant: number): Promise<void>;
  restart(): Promise<void>;
  reports(): Promise<SubmittedReport[]>;
  end(): Promise<void>;
}

export const rehearsalConfig = (over: Partial<Config>): Config => ({
  databaseUrl: undefined,
  dataDir: 'memory://',
  host: '127.0.0.1',
  port: 0,
  publicUrl: undefined,
  telegram: null,
  zalo: null,
  coordinators: [],
  clockStart: null,
  clockRate: 1,
  clockGoesOn: false,
  logLevel: 'silent',
  rehearsal: true,
  ...over,
});
