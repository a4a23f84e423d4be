/** The tables of the Telegram channel: what an error means, and how fast may be sent. */
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../bot/channels/telegram/driver.ts';
import { isThreadGone, isUnparsable, sentOf } from '../../bot/channels/telegram/errors.ts';
import { createPace } from '../../bot/channels/telegram/pace.ts';
import { backoffMs } from '../../bot/channels/timers.ts';

const refused = (code: number, description: string, more: object = {}): Failure => ({
  kind: 'refused',
  code,
  description,
  ...more,
});

describe('an error', () => {
  test.each<[Failure, object]>([
    [refused(429, 'Too Many Requests: retry after 7', { retryAfterSeconds: 7 }), { retryable: true, after: 7_000 }],
    [refused(403, 'Forbidden: bot was blocked by the user'), { retryable: false }],
    [refused(403, 'Forbidden: bot was kicked from the supergroup chat'), { retryable: false }],
    [refused(403, 'Forbidden: user is deactivated'), { retryable: false }],
    [refused(403, "Forbidden: bot can't initiate conversation with a user"), { retryable: false }],
    [refused(400, 'Bad Request: chat not found'), { retryable: false }],
    [refused(400, 'Bad Request: message is too long'), { retryable: false }],
    [refused(400, 'Bad Request: BUTTON_DATA_INVALID'), { retryable: false }],
    [
      refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', { movedTo: -1001 }),
      { retryable: true, after: 0, movedTo: 'telegram:-1001' },
    ],
    [refused(401, 'Unauthorized'), { retryable: true, after: 1_800_000 }],
    [refused(404, 'Not Found'), { retryable: true, after: 1_800_000 }],
    [refused(409, 'Conflict'), { retryable: true }],
    [refused(413, 'Request Entity Too Large'), { retryable: false }],
    [refused(500, 'Internal Server Error'), { retryable: true }],
    [refused(502, 'Bad Gateway'), { retryable: true }],
    [{ kind: 'unreached', reason: 'ECONNREFUSED' }, { retryable: true }],
  ])('%j', (failure, means) => {
    const sent = sentOf(failure);
    expect(sent).toMatchObject({ ok: false, ...means });
    for (const name of ['after', 'movedTo']) if (!(name in means)) expect(sent).not.toHaveProperty(name);
  });

  test('an edit that changes nothing has succeeded', () => {
    expect(sentOf(refused(400, 'Bad Request: message is not modified'))).toMatchObject({ ok: true });
  });

  test('marks and topics that are refused are recognised', () => {
    expect(isUnparsable(refused(400, "Bad Request: can't parse entities: Unsupported start tag"))).toBe(true);
    expect(isUnparsable(refused(400, 'Bad Request: chat not found'))).toBe(false);
    expect(isThreadGone(refused(400, 'Bad Request: message thread not found'))).toBe(true);
    expect(isThreadGone(refused(400, 'Bad Request: TOPIC_CLOSED'))).toBe(true);
    expect(isThreadGone({ kind: 'unreached', reason: 'TOPIC_CLOSED' })).toBe(false);
  });
});

test('waits between tries grow to a minute', () => {
  expect([0, 1, 2, 5, 6, 30].map(backoffMs)).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
});

describe('the pace', () => {
  const ASK = 0;
  function start() {
    let now = 0;
    const pace = createPace(() => now);
    const pass = (ms: number) => {
      now += ms;
    };
    return { pace, pass };
  }

  test('lets three messages into a chat at once, then one a second', () => {
    const { pace, pass } = start();
    expect([1, 1, 1, 1].map((chat) => pace.take(chat, ASK))).toEqual([0, 0, 0, 1_000]);
    pass(999);
    expect(pace.take(1, ASK)).toBe(1);
    pass(1);
    expect([1, 1].map((chat) => pace.take(chat, ASK))).toEqual([0, 1_000]);
    pass(10_000);
    expect([1, 1, 1, 1].map((chat) => pace.take(chat, ASK))).toEqual([0, 0, 0, 1_000]);
  });

  test('takes a place ahead only when the wait is short enough', () => {
    const { pace, pass } = start();
    for (let i = 0; i < 3; i++) pace.take(1, ASK);
    expect([999, 1_000, 1_000, 1_000].map((most) => pace.take(1, most))).toEqual([1_000, 1_000, 2_000, 2_000]);
    pass(1_000);
    expect(pace.take(1, 1_000)).toBe(1_000);
  });

  test('lets twenty messages a minute into a group', () => {
    const { pace, pass } = start();
    let sent = 0;
    for (let second = 0; second < 60; second++, pass(1_000)) if (pace.take(-5, ASK) === 0) sent++;
    expect(sent).toBe(20);
    pass(1_000);
    expect(pace.take(-5, ASK)).toBe(0);
  });

  test('sends at most 30 in any second overall, to whomever, spread over it', () => {
    const { pace } = start();
    const at = Array.from({ length: 300 }, (_, chat) => pace.take(chat + 1, 60_000));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    for (const [i, from] of at.entries()) {
      expect(at.filter((t) => t >= from && t < from + 1_000).length).toBeLessThanOrEqual(30);
      if (at[i + 4] !== undefined) expect(at[i + 4]! - from).toBeGreaterThanOrEqual(110);
    }
    // 300 messages take little longer than Telegram's own thirty a second would.
    expect(at.at(-1)! / 10_000).toBeLessThan(1.04);
  });

  test('a message that left late pushes those after it, so that no second holds too many', () => {
    const { pace, pass } = start();
    const left: number[] = [];
    let now = 0;
    for (let chat = 1; chat <= 120; chat++) {
      const wait = pace.take(chat, 60_000);
      // Every tenth is held up by a busy machine.
      const late = chat % 10 === 1 ? 80 : 0;
      pass(wait + late);
      now += wait + late;
      pace.mark(chat);
      left.push(now);
    }
    for (const from of left) expect(left.filter((t) => t >= from && t < from + 1_000).length).toBeLessThanOrEqual(30);
  });

  test('is silent in the chat that was told so, and only there', () => {
    const { pace, pass } = start();
    pace.hush(1, 7_000);
    expect(pace.take(1, ASK)).toBe(7_000);
    expect(pace.take(2, ASK)).toBe(0);
    pass(7_000);
    expect(pace.take(1, ASK)).toBe(0);
  });

  test('forgets chats that were quiet, not those it must still hold back', () => {
    const { pace, pass } = start();
    pace.hush(1, 3_600_000);
    for (let chat = 2; chat < 5_000; chat++, pass(40)) expect(pace.take(chat, ASK)).toBe(0);
    expect(pace.take(1, ASK)).toBeGreaterThan(3_000_000);
  });
});
