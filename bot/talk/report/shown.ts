/** A report that was handed in, as those read it who look at it again: every value, and what it was before beside it. */
import type { Here } from '../../core/talk.ts';
import type { Text } from '../../core/types.ts';
import { speakInstant } from '../../language/calendar.ts';
import { speakNumber } from '../../language/numbers.ts';
import { fieldOf, stepKind } from '../../report/answer.ts';
import { timelinessNow } from '../../report/duty.ts';
import { changedFields } from '../../report/state.ts';
import type { Content, FieldId, FormDefinition, Step, SubmittedReport, Value } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line, note, title } from '../blocks.ts';
import { others } from './cards.ts';
import { overlaps } from './overlap.ts';
import { listed, reportName, spoken, spokenPeriod } from './words.ts';

/** `BC-2026-00001 · UBND phường Lê Chân · Báo cáo 6 tháng · lần 2 · đúng hạn` */
export function inOneLine(report: SubmittedReport, { world }: Here): string {
  const { plans } = world;
  return [
    report.receipt,
    plans.name(report.unit),
    reportName(report, report.duty === null ? undefined : plans.duty(report.duty), plans),
    ...(report.edition > 1 ? [say('sent:edition', { n: report.edition })] : []),
    ...(report.nothing ? [say('sent:nothing')] : []),
    say(`sent:timeliness.${timelinessNow(report, plans)}`),
  ].join(' · ');
}

/** All of a report; `against` is what the reader knew before, if anything. */
export function shown(report: SubmittedReport, form: FormDefinition, here: Here, against: Content | null): Text[] {
  const changed = against ? new Set(changedFields(against, report)) : new Set<FieldId>();
  return [
    title(inOneLine(report, here)),
    line(say('sent:first', { at: speakInstant(report.submittedAt) })),
    line(standsAt(report, form)),
    ...(report.nothing
      ? [line(say('sent:nothingIn', { period: spokenPeriod(report.values, form) }))]
      : [
          ...form.steps.flatMap((step, i) => part(step, i, report, form, changed, against)),
          ...others(report.values, form),
          ...form.fields
            .filter(({ id, kind }) => kind === 'file' && id in report.values)
            .map(({ id }) => line(listed([id], report.values, form))),
        ]),
    ...(report.state === 'submitted' ? overlaps(report, here.world.allReports ?? here.world.ownReports) : []),
    ...(changed.size > 0 ? [note(say('sent:changed', { count: changed.size }))] : []),
  ];
}

/** Where it stands, since when and why. */
export function standsAt(report: SubmittedReport, form: FormDefinition): string {
  const state = say('sent:stands', {
    state: say(`sent:state.${report.state}`),
    at: speakInstant(report.changedAt),
  });
  if (report.reason === null) return state;
  const step = form.steps.find(({ id }) => id === report.part);
  const why = step ? say('sent:reasonAt', { reason: report.reason, part: step.title }) : report.reason;
  if (report.edition === 1 && report.state === 'submitted') return `${state} ${say('sent:explained', { reason: why })}`;
  return `${state} ${say(report.state === 'returned' ? 'sent:returnedFor' : 'sent:correctedFor', { reason: why })}`;
}

function part(
  step: Step,
  i: number,
  report: SubmittedReport,
  form: FormDefinition,
  changed: ReadonlySet<FieldId>,
  against: Content | null,
): Text[] {
  const head = `${i + 1}. ${step.title}`;
  if (stepKind(form, step) === 'period') {
    const was = step.fields.some((id) => changed.has(id)) && against ? spokenPeriod(against.values, form) : null;
    return [line([head, withBefore(spokenPeriod(report.values, form), was)].join('\n'))];
  }
  const said = step.fields.filter((id) => id in report.values || changed.has(id));
  if (said.length === 0) return [];
  const lines = said.map((id) => {
    const was = changed.has(id) ? speak(form, id, against?.values[id]) : null;
    return say('report:named', {
      label: fieldOf(form, id).label,
      value: withBefore(speak(form, id, report.values[id]), was),
    });
  });
  return [line([head, ...lines].join('\n'))];
}

const speak = (form: FormDefinition, id: FieldId, value: Value | undefined): string =>
  value === undefined
    ? say('report:none')
    : typeof value === 'number'
      ? speakNumber(value)
      : spoken(fieldOf(form, id), value);

const withBefore = (now: string, was: string | null): string => (was === null ? now : say('sent:was', { now, was }));
