/** The quick report, guided or from one sentence: `/baocao`. While a form is open, messages are its answers. */
import type { AnyTalk, Heard, Here, Talk, Turn } from '../core/talk.ts';
import type { Draughted } from '../core/types.ts';
import { speakDay } from '../language/calendar.ts';
import type { UnitId } from '../plan/types.ts';
import { asksFigures, fieldOf } from '../report/answer.ts';
import { datedDuties, dutyServed, lastDay, periodOf, submittedFrom } from '../report/duty.ts';
import { formFor } from '../report/for-unit.ts';
import { exchangedIn, mendedIn } from '../report/remove.ts';
import { advance, type Input, isReview } from '../report/runner.ts';
import type { Draft, FormDefinition } from '../report/types.ts';
import { understand } from '../report/understand.ts';
import { say } from '../text/say.ts';
import { line, note } from './blocks.ts';
import { agrees, asksParts, controlIn, inputAsk, REPORT, ReportArgs, reportAsk } from './report/asks.ts';
import { asksHow, card, told as come, notSent } from './report/cards.ts';
import { beginDuty, dutyForm, dutyNamed, soon, whichReport } from './report/duty-form.ts';
import { asksWhy } from './report/explain.ts';
import { met, refusedFile, withFile } from './report/files.ts';
import { type Forms, findForm, formOf } from './report/forms.ts';
import { answerOrQuestion, corrects, mends, plans, repeated, saysNothing, tellsFigures } from './report/hearing.ts';
import { amendOf, atFault, join, mendOrNew } from './report/mend.ts';
import { otherRequest } from './report/other-request.ts';
import { standsAt } from './report/shown.ts';
import { already, submit } from './report/submit.ts';
import { lower } from './report/words.ts';

export interface ReportNeeds {
  /** Every version of every form; the newest of the first is the quick report. */
  forms: readonly FormDefinition[];
}

export function quickForm(forms: readonly FormDefinition[]): FormDefinition {
  const quick = forms.find((form) => form.id === 'bao-cao-nhanh');
  if (!quick) throw new Error('no form bao-cao-nhanh');
  return quick;
}

/** @param others whose requests name days as a report does, and are none of it */
export function createReport({ forms }: ReportNeeds, others: readonly AnyTalk[] = []): Talk<ReportArgs> {
  const quick = quickForm(forms);
  const open = (here: Here): { draft: Draft; form: FormDefinition } | null => {
    const draft = here.session.draft;
    const form = draft && findForm(forms, draft, here);
    return draft && form ? { draft, form } : null;
  };

  function hear(heard: Heard, here: Here): ReportArgs | null {
    const now = open(here);
    if (!now || now.draft.paused) {
      const duty = dutyNamed(heard.text, forms, here);
      if (duty) return { do: 'open', duty };
    }
    if (!now) return hearClosed(heard, here, quick);
    const control = controlIn(heard.text);
    const { draft, form } = now;
    if (draft.paused) {
      return control && FROM_REST.has(control.kind) ? input(draft, control) : hearClosed(heard, here, quick);
    }
    if (draft.asking !== 'cancel' && draft.asking !== 'nothing' && isReview(draft, form) && polite(heard, control))
      return { do: 'agreed', draft: draft.id };
    // Sent once more is not yet how: only the choices say that.
    if (draft.asking === 'overlap' && control?.kind === 'confirm') return { do: 'agreed', draft: draft.id };
    const exchanged = exchangedIn(heard.text, draft.values, form);
    if (exchanged) return input(draft, { kind: 'answer', text: exchanged });
    const part = mendedIn(heard.text, form);
    if (part !== null) return input(draft, { kind: 'edit', step: part });
    if (asksParts(heard.text)) return { do: 'parts', draft: draft.id };
    return control
      ? input(draft, control)
      : answerOrQuestion(heard, draft, form, here, () => others.some((talk) => talk.hear?.(heard, here) != null));
  }

  return {
    id: REPORT,
    commands: ['baocao'],
    where: 'private',
    args: ReportArgs,
    command(rest, here) {
      const duty = dutyNamed(`làm ${rest}`, forms, here);
      if (duty) return { do: 'open', duty };
      const figures = Object.keys(understand(rest, quick, here.world.today).values).length > 0;
      return figures ? { do: 'open', text: rest } : { do: 'open' };
    },
    hear,
    meet(here) {
      const now = here.event.kind === 'sent' && here.event.chat.kind === 'private' ? open(here) : null;
      if (!now || now.draft.paused || here.event.kind !== 'sent') return null;
      const { file, album } = here.event;
      const args = met(file, now.draft, now.form);
      // Why one of them is not taken was told for all.
      return args.do === 'file' && album !== undefined && album === here.session.album ? null : args;
    },

    answer(args, here) {
      const { person } = here.world;
      if (!person) return register();
      if (args.do === 'planned') return told('report:planned');
      if (args.do === 'noneOpen') return told('report:noneOpen');
      if (args.do === 'file') return refusedFile(args.refused, open(here), here);
      if (args.do === 'mend') return mended(args, open(here), forms, here);
      if (args.do === 'open') return opened(args, here, open(here), forms, quick);
      const now = open(here);
      if (!now || now.draft.id !== args.draft) return gone(args.draft, here, now);
      const before = submittedFrom(args.draft, here.world.ownReports);
      if (before) return already(before, here);
      switch (args.do) {
        case 'input':
          if (args.step !== null && args.step !== now.draft.step) return moved(now.draft, now.form, here);
          return inputTurn(now.draft, args.input, now.form, here);
        case 'agreed':
          return { reply: notSent(now.draft, now.form, here) };
        case 'parts':
          return parts(now.draft, now.form, here);
        case 'duties':
          return duties(now.draft, here);
        case 'duty':
          return show({ ...now.draft, duty: args.duty, dutyChosen: true }, now.form, here);
        case 'join':
          return join(now.draft, args, now.form, here);
        case 'unsure':
          return unsure(now.draft, now.form, args.text);
      }
    },

    takesNumbers(here) {
      const now = open(here);
      return now !== null && !now.draft.paused && asksFigures(now.draft, now.form);
    },

    resume(here) {
      const now = open(here);
      return now && !now.draft.paused && here.world.person ? card(now.draft, now.form, here) : null;
    },
  };
}

