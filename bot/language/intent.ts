/** Decides what is asked from what stands in the message. The words are data; this is the grammar between them. */
import type { Intent } from './types.ts';
import type { Cue, Facet } from './words.ts';

export interface Evidence {
  has(cue: Cue): boolean;
  facet(facet: Facet): boolean;
  sensitive: boolean;
  outOfScope: boolean;
  /** A body that the plans do not name is asked about, and they name one like it. */
  otherBody: boolean;
  /** A unit or group is named. */
  party: boolean;
  own: boolean;
  plan: boolean;
  /** One plan or both are named. */
  plans: boolean;
  /** A subject of the index stands in the message. */
  subject: boolean;
  /** Share of the content words that the best passage accounts for. */
  coverage: number;
  /** More than a chance word in common with a passage. */
  solid: boolean;
  /** Words of the longest subject. */
  subjectLength: number;
  /** A unit is named as the one that receives: "nộp cho Công an thành phố". */
  toward: boolean;
  /** A day is named. */
  day: boolean;
  /** A month or a week is named. */
  span: boolean;
  /** Another unit than the asker's is named, whose figures are not for the asker. */
  others: boolean;
  /** Ends in "… chưa?". */
  notYet: boolean;
  /** Words of the longest out-of-scope phrase. */
  outOfScopeLength: number;
  /** Number of content words that are left once everything else is taken away. */
  contents: number;
  /** How many of them come from outside the plans. */
  strange: number;
  /** Ends in "… không?". */
  whether: boolean;
  /** Only what concerns a subject is asked: "nhiệm vụ về …", "có phải … không". */
  within: boolean;
  /** Begins as a wish and asks nothing. */
  wish: boolean;
  /** Every word belongs to one of these. */
  only(...cues: Cue[]): boolean;
  /** Longest run of words of a cue. */
  length(cue: Cue): number;
}

const DATES: Facet[] = [
  'halfYear',
  'year',
  'campaignReport',
  'campaign',
  'peak',
  'session',
  'nationalDay',
  'milestones',
  'restOfYear',
  'periodic',
  'programme',
];
/** Reports that neither plan asks for; said so. */
const OTHER_PERIODS: Facet[] = ['nineMonths', 'quarterly', 'monthly', 'weekly'];
const FACTS: Facet[] = [
  'theme',
  'signer',
  'number',
  'issuedOn',
  'issuer',
  'basis',
  'recipients',
  'purpose',
  'replaced',
];

export function decide(e: Evidence): Intent {
  const topical =
    !foreign(e) &&
    ((e.subject && (e.coverage >= 0.35 || e.has('search') || e.has('who'))) || (e.solid && e.coverage >= 0.5));
  if (e.sensitive || (e.others && figuresAsked(e))) return 'sensitive';
  if (e.day && !e.has('who') && (e.facet('inTime') ? e.has('report') || !topical : e.has('report') && dayOnly(e)))
    return 'deadline';
  if (e.span && e.has('report') && dayOnly(e) && !e.has('who') && !OTHER_PERIODS.some(e.facet)) return 'deadline';
  if (OTHER_PERIODS.some(e.facet) && e.has('report') && !e.facet('programme') && !e.facet('subproject3'))
    return 'deadline';
  if (
    (e.has('whoReported') || (e.notYet && e.has('report'))) &&
    !e.facet('contact') &&
    !e.has('when') &&
    !e.has('send')
  )
    return 'who_reported';
  if (!e.party && !e.plan && e.has('thanks') && e.only('thanks', 'greeting')) return 'thanks';
  const dueAsked = e.has('report') && (e.has('when') || e.has('daysLeft')) && DATES.some(e.facet);
  if (e.outOfScope && !dueAsked && !(e.subject && e.subjectLength >= e.outOfScopeLength) && (!e.plan || e.otherBody))
    return 'out_of_scope';
  if (e.wish) return 'greeting';
  if (elsewhere(e)) return 'unknown';
  if (e.has('help') && helpMeant(e, topical)) return 'help';
  if (e.has('daysLeft') && (e.has('report') || e.has('when') || DATES.some(e.facet) || e.plan || e.contents === 0))
    return 'days_left';
  if (e.facet('following') && followMeant(e)) return 'deadline';
  // Number and date of a document that a plan only names stand in its passage.
  if (e.facet('issuedOn') || (e.facet('number') && !e.facet('contact') && !e.facet('template')))
    return e.subject && !e.plans && e.subjectLength > 1 ? 'task_search' : 'plan_info';
  if (e.facet('cutoff') && (e.has('report') || e.facet('halfYear') || e.facet('year'))) return 'report_how';
  if (
    e.facet('contact') &&
    (e.has('report') || e.has('lead') || !topical) &&
    (e.has('report') || e.party || e.has('who') || e.has('lead') || e.contents === 0)
  )
    return 'report_how';
  if (e.facet('way') && !e.subject && !e.has('task')) return 'report_how';
  if (e.facet('template') && (e.has('report') || e.has('how'))) return 'report_how';
  if (e.facet('restOfYear') || (e.facet('milestones') && !(e.has('report') && howAsked(e)))) return 'deadline';
  if (e.has('when') && whenMeant(e, topical)) return 'deadline';
  if (e.facet('inTime') && e.has('report') && !e.has('send') && !e.facet('through') && !e.toward) return 'deadline';
  if (reportHow(e)) return 'report_how';
  if (e.has('startReport') && (!e.party || e.own) && e.only('startReport', 'report', 'greeting', 'thanks'))
    return 'start_report';
  if (e.has('list')) return 'plan_info';
  if (
    FACTS.some(e.facet) &&
    !(e.party && e.has('task') && !e.facet('recipients')) &&
    !(e.has('who') && e.facet('replaced')) &&
    (!e.subject || e.plans || e.facet('replaced'))
  )
    return 'plan_info';
  if ((e.facet('funding') || e.facet('standing') || e.facet('target') || e.facet('requirements')) && factMeant(e))
    return 'plan_info';
  if ((e.has('who') || (roleAsked(e) && !e.party && !e.own)) && topical) return 'topic_owner';
  if (
    (e.party || e.own || (e.has('task') && !topical && (e.plan || e.contents <= 1))) &&
    (e.has('task') || roleAsked(e) || e.own || (!topical && e.contents <= 1 && e.strange === 0))
  ) {
    if (topical && e.subject && !e.has('task') && !e.own) return 'task_search';
    return 'unit_tasks';
  }
  if (e.has('who') && e.solid && e.coverage >= 0.3) return 'topic_owner';
  if (topical || (e.solid && e.coverage >= 0.35)) return 'task_search';
  if (e.party && e.contents <= 1 && e.strange === 0) return 'unit_tasks';
  if (e.facet('requirements') || e.facet('funding')) return 'plan_info';
  if (e.facet('campaign') && e.plan) return 'deadline';
  if (e.has('help')) return 'help';
  if (!e.party && !e.plan && e.has('thanks') && e.only('thanks', 'greeting')) return 'thanks';
  if (e.has('greeting') && e.contents <= 2 && e.strange === 0) return 'greeting';
  if (e.has('report') && e.contents === 0) return e.has('search') ? 'report_how' : 'start_report';
  if (e.plan && e.contents === 0) return 'plan_info';
  return 'unknown';
}

