/** Invitations as a table: unit, code, and the addresses that open a channel with the code in it. */
import { dayOf } from '../language/calendar.ts';
import type { PlanIndex, UnitId } from '../plan/types.ts';
import { codeFor, spaced } from '../talk/invite.ts';
import { say } from '../text/say.ts';
import type { Sheet } from '../totals/sheet.ts';
import { hashOf } from './handle.ts';

export interface InvitationSheetNeeds {
  seed: string;
  units: readonly UnitId[];
  until: number;
  plans: PlanIndex;
  links(code: string): string[];
}

export function invitationSheet({ seed, units, until, plans, links }: InvitationSheetNeeds): Sheet {
  const codes = units.map((unit) => codeFor(seed, unit, hashOf));
  const most = Math.max(0, ...codes.map((code) => links(code).length));
  return {
    name: say('invite:sheet.name'),
    columns: [
      { title: say('invite:sheet.number'), kind: 'number', width: 6 },
      { title: say('invite:sheet.unit'), kind: 'text', width: 44 },
      { title: say('invite:sheet.code'), kind: 'text', width: 18 },
      { title: say('invite:sheet.until'), kind: 'day', width: 12 },
      ...Array.from({ length: most }, () => ({ title: say('invite:sheet.link'), kind: 'text' as const, width: 46 })),
    ],
    rows: units.map((unit, i) => [
      ...[i + 1, plans.name(unit), spaced(codes[i]!), dayOf(until)],
      ...Array.from({ length: most }, (_, n) => links(codes[i]!)[n] ?? null),
    ]),
    frozen: 2,
  };
}