const input = (draft: Draft, given: Input): ReportArgs => ({ do: 'input', draft: draft.id, step: null, input: given });

/** A yes, thanks, a thumb: whoever says so may take the report for sent, or mean something else. */
const polite = (heard: Heard, control: Input | null): boolean =>
  !control && (agrees(heard.text) || heard.reading.intent === 'thanks');

/** What may be said of a form that was put aside. */
const FROM_REST: ReadonlySet<Input['kind']> = new Set(['resume', 'cancel', 'review', 'confirm']);

/** What only an open form can do. */
const FOR_OPEN: ReadonlySet<Input['kind']> = new Set(['cancel', 'keep', 'review', 'confirm']);

function hearClosed(heard: Heard, here: Here, form: FormDefinition): ReportArgs | null {
  const again = mends(heard, here) ?? repeated(heard, here);
  if (again) return again;
  const control = controlIn(heard.text);
  if ((control && FOR_OPEN.has(control.kind)) || corrects(heard)) return { do: 'noneOpen' };
  if (plans(heard, form, here.world.today)) return { do: 'planned' };
  if (saysNothing(heard, form, here.world.today)) return { do: 'open', text: heard.text };
  if (tellsFigures(heard, form, here.world.today)) return { do: 'open', text: heard.text };
  return heard.reading.intent === 'start_report' ? { do: 'open' } : null;
}

/** One sentence, and the way to a report. */
const told = (key: 'report:planned' | 'report:noneOpen'): Turn => ({
  reply: {
    text: [line(say(key))],
    offers: [{ label: say('smalltalk:report'), ask: reportAsk({ do: 'open' }) }],
  },
});

const register = (): Turn => ({
  reply: {
    text: [line(say('report:register'))],
    offers: [{ label: say('report:registerNow'), ask: { talk: 'start', args: { do: 'greet', code: false } } }],
  },
});

/** A choice of a form that is no longer open: a report by now, or given up. */
function gone(draftId: string, here: Here, now: { draft: Draft; form: FormDefinition } | null): Turn {
  const report = submittedFrom(draftId, here.world.ownReports);
  if (report) return already(report, here);
  if (!now) return { reply: { text: [line(say('report:closed'))] } };
  return moved(now.draft, now.form, here);
}

