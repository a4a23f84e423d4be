/**
 * A whole campaign on the virtual clock: every unit's officer, many groups with their own hours and wishes, reports that
 * come early, late or never, a platform that fails now and then, and hours in which the process sleeps. All chance comes
 * from one seed. It counts by itself what was due, and compares it with what arrived.
 */
import type { Channel } from '../channels/channel.ts';
import type { Address, GroupChat, Person, Picture, Scope } from '../core/types.ts';
import { kindOn, occasionsOf } from '../digest/occasions.ts';
import { slotKey } from '../digest/slots.ts';
import { addDays, dayOf, diffDays, instantOf } from '../language/calendar.ts';
import { lastDayInTime } from '../plan/due.ts';
import type { Day, PlanIndex } from '../plan/types.ts';
import { dutyServed, INTERIM, receiptOf, timelinessOf } from '../report/duty.ts';
import { firstStanding } from '../report/state.ts';
import type { SubmittedReport } from '../report/types.ts';
import type { Store } from '../store/port.ts';
import { type Bot, createBot } from '../work/bot.ts';
import { type Clock, createClock } from '../work/clock.ts';
import { createLog } from '../work/log.ts';
import { samplePlaces } from '../work/rehearsal.ts';
import type { Learnt } from './learnt.ts';

export interface CampaignOptions {
  store: Store;
  learnt: Learnt;
  from: Day;
  to: Day;
  groups: number;
  seed: number;
  /** Told after each day. */
  progress(done: number, of: number): void;
  /** Told of each digest's picture, once for each scope and day. */
  picture(day: Day, scope: string, picture: Picture): void;
}

export interface Tally {
  days: number;
  units: number;
  groups: number;
  reports: number;
  /** Digests whose hour the process was awake for, or woke up after on the same day. */
  due: number;
  sent: number;
  late: number;
  doubled: number;
  lost: number;
  /** Of days on which the process did not wake before midnight: left out on purpose. */
  slept: number;
  reminders: number;
  remindersDoubled: number;
  /** Sends the platform refused for the moment. */
  refused: number;
}

const HOURS = ['06:45', '07:00', '07:30', '07:30', '07:30', '08:00', '16:30'];
/** Share of sends that the platform refuses for the moment. */
const FAULTS = 0.02;
/** Hours in which the process sleeps, by place in the campaign. */
const SLEEPS: { day: number; from: string; hours: number }[] = [
  { day: 3, from: '07:10', hours: 3 },
  { day: 12, from: '05:00', hours: 70 },
  { day: 24, from: '23:00', hours: 8 },
];

export async function runCampaign(options: CampaignOptions): Promise<Tally> {
  const { store, learnt, from, to, seed } = options;
  const { plans } = learnt;
  const random = seeded(seed);
  const begins = instantOf(from, '00:00');
  const clock = createClock(begins, 1, () => 0);
  const platform = fakePlatform(clock, random);
  const people = samplePlaces(plans).people;
  const groups = groupsOf(plans, options.groups, random);
  await settleIn(store, people, groups, begins);
  const bot = createBot({
    ...{ store, clock, channels: [platform.channel], rehearsal: true, log: createLog('silent') },
    ...{
      plans,
      reader: learnt.reader,
      learn: learnt.relearn,
      rules: learnt.rules,
      talks: learnt.talks,
      chance: () => hex(random),
    },
  });
  const reports = reportsOf(plans, people, options, random);
  const days = diffDays(from, to) + 1;
  let n = 0;
  for (let i = 0; i < days; i++) {
    const day = addDays(from, i);
    for (const clockTime of hoursOf(groups)) {
      const now = instantOf(day, clockTime);
      if (isAsleep(now, from)) continue;
      clock.jumpTo(now);
      while (reports[n] && reports[n]!.submittedAt <= now) await handIn(store, reports[n++]!, random);
      await pass(bot, clock);
    }
    for (const [scope, picture] of platform.pictures(day)) options.picture(day, scope, picture);
    options.progress(i + 1, days);
  }
  // What the platform refused on the last evening.
  for (let tries = 0; tries < 5; tries++) {
    clock.jumpTo(clock.now() + 60_000);
    await pass(bot, clock);
  }
  await bot.stop();
  const reporting = new Set(people.flatMap(({ memberships }) => memberships.filter(isOfficer).map(({ unit }) => unit)));
  return tally(options, groups, platform, n, reporting.size);
}

