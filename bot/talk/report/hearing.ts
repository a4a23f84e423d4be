/** In an open form a message may be an answer or a question; outside one, a sentence may be a report. */
import type { Heard, Here } from '../../core/talk.ts';
import { fold } from '../../language/fold.ts';
import { tokensOf } from '../../language/tokens.ts';
import type { Intent } from '../../language/types.ts';
import type { Day } from '../../plan/types.ts';
import { asksFigures, fieldOf, readAnswer, stepKind } from '../../report/answer.ts';
import { opinionsIn } from '../../report/opinions.ts';
import type { Draft, FormDefinition } from '../../report/types.ts';
import { understand } from '../../report/understand.ts';
import { controlIn, REPORT, ReportArgs } from './asks.ts';
import { otherRequest } from './other-request.ts';

/** Intents of questions about the plans. */
export const QUESTIONS: ReadonlySet<Intent> = new Set([
  'unit_tasks',
  'topic_owner',
  'task_search',
  'deadline',
  'report_how',
  'plan_info',
  'days_left',
  'who_reported',
]);
const COURTESY: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'help', 'out_of_scope', 'sensitive']);
const ASKING =
  /\b(khi nao|bao gio|bao nhieu|bao lau|o dau|cho nao|the nao|ra sao|ntn|la gi|viec gi|gi|nao|ai|may|phai khong|dung khong|duoc khong|co phai|hay khong|khong a|nhi)\b/;
/** "hỏi: …" is a question whatever follows. */
const ASKS = /^(cho )?(em |toi |minh )?hoi\b/;

export const interrogative = (text: string): boolean => /\?\s*$/.test(text) || ASKING.test(fold(text));
/** So many words that the form does not know make a message with a figure in it a question all the same. */
const STRANGE = 3;

/**
 * What an open form makes of a message; null leaves it to the other talks.
 * @param asksElse whether it is a request of its own: "tổng hợp tuần này" names days as well
 */
export function answerOrQuestion(
  heard: Heard,
  draft: Draft,
  form: FormDefinition,
  here: Here,
  asksElse: () => boolean,
): ReportArgs | null {
  const { text } = heard;
  if (ASKS.test(fold(text)) || text.startsWith('/')) return null;
  const pressed = typedNumber(text, draft, form, here);
  if (pressed) return pressed;
  const said: ReportArgs = { do: 'input', draft: draft.id, step: null, input: { kind: 'answer', text } };
  if (draft.asking === 'unusual' && !interrogative(text)) return said;
  const step = form.steps[draft.step];
  if (step && stepKind(form, step) === 'text') return textOrQuestion(heard, draft, form, said);
  const answer = readAnswer(text, draft, form, here.world.today);
  if (answer.kind === 'unclear') {
    // "ba trăm" at the period is a slip, no search.
    if (asksElse()) return null;
    const slip = step && stepKind(form, step) === 'period' && isSlip(heard);
    return elsewhere(heard) && !slip ? null : started(heard, said);
  }
  if (answer.kind === 'planned' && interrogative(text) && elsewhere(heard)) return null;
  if (answer.kind !== 'values') return said;
  const counts = Object.values(answer.values).some((value) => typeof value === 'number');
  if (Object.keys(answer.values).every((id) => fieldOf(form, id).kind === 'day') && asksElse()) return null;
  const plain = answer.strange <= STRANGE;
  // "nhiệm vụ tháng 6 của xã" names a period as well, but asks.
  // "hai quan bao cao the nao" asks about hải quan: no two quán.
  const { intent } = heard.reading;
  const wordy = !/\d/.test(text) && QUESTIONS.has(intent) && intent !== 'task_search';
  const asks = counts ? interrogative(text) && (wordy || !plain) : interrogative(text) || !plain;
  return asks && elsewhere(heard) ? null : said;
}

/** A question of the plans, a greeting, a call for help: other talks answer it, then the step is asked again. */
const elsewhere = ({ reading }: Heard): boolean => QUESTIONS.has(reading.intent) || COURTESY.has(reading.intent);

const isSlip = ({ text, reading }: Heard): boolean =>
  !interrogative(text) &&
  !COURTESY.has(reading.intent) &&
  (COUNTS.test(fold(text)) || reading.intent === 'task_search');
/** Nothing but a number, in digits or words. */
const COUNTS =
  /^(?:(?:\d+|khong|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|tram|chuc|nghin|ngan|trieu|ty|linh|le|ruoi|lam|tu|k|tr)(?: |$))+$/;

const started = (heard: Heard, otherwise: ReportArgs): ReportArgs =>
  heard.reading.intent === 'start_report' ? { do: 'open' } : otherwise;

