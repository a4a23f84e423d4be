/** Every talk, in the order in which they hear a typed message: the open form first, the one that did not understand last. */
import type { AnyTalk } from '../core/talk.ts';
import type { DeskRules } from '../desk/types.ts';
import type { OfficialLayout } from '../totals/types.ts';
import { createApprove } from './approve.ts';
import { attachment } from './attachment.ts';
import { broadcast } from './broadcast.ts';
import { bulletin, progress } from './bulletin.ts';
import { channels } from './channels.ts';
import { createCommend } from './commend.ts';
import { contact } from './contact.ts';
import { extend } from './extend.ts';
import { file } from './file.ts';
import { nudge } from './follow-up.ts';
import { group, ungroup } from './group.ts';
import { createGroupReport } from './group-report.ts';
import { groupSettings, groups } from './group-settings.ts';
import { guard } from './guard.ts';
import { createHandover } from './handover.ts';
import { invitations } from './invitations.ts';
import { createInvite, type InviteNeeds } from './invite.ts';
import { decideJoins, join } from './join.ts';
import { learn, teachWord, unteachWord } from './learn.ts';
import { leave } from './leave.ts';
import { createLink } from './link.ts';
import { createMark } from './mark.ts';
import { createMatter } from './matter.ts';
import { createModel } from './model.ts';
import { createObstacle } from './obstacle.ts';
import { ownName } from './own-name.ts';
import { createPaper } from './paper.ts';
import { createPeople } from './people.ts';
import { places } from './places.ts';
import { plans } from './plans.ts';
import { questionTalks } from './questions.ts';
import { absence, quiet, unquiet } from './quiet.ts';
import { received } from './received.ts';
import { forget, record } from './record.ts';
import { createReport, type ReportNeeds, reportFor } from './report.ts';
import { createSent } from './sent.ts';
import { start } from './start.ts';
import { createTarget } from './target.ts';
import { createTotals } from './totals.ts';
import { createUrgent } from './urgent.ts';

export function allTalks(
  needs: InviteNeeds & ReportNeeds & { rules: DeskRules; layouts: readonly OfficialLayout[] },
): AnyTalk[] {
  const totals = createTotals(needs.forms);
  const paper = createPaper(needs.layouts);
  const report = createReport(needs, [quiet, totals, paper]);
  return [
    guard,
    createLink(needs),
    start,
    createSent(needs.forms),
    createApprove(needs.forms),
    extend,
    createHandover(needs),
    createMatter(needs.rules),
    createUrgent(needs.rules, needs.forms),
    createObstacle(needs.rules),
    createCommend(needs.rules, needs.forms),
    createModel(needs.rules, needs.forms),
    createMark(needs.forms),
    createTarget(needs.rules),
    report,
    reportFor(report),
    createGroupReport(needs),
    createInvite(needs),
    invitations,
    join,
    decideJoins,
    createPeople(needs),
    leave,
    ownName,
    places,
    plans,
    contact,
    group,
    ungroup,
    groupSettings,
    groups,
    bulletin,
    progress,
    nudge,
    quiet,
    unquiet,
    absence,
    received,
    broadcast,
    record,
    forget,
    channels,
    totals,
    paper,
    attachment,
    file,
    learn,
    teachWord,
    unteachWord,
    ...questionTalks,
  ];
}
