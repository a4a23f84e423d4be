/** What the bot relies on in every channel, whatever its platform. A harness makes people of the platform speak and read. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Part } from '../../bot/channels/channel.ts';
import { partsOf } from '../../bot/channels/deliver.ts';
import type { Address, Event, Reply } from '../../bot/core/types.ts';
import { until } from '../support/telegram/timers.ts';

/** A message as a person reads it: marks of the platform resolved. */
export interface Read {
  text: string;
  /** Labels of buttons. */
  choices: string[];
  picture: boolean;
}

export type Who = 'an' | 'binh';

export interface ContractHarness {
  channel: Channel;
  /** Address of a person's private chat, which the bot may write to. */
  address(who: Who): Address;
  /** An address of this channel behind which there is nobody. */
  nowhere: Address;
  /** `receive` is what the bot does with each event; resolves when the channel is ready. */
  start(receive: (event: Event) => Promise<void>): Promise<void>;
  /** Stops it and makes a new one on the same platform, not started. */
  restart(): Promise<void>;
  says(who: Who, text: string): Promise<void>;
  presses(who: Who, label: string): Promise<void>;
  /** The platform offers what the person said last once more. */
  repeats(who: Who): Promise<void>;
  read(who: Who): Promise<Read[]>;
  /** The next message to be sent fails for a passing reason. */
  hiccup(): void;
  /** Lets time pass for a channel that keeps to a pace. */
  pass(ms: number): Promise<void>;
  /** Does what was said while the channel was stopped wait for it (or does its sender see that it failed)? */
  keepsWhatIsSaidMeanwhile: boolean;
  end(): Promise<void>;
}

