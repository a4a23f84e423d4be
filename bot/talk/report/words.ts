/** Values, periods and faults as an officer reads them. */
import { speakDay } from '../../language/calendar.ts';
import { speakNumber } from '../../language/numbers.ts';
import type { Day, PlanIndex, ReportingDuty } from '../../plan/types.ts';
import { type Fault, fieldOf } from '../../report/answer.ts';
import { type Attachment, attachmentOf } from '../../report/attachment.ts';
import { fulfils, INTERIM, periodOf, periodOrDay } from '../../report/duty.ts';
import type { Draft, Field, FieldId, FormDefinition, SubmittedReport, Value, Values } from '../../report/types.ts';
import { say } from '../../text/say.ts';

export const lower = (label: string): string => label[0]!.toLowerCase() + label.slice(1);

/** `8 buổi`, `100 triệu đồng`, `01/6/2026`. */
export function spoken(field: Field, value: Value): string {
  const file = field.kind === 'file' ? attachmentOf(value) : null;
  if (file) return spokenFile(file);
  if (typeof value === 'string') return field.kind === 'day' ? speakDay(value) : value;
  return field.unit ? `${speakNumber(value)} ${field.unit}` : speakNumber(value);
}

/** `PDF, 120 KB` */
export function spokenFile({ kind, size }: Attachment): string {
  const amount = size < 1024 * 1024 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
  return say('report:file.named', { kind: kind.toUpperCase(), size: amount.replace('.', ',') });
}

const named = (field: Field, value: Value): string =>
  say('report:named', {
    label: field.label,
    value: typeof value === 'number' ? speakNumber(value) : spoken(field, value),
  });

/** What is known of some fields, in one line: `Buổi tuyên truyền: 8; Lượt người dự: 950`. */
export const listed = (ids: readonly FieldId[], values: Values, form: FormDefinition): string => {
  const known = ids.filter((id) => id in values);
  const days = known.some((id) => fieldOf(form, id).kind === 'day') ? [spokenPeriod(values, form)] : [];
  const others = known
    .filter((id) => fieldOf(form, id).kind !== 'day')
    .map((id) => named(fieldOf(form, id), values[id]!));
  return [...days, ...others].join('; ');
};

/** With the days that are taken where none were said: the day on which the form was begun, however much later it is sent. */
export function spokenPeriodToBe({ values, startedOn }: Draft, form: FormDefinition, today: Day): string {
  const whole = periodOrDay(values, form, startedOn);
  const period = spokenPeriod(whole, form);
  if (whole === values) return period;
  return say(startedOn === today ? 'report:byDefault' : 'report:byDefaultBegun', { period });
}

/** `từ 01/6/2026 đến 15/6/2026`; one day alone when both ends are the same. */
export function spokenPeriod(values: Values, form: FormDefinition): string {
  const { from, to } = periodOf(values, form);
  if (from && to)
    return from === to ? speakDay(from) : say('report:fromTo', { from: speakDay(from), to: speakDay(to) });
  if (from) return say('report:from', { from: speakDay(from) });
  return to ? say('report:to', { to: speakDay(to) }) : say('report:none');
}

/** What a report is: the report of its duty, or a quick report on the way to it. */
export function reportName(
  report: Pick<SubmittedReport, 'form' | 'nothing' | 'values' | 'duty'>,
  duty: ReportingDuty | undefined,
  plans: PlanIndex,
): string {
  if (!duty) return say('report:outside');
  if (report.form !== INTERIM || fulfils(report, duty, plans)) return duty.name;
  const name = duty.name.replace(/^Báo cáo (kết quả )?/, '');
  return say(/^\p{Lu}/u.test(name) ? 'report:interim' : 'report:interimSpan', { duty: name });
}

/** What is wrong with an answer, and how to mend it. */
export function spokenFault(fault: Fault, form: FormDefinition, example: string): string {
  const label = 'field' in fault ? fieldOf(form, fault.field).label : '';
  switch (fault.kind) {
    case 'check':
      return fault.check.message
        .replace('{{value}}', speakNumber(fault.value))
        .replace('{{limit}}', speakNumber(fault.limit));
    case 'tooMany':
      return say('report:fault.tooMany', { asked: fault.asked, given: fault.given, example });
    case 'tooLong':
      return say('report:fault.tooLong', { label, max: fault.max });
    case 'periodReversed':
      return say('report:fault.periodReversed', { example });
    case 'noDay':
      return say('report:fault.noDay', { words: fault.words, example });
    case 'toCome':
      return say('report:fault.toCome', { day: speakDay(fault.words), example });
    case 'tooLarge':
      return say('report:fault.tooLarge', { label, value: speakNumber(fault.value), max: speakNumber(fault.max) });
    case 'notWhole':
      return say('report:fault.notWhole', { label, value: speakNumber(fault.value), example });
    case 'minus':
    case 'range':
    case 'markup':
      return say(`report:fault.${fault.kind}`, { words: fault.words, example });
    case 'negative':
      return say('report:fault.negative', { label, value: speakNumber(fault.value) });
  }
}

/** Names of fields within a sentence. */
export const labels = (ids: readonly FieldId[], form: FormDefinition) =>
  ids.map((id) => lower(fieldOf(form, id).label)).join(', ');