function moved(draft: Draft, form: FormDefinition, here: Here): Turn {
  const again = card(draft, form, here);
  return { reply: { ...again, text: [note(say('report:moved')), ...again.text] } };
}

function opened(
  args: Extract<ReportArgs, { do: 'open' }>,
  here: Here,
  now: { draft: Draft; form: FormDefinition } | null,
  forms: Forms,
  form: FormDefinition,
): Turn {
  if (now && !args.fresh) return continueOrFresh(now.draft, args, here);
  const units = here.world.person!.memberships.map((m) => m.unit);
  const [unit, ...others] = [...new Set(units)];
  if (unit === undefined) return register();
  if (args.unit === undefined && others.length > 0) return whichUnit([unit, ...others], args, here);
  if (args.unit !== undefined && !units.includes(args.unit)) return notYours(args.unit, here);
  const chosen = args.unit ?? unit;
  const returned = here.world.ownReports.filter((report) => report.unit === chosen && report.state === 'returned');
  const mended = returned.find(({ id }) => id === args.amends);
  if (mended) {
    const its = formOf(forms, mended, here);
    return inputTurn(amendOf(mended, its, here), { kind: 'answer', text: args.text ?? '' }, its, here);
  }
  if (returned.length > 0 && args.text !== undefined && !args.quick) return mendOrNew(returned, args, here);
  const duty = here.world.plans.duties(chosen).find(({ id }) => id === args.duty);
  const own = dutyForm(forms, duty);
  if (duty && own) return beginDuty(chosen, duty, own, here);
  const due = args.text !== undefined || args.quick || args.duty !== undefined ? [] : soon(chosen, forms, here);
  if (due.length > 0) return whichReport({ ...args, unit: chosen }, due, form);
  return begin({ ...args, unit: chosen }, form, here);
}

/** The returned report at the part at fault, with the answer to it if one was given. */
function mended(
  { report: id, text }: Extract<ReportArgs, { do: 'mend' }>,
  now: { draft: Draft } | null,
  forms: Forms,
  here: Here,
): Turn {
  const report = here.world.ownReports.find((one) => one.id === id && one.state === 'returned');
  if (!report) return { reply: { text: [line(say('report:closed'))] } };
  if (now) return continueOrFresh(now.draft, { do: 'open' }, here);
  const form = formOf(forms, report, here);
  const draft = atFault(report, form, here);
  const why = line(standsAt(report, form));
  const turn = text === null ? show(draft, form, here) : inputTurn(draft, { kind: 'answer', text }, form, here);
  return { ...turn, reply: { ...turn.reply!, text: [why, ...turn.reply!.text] } };
}

function continueOrFresh(draft: Draft, { text, duty }: Extract<ReportArgs, { do: 'open' }>, here: Here): Turn {
  return {
    reply: {
      text: [
        line(say('report:openAlready', { unit: here.world.plans.name(draft.unit), day: speakDay(draft.startedOn) })),
      ],
      offers: [
        { label: say('report:offer.resume'), ask: inputAsk(draft, { kind: 'resume' }, true) },
        {
          label: say('report:offer.fresh'),
          ask: reportAsk({ do: 'open', fresh: true, ...(text && { text }), ...(duty && { duty }) }),
        },
      ],
    },
  };
}

const whichUnit = (units: UnitId[], args: Extract<ReportArgs, { do: 'open' }>, here: Here): Turn => ({
  reply: {
    text: [line(say('report:whichUnit'))],
    offers: units.map((unit) => ({ label: here.world.plans.name(unit), ask: reportAsk({ ...args, unit }) })),
  },
});

const notYours = (unit: UnitId, here: Here): Turn => ({
  reply: { text: [line(say('report:notYourUnit', { unit: here.world.plans.name(unit) }))] },
});

/** A new form, asked from its first step; a free sentence fills it and leads to the review card. */
function begin(
  { unit, text, duty }: { unit: UnitId; text?: string | undefined; duty?: string | undefined },
  whole: FormDefinition,
  here: Here,
): Turn {
  const { world } = here;
  const named = world.plans.duties(unit).find(({ id }) => id === duty);
  const form = formFor(whole, world.plans.unit(unit));
  const empty: Draft = {
    id: world.chance.slice(0, 24),
    form: form.id,
    version: form.version,
    unit,
    duty: named?.id ?? dutyServed(unit, world.plans, world.today),
    ...(named && { dutyChosen: true as const }),
    step: 0,
    values: {},
    paused: false,
    startedOn: world.today,
  };
  if (text !== undefined)
    return inputTurn({ ...empty, step: form.steps.length }, { kind: 'answer', text }, form, here, true);
  const asked = card(empty, form, here);
  return { draft: empty, reply: { ...asked, text: [...asked.text, note(say('report:care'))] } };
}

