/**
 * The report of a duty (six months, year, end of the campaign): its figures are drafted from what the unit has handed in for
 * the period, each day counted once, to be checked and completed.
 */
import type { Here, Turn } from '../../core/talk.ts';
import { dated, totalsOf } from '../../digest/totals.ts';
import { diffDays, speakDay } from '../../language/calendar.ts';
import { fold } from '../../language/fold.ts';
import type { Day, ReportingDuty, UnitId } from '../../plan/types.ts';
import { MAX_TEXT } from '../../report/answer.ts';
import { datedDuties, lastDay } from '../../report/duty.ts';
import { formFor } from '../../report/for-unit.ts';
import { hasContent } from '../../report/runner.ts';
import type { Draft, FormDefinition, SubmittedReport, Values } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line, note } from '../blocks.ts';
import { type ReportArgs, reportAsk } from './asks.ts';
import { card } from './cards.ts';
import type { Forms } from './forms.ts';

/** From so many days before its last day in time a duty's own report is offered beside the quick report. */
const SOON_DAYS = 3;

/** The duty's own form, else the general one where the duty has a date. */
export function dutyForm(forms: Forms, duty: ReportingDuty | undefined): FormDefinition | undefined {
  if (!duty) return undefined;
  const dated = duty.kind === 'deadline' && duty.before !== null;
  return (
    forms.find(({ duties }) => duties?.includes(duty.id)) ?? (dated ? forms.find(({ general }) => general) : undefined)
  );
}

/** "nộp báo cáo 6 tháng": the duty whose report is to be written; a question about it is none of this. */
export function dutyNamed(text: string, forms: Forms, here: Here): string | null {
  const known = WRITE.exec(fold(text))?.[1];
  // Of a plan that came later only the name itself is known.
  const words = known ?? WRITE_ANY.exec(fold(text))?.[1];
  if (!words) return null;
  for (const { unit } of here.world.person?.memberships ?? []) {
    const duty = datedDuties(unit, here.world.plans).find((one) => {
      const name = fold(one.name).replace(/^bao cao /, '');
      return dutyForm(forms, one) && (known ? saidAs(name) : [name]).includes(words);
    });
    if (duty) return duty.id;
  }
  return null;
}

const WRITE =
  /^(?:(?:toi|em|minh) )?(?:(?:muon|xin|can|bat dau) )?(?:lam|nop|gui|viet|lap|\/baocao|baocao) (?:(?:bao cao|bc) )?(6 thang|sau thang|6 thang dau nam|nam|ca nam|tong ket nam|thang hanh dong|ket thuc thang hanh dong|tong ket thang hanh dong)$/;

const WRITE_ANY = /^(?:lam|nop|gui|viet|lap) (?:bao cao|bc) (.{3,80})$/;

/** Ways of saying the name of a duty. */
function saidAs(name: string): string[] {
  if (name === '6 thang') return [name, 'sau thang', '6 thang dau nam'];
  if (name === 'nam') return [name, 'ca nam', 'tong ket nam'];
  return [name, `ket thuc ${name}`, `tong ket ${name}`];
}

/** Duties whose own report is due within days and not handed in. */
export function soon(unit: UnitId, forms: Forms, { world }: Here): ReportingDuty[] {
  return datedDuties(unit, world.plans).filter((duty) => {
    const left = diffDays(world.today, lastDay(duty)!);
    const form = dutyForm(forms, duty);
    const there = world.ownReports.some(
      (report) =>
        report.unit === unit &&
        report.form === form?.id &&
        (!form.general || report.duty === duty.id) &&
        report.state !== 'withdrawn',
    );
    return form !== undefined && !there && left >= 0 && left <= SOON_DAYS;
  });
}