const isOfficer = ({ role }: Person['memberships'][number]): boolean => role === 'officer';

async function pass(bot: Bot, clock: Clock): Promise<void> {
  await bot.tick();
  await bot.idle();
  clock.jumpTo(clock.now() + 2_000);
  await bot.tick();
  await bot.idle();
}

/** Chance that is the same for the same seed (mulberry32): numbers from 0 up to 1. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const hex = (random: () => number): string =>
  Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');

/** Groups of the city, of each collective of units, then of communes and agencies. */
function groupsOf(plans: PlanIndex, count: number, random: () => number): GroupChat[] {
  const scopes: Scope[] = [
    ...Array.from({ length: 10 }, (): Scope => ({ kind: 'city' })),
    ...plans.book.groups
      .filter(({ members }) => members.length > 1)
      .map(({ id }): Scope => ({ kind: 'group', group: id })),
    ...plans.book.units
      .filter((unit) => unit.groups.includes('g-tat-ca'))
      .map(({ id }): Scope => ({ kind: 'unit', unit: id })),
  ];
  return Array.from({ length: count }, (_, i): GroupChat => {
    const scope = scopes[i % scopes.length]!;
    return {
      address: `web:nhom-${i}`,
      title: `Nhóm ${i + 1}`,
      scope,
      digestAt: HOURS[Math.floor(random() * HOURS.length)]!,
      ...(random() < 0.1 && { days: [1, 2, 3, 4, 5] }),
      // A unit's group reads its own state in a line; a few look at it as a picture.
      ...(scope.kind === 'unit' && i % 20 !== 0 && { without: ['picture' as const] }),
      linkedBy: 'mau-dieu-phoi',
    };
  });
}

async function settleIn(store: Store, people: Person[], groups: GroupChat[], at: number): Promise<void> {
  await store.ensurePersons(
    people.map((person) => ({ person, address: `web:${person.id}` as Address })),
    at,
  );
  await store.transaction(async (tx) => {
    for (const group of groups) await tx.apply({ kind: 'linkGroup', group }, { person: null, address: null, at });
  });
}

/** Every instant of a day at which something may be due, and a few quiet ones for what was refused. */
const hoursOf = (groups: GroupChat[]): string[] =>
  [
    ...new Set([...groups.map(({ digestAt }) => digestAt), '05:00', '08:00', '10:30', '12:00', '20:30', '23:30']),
  ].sort();

function isAsleep(now: number, from: Day): boolean {
  return SLEEPS.some(({ day, from: clockTime, hours }) => {
    const begins = instantOf(addDays(from, day), clockTime);
    return now >= begins && now < begins + hours * 3_600_000;
  });
}

/**
 * Of each unit two quick reports on the way, and a report for each duty of the season on the duty's own form: most in time,
 * some late, a few never. Oldest first.
 */
function reportsOf(
  plans: PlanIndex,
  people: Person[],
  { from, to, learnt }: CampaignOptions,
  random: () => number,
): SubmittedReport[] {
  const quick = learnt.forms.find(({ id }) => id === INTERIM)!;
  const reports: Omit<SubmittedReport, 'receipt'>[] = [];
  for (const unit of plans.book.units) {
    const by = people.find((person) => person.memberships.some((m) => m.unit === unit.id && m.role === 'officer'));
    if (!by) continue;
    for (const week of [0, 1]) {
      const day = addDays(from, 7 * week + Math.floor(random() * 7));
      reports.push({
        ...firstStanding(instantOf(day, '10:00')),
        ...{ id: hex(random), form: quick.id, version: quick.version, unit: unit.id },
        duty: dutyServed(unit.id, plans, day),
        values: { ...figures(from, random), period_from: day, period_to: day },
        nothing: false,
        submittedAt: instantOf(day, '10:00'),
        timeliness: 'onTime',
        by: by.id,
      });
    }
    for (const duty of plans.duties(unit.id)) {
      const form = learnt.forms.find(({ duties }) => duties?.includes(duty.id)) ?? quick;
      const fate = random();
      if (duty.before === null || duty.before > addDays(to, 1) || fate > 0.95) continue;
      const last = lastDayInTime(duty.before);
      const offset = fate < 0.85 ? -Math.floor(random() * 9) : 1 + Math.floor(random() * 4);
      const submittedAt = instantOf(addDays(last, offset), '09:00') + Math.floor(random() * 8 * 3_600_000);
      const nothing = random() < 0.08;
      reports.push({
        ...firstStanding(submittedAt),
        ...{ id: hex(random), form: form.id, version: form.version, unit: unit.id, duty: duty.id },
        values: nothing ? {} : figures(from, random),
        nothing,
        submittedAt,
        timeliness: timelinessOf(duty, submittedAt),
        by: by.id,
      });
    }
  }
  return reports
    .toSorted((a, b) => a.submittedAt - b.submittedAt)
    .map((report, i) => ({ ...report, receipt: receiptOf(report.submittedAt, i + 1) }));
}

