/**
 * Keeps to Telegram's sending limits, so that it need not enforce them: some 30 messages a second overall, 1 a second in
 * a chat with short bursts, 20 a minute in a group (core.telegram.org/bots/faq). Times in ms.
 */
export interface Pace {
  /**
   * How long a message to a chat must wait. Its place is taken when that is at most `most`, otherwise it must ask again.
   * Groups have negative ids.
   */
  take(chat: number, most: number): number;
  /**
   * The message of a chat whose place was taken leaves now, maybe later than promised, or is answered now: those after it
   * count from now, for it may have reached Telegram no earlier.
   */
  mark(chat: number): void;
  /** Telegram asked for silence in a chat. */
  hush(chat: number, ms: number): void;
}

/** At most `count` messages in any stretch of `ms`. */
interface Rule {
  count: number;
  ms: number;
}

/**
 * Telegram's own number, kept to the answers: as each message counts from its answer, no thirty-one can reach Telegram
 * within a second. They are spread, since a second's worth at once would be one burst.
 */
const OVERALL: Rule = { count: 30, ms: 1_005 };
const SPREAD: Rule = { count: 4, ms: 110 };
const GROUP: Rule = { count: 20, ms: 61_000 };
/** A chat takes a burst of so many, and regains one a second. */
const BURST = { count: 3, regainMs: 1_000 };
const CROWD = 1_000;

interface Record {
  /** Instants of messages, past or promised, oldest first. */
  sent: number[];
  /** When the whole burst is regained. */
  rested: number;
  hushedUntil: number;
}

const fresh = (): Record => ({ sent: [], rested: 0, hushedUntil: 0 });

export function createPace(now: () => number): Pace {
  const all = fresh();
  const chats = new Map<number, Record>();

  const of = (chat: number): Record => {
    const record = chats.get(chat) ?? fresh();
    chats.set(chat, record);
    if (chats.size > CROWD) forget(chats, now());
    return record;
  };

  return {
    take(chat, most) {
      const at = now();
      const record = of(chat);
      const free = Math.max(
        at,
        record.hushedUntil,
        record.rested - (BURST.count - 1) * BURST.regainMs,
        next(all, OVERALL),
        next(all, SPREAD),
        chat < 0 ? next(record, GROUP) : 0,
      );
      if (free - at <= most) {
        for (const r of [all, record]) keep(r, free);
        record.rested = Math.max(record.rested, free) + BURST.regainMs;
      }
      return free - at;
    },
    mark(chat) {
      const record = chats.get(chat);
      const counted = record?.sent.at(-1);
      if (!record || counted === undefined) return;
      const at = Math.max(counted, now());
      record.sent[record.sent.length - 1] = at;
      const i = all.sent.indexOf(counted);
      if (i < 0) return;
      all.sent.splice(i, 1);
      insert(all.sent, at);
    },
    hush(chat, ms) {
      const record = of(chat);
      record.hushedUntil = Math.max(record.hushedUntil, now() + ms);
    },
  };
}

/** Earliest instant at which a rule admits one more message. */
const next = ({ sent }: Record, { count, ms }: Rule): number =>
  sent.length < count ? 0 : sent[sent.length - count]! + ms;

const LONGEST = Math.max(OVERALL.count, GROUP.count);

/** Nearly always at the end. */
function insert(sent: number[], at: number): void {
  let i = sent.length;
  while (i > 0 && sent[i - 1]! > at) i -= 1;
  sent.splice(i, 0, at);
}

function keep({ sent }: Record, at: number): void {
  insert(sent, at);
  if (sent.length > LONGEST) sent.shift();
}

function forget(chats: Map<number, Record>, at: number): void {
  for (const [chat, { sent, hushedUntil }] of chats)
    if (hushedUntil < at && (sent.at(-1) ?? 0) < at - GROUP.ms) chats.delete(chat);
}
