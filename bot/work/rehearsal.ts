/** Rehearsal: sample officers for every unit, sample groups, all on the web chat; nothing of it exists beside a real channel. */
import type { Address, GroupChat, Person } from '../core/types.ts';
import type { PlanIndex } from '../plan/types.ts';
import type { Store } from '../store/port.ts';
import { SAMPLE } from '../talk/start.ts';
import { say } from '../text/say.ts';
import type { Clock } from './clock.ts';

export interface Places {
  persons: { id: string; name: string; address: Address }[];
  groups: { address: Address; title: string }[];
}

const COORDINATOR = `${SAMPLE}dieu-phoi`;
const addressOf = (id: string): Address => `web:${id}`;

/** Sample officers: a newcomer who has yet to register, the coordinator, one officer for each unit that has tasks. */
export function samplePlaces(plans: PlanIndex): Places & { people: Person[] } {
  const people: Person[] = [
    {
      id: COORDINATOR,
      name: say('rehearsal:coordinator'),
      memberships: [{ unit: 'catp', role: 'coordinator' }],
    },
    ...plans.book.units
      .filter((unit) => unit.groups.includes('g-tat-ca'))
      .map((unit): Person => {
        const name = say('rehearsal:officer', { unit: plans.name(unit.id) });
        return { id: `${SAMPLE}${unit.id}`, name, memberships: [{ unit: unit.id, role: 'officer' }] };
      }),
  ];
  const newcomer = { id: 'nguoi-moi', name: say('rehearsal:newcomer'), address: addressOf('nguoi-moi') };
  return {
    people,
    persons: [...people.map(({ id, name }) => ({ id, name, address: addressOf(id) })), newcomer],
    groups: [
      ...sampleGroups().map(({ address, title }) => ({ address, title })),
      { address: addressOf('nhom-moi'), title: say('rehearsal:newGroup') },
    ],
  };
}

const sampleGroups = (): GroupChat[] => [
  group('nhom-toan-thanh-pho', say('rehearsal:cityGroup'), { kind: 'city' }),
  group('nhom-so-nganh', say('rehearsal:agencyGroup'), { kind: 'group', group: 'g-sbndt' }),
  group('nhom-phuong-le-chan', say('rehearsal:communeGroup'), { kind: 'unit', unit: 'phuong-le-chan' }),
];

const group = (id: string, title: string, scope: GroupChat['scope']): GroupChat => ({
  address: addressOf(id),
  title,
  scope,
  digestAt: '07:30',
  linkedBy: COORDINATOR,
});

const CLOCK = 'rehearsal-clock';
/** How often the clock is written down, real ms: a killed process goes back no further. */
const CLOCK_EVERY_MS = 2_000;

/** Puts the clock to where it was when the process ended, and writes it down from now on; the result ends that. */
export async function keepClock(store: Store, clock: Clock): Promise<() => Promise<void>> {
  const was = Number(await store.setting(CLOCK));
  if (was > clock.now()) clock.jumpTo(was);
  const save = () => store.saveSetting(CLOCK, String(clock.now())).catch(() => {});
  const timer = setInterval(save, CLOCK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await save();
  };
}

const ADMINISTRATOR = `${SAMPLE}quan-tri`;
/** Loads plans and teaches words; the coordinator does not. */
export const administrator = (): Person => ({
  id: ADMINISTRATOR,
  name: say('rehearsal:administrator'),
  memberships: [{ unit: 'catp', role: 'administrator' }],
});

const SEEDED = 'rehearsal-seeded';

/** Puts the sample officers and linked groups in place, once for each database. */
export async function seedRehearsal(store: Store, plans: PlanIndex, now: number): Promise<Places> {
  const sample = samplePlaces(plans);
  const { groups } = sample;
  const people = [...sample.people, administrator()];
  const persons = [
    ...sample.persons,
    { id: ADMINISTRATOR, name: administrator().name, address: addressOf(ADMINISTRATOR) },
  ];
  if ((await store.setting(SEEDED)) === null) {
    await store.ensurePersons(
      people.map((person) => ({ person, address: addressOf(person.id) })),
      now,
    );
    await store.transaction(async (tx) => {
      for (const linked of sampleGroups())
        await tx.apply({ kind: 'linkGroup', group: linked }, { person: COORDINATOR, address: null, at: now });
    });
    await store.saveSetting(SEEDED, 'yes');
  }
  return { persons, groups };
}
