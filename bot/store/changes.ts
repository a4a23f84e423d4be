import type { Address, Change } from '../core/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { broadcastPrefix, STOPPED } from './desk.ts';
import { askExtension, decideExtension } from './extensions.ts';
import { offerHandover, settleHandover } from './handovers.ts';
import { invite, inviteAll, redeemInvitation, revokeInvitations } from './invitations.ts';
import { askJoin, cancelJoin, decideJoin } from './joins.ts';
import { dropQuestion, noteQuestion, teach, unteach } from './learning.ts';
import { offerLink, preferChannel, unlinkAddresses, useLink } from './links.ts';
import { redirectQueued } from './outbox.ts';
import * as parse from './parse.ts';
import { groupColumns, linkAddress, nameSelf } from './people.ts';
import { beginImport, dropImport, publishPlan, saveImport } from './plan-versions.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { forgetPerson } from './record.ts';
import { markTask, raiseMatter, stepMatter } from './register.ts';
import { decideReport, reviseReport, withdrawReport } from './report-changes.ts';
import { setRole } from './roles.ts';
import { clean, dateToDay, dayToDate, sqlTime, toDate, toJson } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** Applies a change with its audit line; what needs delivering afterwards is added to `wake`. */
export async function applyChange(tx: TxClient, change: Change, by: Actor, wake: Set<Address>): Promise<void> {
  switch (change.kind) {
    case 'redeemInvitation':
      return redeemInvitation(tx, change, by);
    case 'becomeSample':
      return becomeSample(tx, change, by);
    case 'offerLink':
      return offerLink(tx, change, by);
    case 'linkAddress':
      return useLink(tx, change, by);
    case 'unlinkAddresses':
      return unlinkAddresses(tx, change, by);
    case 'nameSelf':
      return nameSelf(tx, change, by);
    case 'preferChannel':
      return preferChannel(tx, change, by);
    case 'invite':
      return invite(tx, change, by);
    case 'inviteAll':
      return inviteAll(tx, change, by);
    case 'revokeInvitations':
      return revokeInvitations(tx, change, by);
    case 'askJoin':
      return askJoin(tx, change, by);
    case 'cancelJoin':
      return cancelJoin(tx, change, by);
    case 'decideJoin':
      return decideJoin(tx, change, by);
    case 'setRole':
      return setRole(tx, change, by);
    case 'stopMessage':
      return audit(tx, by, 'stopMessage', 'message:', { kinds: change.kinds });
    case 'submitReport':
      return submitReport(tx, change, by);
    case 'reviseReport':
      return reviseReport(tx, change, by);
    case 'decideReport':
      return decideReport(tx, change, by);
    case 'withdrawReport':
      return withdrawReport(tx, change, by);
    case 'askExtension':
      return askExtension(tx, change, by);
    case 'decideExtension':
      return decideExtension(tx, change, by);
    case 'offerHandover':
      if (change.invitation) await invite(tx, { kind: 'invite', invitation: change.invitation }, by);
      return offerHandover(tx, change, by);
    case 'settleHandover':
      return settleHandover(tx, change, by);
    case 'raiseMatter':
      return raiseMatter(tx, change, by);
    case 'stepMatter':
      return stepMatter(tx, change, by);
    case 'forgetPerson':
      return forgetPerson(tx, change, by);
    case 'markTask':
      return markTask(tx, change, by);
    case 'noteQuestion':
      return noteQuestion(tx, change, by);
    case 'teach':
      return teach(tx, change, by);
    case 'unteach':
      return unteach(tx, change, by);
    case 'dropQuestion':
      return dropQuestion(tx, change, by);
    case 'linkGroup':
      return linkGroup(tx, change, by);
    case 'unlinkGroup':
      return unlinkGroup(tx, change, by);
    case 'moveGroup':
      return moveGroup(tx, change, by, wake);
    case 'beginImport':
      return beginImport(tx, change, by);
    case 'saveImport':
      return saveImport(tx, change, by);
    case 'dropImport':
      return dropImport(tx, change, by);
    case 'publishPlan':
      return publishPlan(tx, change, by);
    case 'setQuiet':
      return setQuiet(tx, change, by);
    case 'acknowledge':
      return acknowledge(tx, change, by);
    case 'broadcast':
      return broadcast(tx, change, by);
    case 'stopBroadcast':
      return stopBroadcast(tx, change, by);
  }
}

async function becomeSample(tx: TxClient, change: Of<'becomeSample'>, by: Actor): Promise<void> {
  const { address, person } = change;
  if (!(await tx.person.findUnique({ where: { id: person } }))) throw new ChangeRefused(change.kind, 'personUnknown');
  await linkAddress(tx, address, person, by.at);
  await audit(tx, by, change.kind, `person:${person}`, { address });
}

/** `BC-2026-00017`: year and number of a receipt. */
function readReceipt(receipt: string): { receiptYear: number; receiptNumber: number } {
  const [, year, number] = /^\D*-(\d{4})-(\d+)$/.exec(receipt) ?? [];
  if (!year || !number) throw new Error(`Not a receipt: ${receipt}`);
  return { receiptYear: Number(year), receiptNumber: Number(number) };
}