export function channelContract(name: string, open: () => Promise<ContractHarness>): void {
  describe(`channel contract: ${name}`, () => {
    let h: ContractHarness;
    let events: Event[];
    let keys = 0;

    const receive = async (event: Event) => void events.push(event);
    const meta = () => ({ key: `k/${++keys}#0`, at: 1_000 * keys });
    const arrived = (n: number) => until(() => events.length >= n, `${n} events`);

    async function tell(who: Who, reply: Reply): Promise<void> {
      for (const part of partsOf(reply, h.channel.limits)) await sent(who, part);
    }
    async function sent(who: Who, part: Part): Promise<void> {
      const same = meta();
      for (;;) {
        const result = await h.channel.send(h.address(who), part, same);
        if (result.ok) return;
        if (!result.retryable || result.after === undefined) throw new Error(result.reason);
        await h.pass(result.after);
      }
    }

    beforeEach(async () => {
      events = [];
      h = await open();
    });
    afterEach(() => h.end());

    test('what people say arrives with ids of its own, their address and their chat', async () => {
      await h.start(receive);
      await h.says('an', 'nhiem vu cua don vi toi');
      await h.says('binh', 'Ai lo “bóng cười” <b>&amp; shisha</b>?');
      await arrived(2);
      const [first, second] = ['an', 'binh'].map((who) => events.find((e) => e.from === h.address(who as Who))!);
      expect(first).toMatchObject({ kind: 'said', text: 'nhiem vu cua don vi toi' });
      expect(second).toMatchObject({ kind: 'said', text: 'Ai lo “bóng cười” <b>&amp; shisha</b>?' });
      for (const event of events) {
        expect(event.id.startsWith(`${h.channel.id}:`)).toBe(true);
        expect(event.from.startsWith(`${h.channel.id}:`)).toBe(true);
        expect(event.chat).toMatchObject({ kind: 'private', addressed: true, address: event.from });
      }
      expect(new Set(events.map((e) => e.id)).size).toBe(2);
    });

    test('a repeated update keeps its id, and the same words said again get another', async () => {
      await h.start(receive);
      await h.says('an', '12');
      await arrived(1);
      await h.repeats('an');
      await arrived(2);
      await h.says('an', '12');
      await arrived(3);
      expect(events[1]!.id).toBe(events[0]!.id);
      expect(events[2]!.id).not.toBe(events[0]!.id);
    });

    test("one person's messages come in order, and a slow one holds up nobody else", async () => {
      let release = () => {};
      const slow = new Promise<void>((resolve) => {
        release = resolve;
      });
      const begun: string[] = [];
      const ended: string[] = [];
      const work = async (event: Event) => {
        const text = event.kind === 'said' ? event.text : '';
        begun.push(text);
        if (text === 'a1') await slow;
        ended.push(text);
      };
      const speak = () =>
        Promise.all([
          (async () => {
            for (const text of ['a1', 'a2', 'a3']) await h.says('an', text);
          })(),
          h.says('binh', 'b1'),
        ]);
      // A platform that keeps what is said hands all of it over at once.
      if (h.keepsWhatIsSaidMeanwhile) await speak();
      await h.start(work);
      const spoken = h.keepsWhatIsSaidMeanwhile ? null : speak();
      await until(() => ended.includes('b1') && begun.includes('a1'), 'b1 passes a1');
      expect(ended).toEqual(['b1']);
      release();
      await spoken;
      await until(() => ended.length === 4, 'everything is handled');
      expect(begun.filter((t) => t.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
      expect(ended).toEqual(['b1', 'a1', 'a2', 'a3']);
    });

    test('signs and letters arrive as they are, composed or not', async () => {
      await h.start(receive);
      await h.says('an', '/start');
      await arrived(1);
      const texts = [
        'a < b && c > d; <b>không đậm</b> &lt;&amp;&quot; "nháy" \'đơn\'',
        'ẮẰẲẴẶ ẤẦẨẪẬ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ ÝỲỶỸỴ đĐ',
        'ắằẳẵặ ấầẩẫậ ếềểễệ'.normalize('NFD'),
        '😀 👩‍👩‍👧 *sao* _gạch_ [ngoặc](https://example.vn) `mã`',
      ];
      for (const as of ['text', 'title', 'quote', 'note'] as const)
        await tell('an', { text: texts.map((text) => ({ as, text })) });
      const read = await h.read('an');
      expect(read).toHaveLength(4);
      for (const message of read) for (const text of texts) expect(message.text).toContain(text);
    });

    test('a long text arrives whole and in order', async () => {
      await h.start(receive);
      await h.says('an', '/start');
      await arrived(1);
      const lines = Array.from({ length: 900 }, (_, i) => `${i + 1}. Tổ chức tuyên truyền tại phường số ${i + 1}.`);
      await tell('an', { text: [{ as: 'quote', text: lines.join('\n') }] });
      const read = await h.read('an');
      expect(read.length).toBeGreaterThan(1);
      for (const { text } of read) expect(text.length).toBeLessThanOrEqual(h.channel.limits.text);
      expect(read.flatMap((r) => r.text.split('\n'))).toEqual(lines);
    });

    test('a choice is used by its button or by typing, and says which it was', async () => {
      await h.start(receive);
      await h.says('an', '/start');
      await arrived(1);
      const choices = [
        { token: '0123456789a0', label: 'Nhiệm vụ' },
        { token: '0123456789a1', label: 'Bỏ qua <1>' },
        { token: '0123456789a2', label: 'Hủy' },
      ];
      await tell('an', { text: [{ as: 'text', text: 'Chọn' }], choices });
      const [message] = await h.read('an');
      const buttons = h.channel.limits.choices.max > 0;
      if (buttons) {
        expect(message!.choices).toEqual(choices.map((c) => c.label));
        for (const [i, choice] of choices.entries()) {
          await h.presses('an', choice.label);
          await arrived(2 + i);
          expect(events.at(-1)).toMatchObject({ kind: 'chose', token: choice.token, from: h.address('an') });
        }
      } else for (const [i, c] of choices.entries()) expect(message!.text).toContain(`${i + 1}. ${c.label}`);
      const before = events.length;
      for (const typed of ['2', 'Bỏ qua <1>']) await h.says('an', typed);
      await arrived(before + 2);
      expect(events.slice(before)).toMatchObject([
        { kind: 'said', text: '2' },
        { kind: 'said', text: 'Bỏ qua <1>' },
      ]);
    });

    test('as many choices as it declares can be sent, with labels as long', async () => {
      const { max, label } = h.channel.limits.choices;
      if (max === 0) return expect(label).toBe(0);
      await h.start(receive);
      await h.says('an', '/start');
      await arrived(1);
      const choices = Array.from({ length: max }, (_, i) => ({
        token: `0123456789${i.toString(36)}`,
        label: `${i + 1} ${'ữ'.repeat(label)}`.slice(0, label),
      }));
      await tell('an', { text: [{ as: 'text', text: 'Chọn' }], choices });
      expect((await h.read('an')).at(-1)!.choices).toEqual(choices.map((c) => c.label));
    });

    test('a picture is shown with its words', async () => {
      if (!h.channel.limits.pictures) return expect(h.channel.limits.caption).toBe(0);
      await h.start(receive);
      await h.says('an', '/start');
      await arrived(1);
      await tell('an', {
        text: [{ as: 'title', text: 'Ngày 10/30 <&>' }],
        picture: { name: 'tiến độ.png', mediaType: 'image/png', alt: '12 trong 139', base64: ONE_PIXEL },
      });
      const read = await h.read('an');
      expect(read.some((r) => r.picture)).toBe(true);
      expect(read.map((r) => r.text).join('')).toContain('Ngày 10/30 <&>');
    });

    test('an address behind which there is nobody is given up', async () => {
      await h.start(receive);
      const part: Part = { text: [{ as: 'text', text: 'x' }], choices: [] };
      const elsewhere = h.channel.id === 'telegram' ? 'web:x' : 'telegram:1';
      for (const to of [h.nowhere, elsewhere] as Address[])
        expect(await h.channel.send(to, part, meta())).toMatchObject({ ok: false, retryable: false });
    });

    test('a passing trouble of the platform is told from a lasting one, and the next try succeeds', async () => {
      await h.start(receive);
      await h.says('an', '/start');
      await arrived(1);
      const part: Part = { text: [{ as: 'text', text: 'đúng một lần' }], choices: [] };
      const same = meta();
      h.hiccup();
      expect(await h.channel.send(h.address('an'), part, same)).toMatchObject({ ok: false, retryable: true });
      expect(await h.channel.send(h.address('an'), part, same)).toMatchObject({ ok: true });
      expect((await h.read('an')).map((r) => r.text)).toEqual(['đúng một lần']);
    });

    test('after a restart it goes on: nothing is lost, nothing that was stored comes again', async () => {
      await h.start(receive);
      await h.says('an', 'trước');
      await arrived(1);
      await h.restart();
      if (h.keepsWhatIsSaidMeanwhile) await h.says('an', 'trong lúc nghỉ');
      await h.start(receive);
      await h.says('an', 'sau');
      await until(() => events.some((e) => e.kind === 'said' && e.text === 'sau'), 'the last message arrives');
      const texts = events.map((e) => (e.kind === 'said' ? e.text : ''));
      expect(texts).toEqual(h.keepsWhatIsSaidMeanwhile ? ['trước', 'trong lúc nghỉ', 'sau'] : ['trước', 'sau']);
    });

    test('its health is told in a sentence', async () => {
      await h.start(receive);
      await until(() => h.channel.health().ok, 'healthy');
      await h.channel.stop();
      expect(h.channel.health().ok).toBe(false);
      expect(h.channel.health().detail).toMatch(/\p{L}{3,}/u);
    });
  });
}

export const ONE_PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
