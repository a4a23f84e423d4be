/** Who may do what. Checked when a change is applied, never only when a button is shown. */
import { sideOf } from '../desk/states.ts';
import type { DeskRules, MatterKind } from '../desk/types.ts';
import type { Change, Event, Person, PersonRole } from './types.ts';

export const isCoordinator = (person: Person | null): boolean =>
  person?.memberships.some((m) => m.role === 'coordinator' || m.role === 'administrator') ?? false;

export const isAdministrator = (person: Person | null): boolean =>
  person?.memberships.some((m) => m.role === 'administrator') ?? false;

/** Coordinators give and take the roles of units; those of the standing agency itself are an administrator's. */
export const mayGive = (person: Person | null, role: PersonRole): boolean =>
  role === 'officer' || role === 'head' ? isCoordinator(person) : isAdministrator(person);

const isOf = (person: Person | null, unit: string): boolean =>
  person?.memberships.some((m) => m.unit === unit) ?? false;

/** Looks after matters of a kind: coordinators, the standing agency's people, for nominations those who gather them. */
export function looksAfter(person: Person | null, kind: MatterKind, { agency, commendation }: DeskRules): boolean {
  const units = kind === 'commendation' ? commendation.collectors : [agency];
  return isCoordinator(person) || units.some((unit) => isOf(person, unit));
}

/** Looks after matters of any kind. */
export const atDesk = (person: Person | null, rules: DeskRules): boolean =>
  looksAfter(person, 'obstacle', rules) || looksAfter(person, 'commendation', rules);

export function allowed(
  change: Change,
  person: Person | null,
  event: Event,
  rehearsal: boolean,
  rules: DeskRules,
): boolean {
  switch (change.kind) {
    case 'redeemInvitation':
    case 'linkAddress':
      // In a group a platform may hide who speaks (Telegram's anonymous administrators share one address).
      return change.address === event.from && event.chat.kind === 'private';
    case 'becomeSample':
      return rehearsal && change.address === event.from && event.chat.kind === 'private';
    case 'offerLink':
      // Whoever reads the code may become this person: it is not told in a group.
      // For somebody else: that their rights are no higher, the store checks.
      return person !== null && event.chat.kind === 'private' && (change.person === undefined || isCoordinator(person));
    case 'unlinkAddresses':
      // That they are this person's, the store checks.
      return person !== null && event.chat.kind === 'private';
    case 'askJoin':
      return change.request.address === event.from && event.chat.kind === 'private';
    case 'cancelJoin':
      // That it was asked from this address, the store checks.
      return event.chat.kind === 'private';
    case 'setRole': {
      const { from, to } = change;
      const leaves = change.person === person?.id && to === null && (from === 'officer' || from === 'head');
      return leaves || (isCoordinator(person) && [from, to].every((role) => role === null || mayGive(person, role)));
    }
    case 'stopMessage':
    case 'noteQuestion':
      return true;
    case 'teach':
    case 'unteach':
    case 'dropQuestion':
      // What is taught counts for everybody.
      return isAdministrator(person) && event.chat.kind === 'private';
    case 'submitReport':
      return change.report.by === person?.id && isOf(person, change.report.unit);
    case 'reviseReport':
    case 'withdrawReport':
      // That the report is of that unit, the store checks.
      return isOf(person, change.unit);
    case 'askExtension':
      return change.extension.askedBy === person?.id && isOf(person, change.extension.unit);
    case 'offerHandover': {
      const { handover, invitation } = change;
      // Who hands over may invite a colleague of the same unit, as an officer and no more.
      const mayInvite = !invitation || (invitation.unit === handover.unit && invitation.role === 'officer');
      return handover.from === person?.id && isOf(person, handover.unit) && mayInvite;
    }
    case 'settleHandover':
      // That it is offered by or to this person, the store checks.
      return person !== null;
    case 'raiseMatter':
      return change.matter.by === person?.id && isOf(person, change.matter.unit);
    case 'stepMatter': {
      // That the matter is of that kind and unit, and where it stands, the store checks.
      const side = sideOf(change.of, change.step);
      return side === 'sender' ? isOf(person, change.unit) : side === 'desk' && looksAfter(person, change.of, rules);
    }
    case 'forgetPerson':
      return isAdministrator(person);
    case 'markTask':
      return isCoordinator(person) || (change.mark.state !== 'confirmed' && isOf(person, change.mark.unit));
    case 'decideReport':
    case 'decideExtension':
    case 'decideJoin':
    case 'revokeInvitations':
    case 'linkGroup':
      return isCoordinator(person);
    case 'unlinkGroup':
      // The platform itself says that the bot was removed, or a coordinator asks for it.
      return event.kind === 'left' || isCoordinator(person);
    case 'moveGroup':
      return event.kind === 'moved';
    case 'invite':
      return mayGive(person, change.invitation.role);
    case 'inviteAll':
      return isCoordinator(person) && change.invitations.every(({ role }) => mayGive(person, role));
    case 'beginImport':
    case 'saveImport':
    case 'dropImport':
    case 'publishPlan':
      return isAdministrator(person);
    case 'nameSelf':
    case 'preferChannel':
    case 'setQuiet':
    case 'acknowledge':
      return person !== null;
    case 'broadcast':
    case 'stopBroadcast':
      return isCoordinator(person);
  }
}