/** Speaks in words that no plan and no subject has, and not of the officer's own tasks or reports. */
const elsewhere = (e: Evidence): boolean =>
  foreign(e) && !e.plan && !e.own && e.length('report') < 2 && (e.strange >= ALIEN * e.contents || !e.has('task'));

/** So great a share of words from elsewhere is a question about something else, or surely is. */
const FOREIGN = 0.5;
const ALIEN = 0.75;
const foreign = (e: Evidence): boolean => e.strange >= 2 && e.strange >= FOREIGN * e.contents;

const roleAsked = (e: Evidence): boolean => e.has('lead') || e.has('implement') || e.has('coordinate');

/** What a unit's report says is for the unit and for those who gather the reports. */
function figuresAsked(e: Evidence): boolean {
  if (
    !e.facet('figures') ||
    !e.has('report') ||
    e.has('when') ||
    e.has('send') ||
    e.has('who') ||
    e.has('whoReported') ||
    e.notYet
  )
    return false;
  return !(['cutoff', 'template', 'contact', 'programme', 'subproject3'] as const).some(e.facet);
}

/** Nothing but the day tells which report is meant: "16/6 nộp gì". */
const dayOnly = (e: Evidence): boolean =>
  !e.has('whoReported') && !e.notYet && !e.has('send') && !e.has('help') && !e.facet('cutoff') && !e.subject;

const howAsked = (e: Evidence): boolean =>
  e.has('how') || e.has('send') || e.has('who') || e.facet('periodic') || e.facet('programme') || e.facet('figures');

/** "hướng dẫn" alone is a cry for help; in a sentence about something else it is not. */
function helpMeant(e: Evidence, topical: boolean): boolean {
  if (e.length('help') >= 3) return e.strange < 2 && !e.subject && !(e.party && e.has('task'));
  return !topical && !e.party && !e.plan && e.contents <= 1 && !e.has('task');
}

/** What comes after a report that was handed in or missed. */
const followMeant = (e: Evidence): boolean =>
  !e.has('send') &&
  !e.toward &&
  !e.has('who') &&
  !e.has('whoReported') &&
  !e.has('help') &&
  (e.has('report') || e.has('when') || e.day || DATES.some(e.facet)) &&
  (!e.subject || e.has('report'));

function whenMeant(e: Evidence, topical: boolean): boolean {
  return (
    (e.span && e.strange === 0) ||
    e.has('report') ||
    DATES.some(e.facet) ||
    e.plan ||
    topical ||
    e.party ||
    e.own ||
    e.contents === 0 ||
    e.has('task')
  );
}

function reportHow(e: Evidence): boolean {
  if (e.facet('subproject3') && (e.has('send') || e.has('report'))) return true;
  if (e.facet('upward') && e.has('report')) return true;
  if (!e.has('report'))
    return (
      ((e.facet('obstacle') || e.facet('occasion')) && e.has('send')) ||
      (e.toward && !e.subject && !e.has('task') && (!e.plans || e.facet('through')))
    );
  if (e.has('send') || e.toward || e.facet('through') || e.facet('periodic') || e.facet('occasion')) return true;
  if (e.has('who') && e.contents === 0) return true;
  if (e.whether && e.party && !e.has('task') && e.contents <= 1) return true;
  return e.has('how') && !(e.has('help') && e.length('help') >= 3) && e.contents <= 2;
}

function factMeant(e: Evidence): boolean {
  if (e.party && e.has('task')) return false;
  // "yêu cầu quán triệt quan điểm nào" asks for one of them.
  if (e.facet('requirements')) return e.contents <= 2 || (e.plan && !(e.solid && e.coverage >= 0.5));
  if (e.facet('standing')) return true;
  if (e.facet('target')) return !e.has('who') && !roleAsked(e);
  // Who provides the money is a task; where it comes from is a fact of the plan.
  return !e.has('who') && !roleAsked(e);
}