/** Several reports make sense: which one is asked. */
export const whichReport = (
  args: Extract<ReportArgs, { do: 'open' }>,
  duties: readonly ReportingDuty[],
  quick: FormDefinition,
): Turn => ({
  reply: {
    text: [line(say('report:whichReport'))],
    offers: [
      { label: quick.title, ask: reportAsk({ ...args, quick: true }) },
      ...duties.map((duty) => ({
        label: say('report:dutyLine', { name: duty.name, last: speakDay(lastDay(duty)!) }),
        ask: reportAsk({ ...args, duty: duty.id }),
      })),
    ],
  },
});

export function beginDuty(unit: UnitId, duty: ReportingDuty, whole: FormDefinition, here: Here): Turn {
  const { world } = here;
  const form = formFor(whole, world.plans.unit(unit));
  const { values, from } = drafted(unit, duty, form, here);
  const empty: Draft = {
    id: world.chance.slice(0, 24),
    form: form.id,
    version: form.version,
    unit,
    duty: duty.id,
    dutyChosen: true,
    step: 0,
    values,
    paused: false,
    startedOn: world.today,
  };
  const draft = hasContent(values, form) ? { ...empty, step: form.steps.length } : firstOpen(empty, form);
  const asked = card(draft, form, here);
  const told =
    from.length > 0 ? say('report:drafted', { count: from.length, receipts: named(from) }) : say('report:notDrafted');
  return { draft, reply: { ...asked, text: [line(told), ...asked.text, note(say('report:care'))] } };
}

const firstOpen = (draft: Draft, form: FormDefinition): Draft => {
  const step = form.steps.findIndex(({ fields }) => fields.some((id) => !(id in draft.values)));
  return { ...draft, step: Math.max(step, 0) };
};

const MOST_NAMED = 12;
function named(reports: readonly SubmittedReport[]): string {
  const more = reports.length - MOST_NAMED;
  const names = reports.slice(0, MOST_NAMED).map(({ receipt }) => receipt);
  return [...names, ...(more > 0 ? [say('report:andMore', { count: more })] : [])].join(', ');
}

/** The days that the plan lays down for the duty, else those of its campaign. */
const periodOf = (duty: ReportingDuty, { world }: Here): { from: Day; to: Day } | null =>
  duty.period ?? world.plans.plan(duty.plan)?.period ?? null;

function drafted(
  unit: UnitId,
  duty: ReportingDuty,
  form: FormDefinition,
  here: Here,
): { values: Values; from: SubmittedReport[] } {
  const period = periodOf(duty, here);
  const from = here.world.ownReports
    .filter((report) => report.unit === unit && report.state !== 'withdrawn' && report.form !== form.id)
    .filter((report) => !period || (dated(report).from >= period.from && dated(report).from <= period.to))
    .toSorted((a, b) => a.submittedAt - b.submittedAt || a.receipt.localeCompare(b.receipt));
  const figures = form.fields.filter(({ kind }) => kind === 'count' || kind === 'money').map(({ id }) => id);
  const [first, last] = form.fields.filter(({ kind }) => kind === 'day');
  const days: Values = period && first && last ? { [first.id]: period.from, [last.id]: period.to } : {};
  return {
    values: {
      ...days,
      ...Object.fromEntries(
        Object.entries(totalsOf(from.map(dated), period, figures)).flatMap(([id, sum]) =>
          sum === undefined ? [] : [[id, sum] as const],
        ),
      ),
      ...words(from, form),
    },
    from,
  };
}

/** Difficulties and proposals as they were reported, each once, where the form asks for them. */
const TOLD = [
  ['kho_khan', 'ton_tai'],
  ['de_xuat', 'de_xuat'],
] as const;

function words(reports: readonly SubmittedReport[], form: FormDefinition): Values {
  const values: Values = {};
  for (const [said, field] of TOLD) {
    const texts = reports.flatMap(({ values: told }) => {
      const text = told[said];
      return typeof text === 'string' && fold(text) !== 'khong' ? [text] : [];
    });
    const joined = [...new Set(texts)].join('; ');
    if (joined !== '' && form.fields.some(({ id }) => id === field)) values[field] = joined.slice(0, MAX_TEXT);
  }
  return values;
}