/** Where words are asked for, the message is the answer unless it is plainly a question; when unsure, that is asked back. */
function textOrQuestion(heard: Heard, draft: Draft, form: FormDefinition, said: ReportArgs): ReportArgs | null {
  // "Kết quả: … Tồn tại: …" is written for the form, whatever it speaks of.
  if (namesTexts(heard.text, form)) return said;
  if (otherRequest(heard.text)) return doubtful(draft, heard.text);
  const { reading, text } = heard;
  const short = fold(text).split(' ').length <= 5;
  if (reading.confidence === 'sure' && short && COURTESY.has(reading.intent)) return null;
  if (short && reading.intent === 'start_report') return { do: 'open' };
  if (!QUESTIONS.has(reading.intent))
    return reading.confidence === 'sure' && COURTESY.has(reading.intent) && interrogative(text) ? null : said;
  if (interrogative(text)) return reading.confidence === 'sure' || /\?\s*$/.test(text) ? null : doubtful(draft, text);
  // Opinions speak of the plans' matters too; only what names a request of another kind is asked back.
  return reading.intent !== 'task_search' && reading.confidence !== 'unsure' ? doubtful(draft, text) : said;
}

function namesTexts(text: string, form: FormDefinition): boolean {
  if (!text.includes(':')) return false;
  const { values, lead } = opinionsIn(tokensOf(text), form);
  return lead === '' && Object.keys(values).length > 0;
}

const doubtful = (draft: Draft, text: string): ReportArgs => ({ do: 'unsure', draft: draft.id, text });

/** A lone number picks a choice where no figure is asked for. */
function typedNumber(text: string, draft: Draft, form: FormDefinition, here: Here): ReportArgs | null {
  const number = /^\s*(\d{1,2})\s*[.)]?\s*$/.exec(text);
  if (!number) return null;
  if (asksFigures(draft, form)) return null;
  const ask = here.session.offered[Number(number[1]) - 1]?.ask;
  const args = ask?.talk === REPORT ? ReportArgs.safeParse(ask.args) : null;
  return args?.success ? args.data : null;
}

/**
 * A bare number, or "gửi" alone, while a report waits to be mended: it is opened at the part at fault. A number is the
 * answer to that part.
 */
export function mends({ text }: Heard, { world }: Here): ReportArgs | null {
  const units = new Set((world.person?.memberships ?? []).map(({ unit }) => unit));
  const returned = world.ownReports.find(({ state, unit }) => state === 'returned' && units.has(unit));
  if (!returned) return null;
  const number = NUMBERS.test(text.trim());
  if (!number && controlIn(text)?.kind !== 'confirm') return null;
  return { do: 'mend', report: returned.id, text: number ? text : null };
}
const NUMBERS = /^\d[\d.,]*(?:\s+\d[\d.,]*)*$/;

/** How long after a report the same word of sending is a repeat of it, in milliseconds. */
const REPEAT_MS = 5 * 60_000;

/** "gửi" again, just after the form was handed in: meant for the report that it became. */
export function repeated({ text }: Heard, { world }: Here): ReportArgs | null {
  const last = world.ownReports.find((report) => report.by === world.person?.id);
  if (!last || last.state === 'withdrawn' || last.state === 'returned' || world.now - last.changedAt > REPEAT_MS)
    return null;
  const control = controlIn(text);
  return control?.kind === 'confirm' ? { do: 'input', draft: last.id, step: null, input: control } : null;
}

/** "Hôm nay không phát sinh": a report of its own kind, asked to be confirmed. */
export const saysNothing = ({ text }: Heard, form: FormDefinition, today: Day): boolean =>
  !QUERY.test(fold(text)) && !/\?\s*$/.test(text) && understand(text, form, today).nothing;
/** "Không có gì" asks nothing by its "gì". */
const QUERY = /\b(khi nao|bao gio|the nao|ra sao|phai khong|dung khong|duoc khong|co phai|hay khong|khong a|nhi|ha)\b/;

/** "Sửa tờ rơi thành 350" is said of a report that is open: alone it begins none. */
export const corrects = ({ text }: Heard): boolean => CORRECTS.test(fold(text));
const CORRECTS = /^(?:sua|sua lai|chinh|chinh sua|dieu chinh) .+ (?:thanh|lai la) \d+\b/;

/** "Ngày mai tổ chức 2 buổi": no report yet. */
export const plans = (heard: Heard, form: FormDefinition, today: Day): boolean =>
  !heard.text.startsWith('/') &&
  !interrogative(heard.text) &&
  !ASKS.test(fold(heard.text)) &&
  understand(heard.text, form, today).planned;

/** A sentence outside a form that holds figures of the form and asks nothing is a report. */
export function tellsFigures(heard: Heard, form: FormDefinition, today: Day): boolean {
  const { text } = heard;
  if (text.startsWith('/') || ASKS.test(fold(text)) || /\?\s*$/.test(text)) return false;
  const { values, uncounted } = understand(text, form, today);
  const said = Object.keys(values).filter((id) => fieldOf(form, id).kind !== 'day');
  if (said.length === 0) return uncounted.length > 0 && !interrogative(text);
  const counted = said.filter((id) => typeof values[id] === 'number' && values[id] !== 0).length;
  if (counted >= 2 || (counted === 1 && !interrogative(text))) return true;
  return !QUESTIONS.has(heard.reading.intent);
}