/** Handing in the same report again changes nothing; a receipt that is gone meanwhile is refused. */
async function submitReport(tx: TxClient, change: Of<'submitReport'>, by: Actor): Promise<void> {
  const { id, receipt, form, version, unit, duty, values, nothing, submittedAt, timeliness, reason } =
    parse.report.parse(change.report);
  const at = toDate(submittedAt);
  const { count } = await tx.report.createMany({
    data: { id, receipt, ...readReceipt(receipt), form, unit, duty, submittedAt: at, timeliness, by: change.report.by },
    skipDuplicates: true,
  });
  if (count === 0) {
    if (await tx.report.findUnique({ where: { id } })) return;
    throw new ChangeRefused(change.kind, 'receiptTaken');
  }
  await tx.reportVersion.createMany({
    data: {
      reportId: id,
      number: 1,
      formVersion: version,
      values: toJson(values),
      nothing,
      at,
      by: change.report.by,
      reason: reason === null ? null : clean(reason),
    },
  });
  await audit(tx, by, change.kind, `report:${id}`, {
    ...{ receipt, form, version, unit, duty, timeliness, nothing, values },
  });
}

async function linkGroup(tx: TxClient, change: Of<'linkGroup'>, by: Actor): Promise<void> {
  const { address } = change.group;
  const columns = { ...groupColumns(change.group), linkedAt: toDate(by.at) };
  const old = await tx.groupChat.findUnique({ where: { address } });
  await tx.groupChat.upsert({ where: { address }, create: { address, ...columns }, update: columns });
  const said = ({ title, scopeKind, scopeOf, digestAt, days, without, paused }: Omit<typeof columns, 'linkedBy'>) => ({
    ...{ title, scopeKind, scopeOf, digestAt, days, without, paused },
  });
  await audit(tx, by, change.kind, `group:${address}`, { before: old && said(old), after: said(columns) });
}

async function unlinkGroup(tx: TxClient, change: Of<'unlinkGroup'>, by: Actor): Promise<void> {
  const where = { address: change.address };
  const old = await tx.groupChat.findUnique({ where });
  const { count } = await tx.groupChat.deleteMany({ where });
  if (count > 0 && old) {
    const { title, scopeKind, scopeOf } = old;
    await audit(tx, by, change.kind, `group:${change.address}`, { before: { title, scopeKind, scopeOf } });
  }
}

/** Moves the link, the conversation and what still waits; a platform tells of a move from both ends, so twice. */
async function moveGroup(tx: TxClient, change: Of<'moveGroup'>, by: Actor, wake: Set<Address>): Promise<void> {
  const { from, to } = change;
  if (from === to) return;
  const link = (await tx.groupChat.findUnique({ where: { address: to } }))
    ? await tx.groupChat.deleteMany({ where: { address: from } })
    : await tx.groupChat.updateMany({ where: { address: from }, data: { address: to } });
  const talk = (await tx.session.findUnique({ where: { key: to }, select: { key: true } }))
    ? await tx.session.deleteMany({ where: { key: from } })
    : await tx.session.updateMany({ where: { key: from }, data: { key: to } });
  const waiting = await redirectQueued(tx, from, to);
  if (waiting > 0) wake.add(to);
  if (link.count + talk.count + waiting > 0) await audit(tx, by, change.kind, `group:${to}`, { from, waiting });
}

async function setQuiet(tx: TxClient, { quiet, kind }: Of<'setQuiet'>, by: Actor): Promise<void> {
  if (by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  const data = { quietUntil: dayToDate(quiet?.until ?? null), deputy: quiet?.deputy ?? null };
  const old = await tx.person.findUnique({ where: { id: by.person } });
  await tx.person.updateMany({ where: { id: by.person }, data });
  const before = old?.quietUntil ? { until: dateToDay(old.quietUntil), deputy: old.deputy } : null;
  await audit(tx, by, kind, `person:${by.person}`, { before, after: quiet });
}

async function acknowledge(tx: TxClient, { plan, kind }: Of<'acknowledge'>, by: Actor): Promise<void> {
  if (by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  const { count } = await tx.acknowledgement.createMany({
    data: { plan, person: by.person, at: toDate(by.at) },
    skipDuplicates: true,
  });
  if (count > 0) await audit(tx, by, kind, `plan:${plan}`, {});
}

async function broadcast(tx: TxClient, { id, text, kind }: Of<'broadcast'>, by: Actor): Promise<void> {
  await tx.broadcast.createMany({
    data: { id, text: clean(text), by: by.person, at: toDate(by.at) },
    skipDuplicates: true,
  });
  await audit(tx, by, kind, `broadcast:${id}`, { text });
}

async function stopBroadcast(tx: TxClient, { id, kind }: Of<'stopBroadcast'>, by: Actor): Promise<void> {
  const stopped = await tx.$executeRaw`
    UPDATE outgoing SET state = 'failed', reason = ${STOPPED}, done_at = ${sqlTime(by.at)}::timestamptz, held_until = NULL
    WHERE key ^@ ${broadcastPrefix(id)} AND state = 'queued'`;
  await audit(tx, by, kind, `broadcast:${id}`, { stopped });
}