const figures = (from: Day, random: () => number) => ({
  period_from: from,
  period_to: addDays(from, 13),
  buoi_tuyen_truyen: Math.floor(random() * 12),
  luot_nguoi_du: Math.floor(random() * 900),
  co_so_kiem_tra: Math.floor(random() * 20),
});

/** Nine in ten are approved at once. */
async function handIn(store: Store, report: SubmittedReport, random: () => number): Promise<void> {
  const by = { person: report.by, address: null, at: report.submittedAt };
  await store.transaction(async (tx) => {
    await tx.apply({ kind: 'submitReport', report }, by);
    if (random() < 0.9)
      await tx.apply(
        {
          kind: 'decideReport',
          report: report.id,
          revision: report.revision,
          decision: 'approved',
          reason: null,
          part: null,
        },
        { ...by, person: 'mau-dieu-phoi' },
      );
  });
}

/** Takes messages, refuses some for the moment, and remembers how often each arrived. */
function fakePlatform(clock: Clock, random: () => number) {
  const arrived = new Map<string, number>();
  const lateKeys = new Set<string>();
  const shown = new Map<string, Picture>();
  let refused = 0;
  const channel: Channel = {
    id: 'web',
    limits: { text: 100_000, caption: 100_000, pictures: true, choices: { max: 100, label: 100 } },
    start: async () => {},
    stop: async () => {},
    async send(_to, part, { key }) {
      if (random() < FAULTS) {
        refused += 1;
        return { ok: false, retryable: true, after: 1_000, reason: 'refused for the moment' };
      }
      const whole = key.replace(/#\d+$/, '');
      arrived.set(whole, (arrived.get(whole) ?? 0) + 1);
      if (part.text.some(({ as, text }) => as === 'note' && text.includes('gửi muộn'))) lateKeys.add(whole);
      const scope = part.text[0]?.text.split(' · ')[1];
      if (part.picture && scope) shown.set(`${dayOf(clock.now())} ${scope}`, part.picture);
      return { ok: true, messageId: 'm' };
    },
    health: () => ({ ok: true, detail: '' }),
  };
  /** Pictures of a day by scope, handed over once. */
  function pictures(day: Day): [string, Picture][] {
    const own = [...shown].filter(([key]) => key.startsWith(day));
    for (const [key] of own) shown.delete(key);
    return own.map(([key, picture]) => [key.slice(day.length + 1), picture]);
  }
  return { channel, arrived, lateKeys, pictures, refused: () => refused };
}

function tally(
  { learnt, from, to }: CampaignOptions,
  groups: GroupChat[],
  platform: ReturnType<typeof fakePlatform>,
  reports: number,
  units: number,
): Tally {
  const occasions = occasionsOf(learnt.plans);
  const days = diffDays(from, to) + 1;
  const counts: Tally = {
    ...{ days, units, groups: groups.length, reports, due: 0, sent: 0, late: 0, doubled: 0, lost: 0 },
    ...{ slept: 0, reminders: 0, remindersDoubled: 0, refused: platform.refused() },
  };
  const hours = hoursOf(groups);
  for (const group of groups)
    for (let i = 0; i < days; i++) {
      const day = addDays(from, i);
      if (kindOn(day, group.days, occasions) === null) continue;
      const awake = hours.some((hour) => hour >= group.digestAt && !isAsleep(instantOf(day, hour), from));
      const key = slotKey(group.address, day);
      const times = platform.arrived.get(key) ?? 0;
      counts[awake ? 'due' : 'slept'] += 1;
      if (times > 0) counts.sent += 1;
      if (times > 1) counts.doubled += 1;
      if (awake && times === 0) counts.lost += 1;
      if (platform.lateKeys.has(key)) counts.late += 1;
    }
  for (const [key, times] of platform.arrived)
    if (key.startsWith('reminder/')) {
      counts.reminders += 1;
      if (times > 1) counts.remindersDoubled += 1;
    }
  return counts;
}