function inputTurn(from: Draft, given: Input, form: FormDefinition, here: Here, fresh = false): Turn {
  const outcome = advance(from, given, form, here.world.today);
  switch (outcome.kind) {
    case 'cancelled':
      return { draft: null, reply: { text: [line(say('report:cancelled'))] } };
    case 'submitted': {
      const { draft, nothing } = outcome;
      if (!here.world.person!.memberships.some((m) => m.unit === draft.unit)) return notYours(draft.unit, here);
      // The days that were taken for granted are not said yet.
      const why = nothing ? null : asksWhy({ ...draft, values: from.values }, form, here);
      const how = nothing || from.asking === 'overlap' ? null : asksHow(draft, form, here);
      return why ?? how ?? submit(draft, nothing, form, here);
    }
    default: {
      const served = { ...outcome, draft: withDuty(outcome.draft, form, here) };
      const reply = withFile(given, served, come(served, form, here));
      if (!fresh) return { draft: served.draft, reply };
      const read = outcome.kind === 'review' ? [line(say('report:understood'))] : [];
      return { draft: served.draft, reply: { ...reply, text: [...read, ...reply.text, note(say('report:care'))] } };
    }
  }
}

/** The duty follows the period of the figures until the officer chooses one. */
function withDuty(draft: Draft, form: FormDefinition, { world }: Here): Draft {
  if (draft.dutyChosen) return draft;
  const begun = dutyServed(draft.unit, world.plans, draft.startedOn, periodOf(draft.values, form));
  return { ...draft, duty: begun };
}

function show(draft: Draft, form: FormDefinition, here: Here): Turn {
  return { draft, reply: card(draft, form, here) };
}

const parts = (draft: Draft, form: FormDefinition, { world }: Here): Turn => ({
  reply: {
    text: [line(say('report:whichPart', { unit: world.plans.name(draft.unit) }))],
    offers: [
      ...form.steps.map(({ title }, step) => ({ label: title, ask: inputAsk(draft, { kind: 'edit', step }, true) })),
      { label: say('report:offer.review'), ask: inputAsk(draft, { kind: 'review' }, true) },
    ],
  },
});

function duties(draft: Draft, here: Here): Turn {
  const dated = datedDuties(draft.unit, here.world.plans);
  return {
    reply: {
      text: [line(say('report:whichDuty'))],
      offers: [
        ...dated.map((duty) => ({
          label: say('report:dutyLine', { name: duty.name, last: speakDay(lastDay(duty)!) }),
          ask: reportAsk({ do: 'duty', draft: draft.id, duty: duty.id }),
        })),
        { label: say('report:offer.noDuty'), ask: reportAsk({ do: 'duty', draft: draft.id, duty: null }) },
      ],
    },
  };
}

function unsure(draft: Draft, form: FormDefinition, text: string): Turn {
  const fields = (form.steps[draft.step]?.fields ?? []).map((id) => lower(fieldOf(form, id).label)).join(', ');
  const other = otherRequest(text);
  const reply: Draughted = {
    text: [line(say(other ? 'report:unsureRequest' : 'report:unsure', { text, fields }))],
    offers: [
      ...(other ? [other] : []),
      { label: say('report:offer.write'), ask: inputAsk(draft, { kind: 'answer', text }) },
      { label: say('report:offer.noWrite'), ask: inputAsk(draft, { kind: 'resume' }) },
    ],
  };
  return { reply };
}

/** `/nopbaocao <duty>`: the form for one duty; what a reminder opens, however long ago it was sent. */
export const reportFor = (report: Talk<ReportArgs>): Talk<ReportArgs> => ({
  id: 'report-for',
  commands: ['nopbaocao'],
  where: 'private',
  args: ReportArgs,
  command: (rest) => ({ do: 'open', ...(rest !== '' && { duty: rest }) }),
  answer: report.answer,
});
