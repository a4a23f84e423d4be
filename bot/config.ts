/** The bot's settings, read once from the environment; one clear error names every wrong variable. `.env.example` documents each. */
import { z } from 'zod';
import type { Address } from './core/types.ts';

const optional = z
  .string()
  .trim()
  .transform((s) => s || undefined)
  .optional();
const url = z.url({ protocol: /^https?$/, error: 'phải là địa chỉ http(s)' });
const optionalUrl = optional.pipe(url.optional());
const number = (error: string) => z.coerce.number<string | undefined>({ error });
const WEBHOOK_SECRET = /^[A-Za-z0-9_-]{1,256}$/;
const ZALO_SECRET = /^[\x21-\x7e]{8,256}$/;
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const mode = optional
  .pipe(z.enum(['polling', 'webhook'], { error: 'phải là polling hoặc webhook' }).optional())
  .default('polling');

const Environment = z
  .object({
    DATABASE_URL: optional.pipe(
      z.url({ protocol: /^postgres(ql)?$/, error: 'phải có dạng postgresql://người:mật-khẩu@máy:5432/tên' }).optional(),
    ),
    DATA_DIR: optional.default('./data'),
    HOST: optional.default('127.0.0.1'),
    PORT: optional.pipe(number('phải là số từ 0 đến 65535').int().min(0).max(65535).optional()).default(3000),
    PUBLIC_URL: optionalUrl,
    TELEGRAM_BOT_TOKEN: optional.pipe(
      z
        .string()
        .regex(/^\d+:[\w-]+$/, { error: 'không giống mã của @BotFather (số:chữ)' })
        .optional(),
    ),
    TELEGRAM_API_ROOT: optionalUrl,
    TELEGRAM_DRIVER: optional
      .pipe(z.enum(['grammy', 'telegraf'], { error: 'phải là grammy hoặc telegraf' }).optional())
      .default('grammy'),
    TELEGRAM_MODE: mode,
    TELEGRAM_WEBHOOK_SECRET: optional.pipe(
      z.string().regex(WEBHOOK_SECRET, { error: 'chỉ gồm 1–256 ký tự A-Z a-z 0-9 _ -' }).optional(),
    ),
    ZALO_BOT_TOKEN: optional.pipe(
      z
        .string()
        .regex(/^\d+:[^\s/]+$/, { error: 'không giống mã của Zalo Bot Creator (số:chữ)' })
        .optional(),
    ),
    ZALO_API_ROOT: optionalUrl,
    ZALO_MODE: mode,
    ZALO_WEBHOOK_SECRET: optional.pipe(
      z.string().regex(ZALO_SECRET, { error: 'phải có 8–256 ký tự, không dấu, không khoảng trắng' }).optional(),
    ),
    COORDINATORS: optional.transform((s, context) => {
      const addresses = (s ?? '')
        .split(',')
        .map((a) => a.trim())
        .filter(Boolean);
      for (const a of addresses)
        if (!/^(telegram|zalo|web):\S+$/.test(a))
          context.addIssue({ code: 'custom', message: `"${a}" phải có dạng telegram:1001` });
      return addresses as Address[];
    }),
    CLOCK_START: optional.pipe(
      z.iso
        .datetime({ offset: true, error: 'phải là thời điểm ISO, ví dụ 2026-06-10T07:29:00+07:00' })
        .transform((s) => Date.parse(s))
        .optional(),
    ),
    CLOCK_RATE: optional.pipe(number('phải là số').min(1).max(100_000).optional()).default(1),
    LOG_LEVEL: optional
      .pipe(z.enum(LEVELS, { error: `phải là một trong: ${LEVELS.join(', ')}` }).optional())
      .default('info'),
  })
  .check((context) => {
    const v = context.value;
    const need = (path: string, message: string) =>
      context.issues.push({ code: 'custom', input: v, path: [path], message });
    for (const name of ['TELEGRAM', 'ZALO'] as const) {
      if (!v[`${name}_BOT_TOKEN`] || v[`${name}_MODE`] !== 'webhook') continue;
      for (const path of ['PUBLIC_URL', `${name}_WEBHOOK_SECRET`] as const)
        if (!v[path]) need(path, `cần có khi ${name}_MODE=webhook`);
    }
  });

export interface Config {
  databaseUrl: string | undefined;
  dataDir: string;
  host: string;
  port: number;
  publicUrl: string | undefined;
  telegram: TelegramConfig | null;
  zalo: ZaloConfig | null;
  coordinators: Address[];
  /** Null: real time. */
  clockStart: number | null;
  clockRate: number;
  /** Rehearsal without CLOCK_START: a restart goes on from where the clock was. */
  clockGoesOn: boolean;
  logLevel: string;
  /** No channel's token and no PUBLIC_URL: sample officers, a switch between persons, a clock of its own. */
  rehearsal: boolean;
}

export interface TelegramConfig {
  token: string;
  apiRoot: string | undefined;
  /** The library; the channel and its addresses are the same with either. */
  driver: 'grammy' | 'telegraf';
  mode: 'polling' | 'webhook';
  webhookSecret: string | undefined;
}

export interface ZaloConfig {
  token: string;
  apiRoot: string | undefined;
  mode: 'polling' | 'webhook';
  webhookSecret: string | undefined;
}

/** Where the rehearsal's clock begins: 10/6/2026, 08:00 in Hải Phòng. */
const REHEARSAL_START = Date.parse('2026-06-10T08:00:00+07:00');

/** @throws Error whose message names every wrong variable, in Vietnamese. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${i.path.join('.') || 'cấu hình'}: ${i.message}`);
    throw new Error(`Cấu hình chưa đúng, xem .env.example:\n${lines.join('\n')}`);
  }
  const v = parsed.data;
  const rehearsal = !v.TELEGRAM_BOT_TOKEN && !v.ZALO_BOT_TOKEN && !v.PUBLIC_URL;
  return {
    databaseUrl: v.DATABASE_URL,
    dataDir: v.DATA_DIR,
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL,
    telegram: v.TELEGRAM_BOT_TOKEN
      ? {
          token: v.TELEGRAM_BOT_TOKEN,
          apiRoot: v.TELEGRAM_API_ROOT,
          driver: v.TELEGRAM_DRIVER,
          mode: v.TELEGRAM_MODE,
          webhookSecret: v.TELEGRAM_WEBHOOK_SECRET,
        }
      : null,
    zalo: v.ZALO_BOT_TOKEN
      ? {
          token: v.ZALO_BOT_TOKEN,
          apiRoot: v.ZALO_API_ROOT,
          mode: v.ZALO_MODE,
          webhookSecret: v.ZALO_WEBHOOK_SECRET,
        }
      : null,
    coordinators: v.COORDINATORS,
    clockStart: v.CLOCK_START ?? (rehearsal ? REHEARSAL_START : null),
    clockRate: v.CLOCK_RATE,
    clockGoesOn: rehearsal && v.CLOCK_START === undefined,
    logLevel: v.LOG_LEVEL,
    rehearsal,
  };
}
