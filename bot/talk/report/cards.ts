/** What the officer sees of an open form: the step that is asked, the review card, what is to be confirmed. */
import type { Here, Turn } from '../../core/talk.ts';
import type { Draughted, Offer, Text } from '../../core/types.ts';
import { speakDay } from '../../language/calendar.ts';
import { dutyOf } from '../../plan/extended.ts';
import { fieldOf, openFields, stepKind } from '../../report/answer.ts';
import { optionsOf } from '../../report/choices.ts';
import { lastDay, periodOrDay } from '../../report/duty.ts';
import { fileField, hasContent, type Input, isReview, type Outcome } from '../../report/runner.ts';
import { changedFields } from '../../report/state.ts';
import type { Draft, FormDefinition, Step, Values } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line, note, title } from '../blocks.ts';
import { inputAsk, reportAsk } from './asks.ts';
import { withEcho } from './echo.ts';
import { unusualCard } from './explain.ts';
import { type Counted, ofSameDays, overlapped, overlaps } from './overlap.ts';
import { labels, listed, reportName, spokenFault, spokenPeriodToBe } from './words.ts';

const offer = (draft: Draft, label: string, input: Input, anywhere = false): Offer => ({
  label,
  ask: inputAsk(draft, input, anywhere),
});

/** What a draft waits for: a confirmation, a step, or the review card. */
export function card(draft: Draft, form: FormDefinition, here: Here): Draughted {
  if (draft.asking === 'cancel') return confirmCancel(draft, form);
  if (draft.asking === 'unusual') return unusualCard(draft, form, here);
  if (draft.asking === 'overlap') return overlapCard(draft, form, here);
  if (draft.asking === 'nothing') return confirmNothing(draft, form, here);
  return isReview(draft, form) ? review(draft, form, here) : question(draft, form, here);
}

export function question(draft: Draft, form: FormDefinition, here: Here): Draughted {
  const step = form.steps[draft.step]!;
  const head = say('report:head', {
    form: form.title,
    unit: here.world.plans.name(draft.unit),
    step: draft.step + 1,
    steps: form.steps.length,
  });
  const has = step.fields.some((id) => id in draft.values);
  return {
    text: [
      title(head),
      ...(has ? [line(say('report:recorded', { values: listed(step.fields, draft.values, form) }))] : []),
      line(asked(step, draft, form)),
      note(exampleOf(step, draft, form)),
    ],
    offers: stepOffers(step, draft, form, has),
  };
}

function asked(step: Step, draft: Draft, form: FormDefinition): string {
  const kind = stepKind(form, step);
  const open = openFields(step, draft.values);
  const fields = labels(open, form);
  if (kind === 'period') return say('report:ask.period', { title: step.title });
  if (kind === 'choice') return say('report:ask.choice', { title: step.title, fields: labels(step.fields, form) });
  if (open.length === 0) return say('report:ask.full', { title: step.title });
  if (kind === 'text') return say('report:ask.text', { title: step.title, fields });
  return say(open.length < step.fields.length ? 'report:ask.rest' : 'report:ask.figures', {
    title: step.title,
    fields,
  });
}

function exampleOf(step: Step, draft: Draft, form: FormDefinition): string {
  const fresh = stepKind(form, step) === 'figures' && openFields(step, draft.values).length === step.fields.length;
  return say(fresh ? 'report:examplePlain' : 'report:example', { example: step.example });
}

function stepOffers(step: Step, draft: Draft, form: FormDefinition, has: boolean): Offer[] {
  const open = openFields(step, draft.values).length > 0;
  const kind = stepKind(form, step);
  const canBeNone = kind !== 'period' && kind !== 'choice' && (open || !has);
  const answers = kind === 'choice' ? optionsOf(fieldOf(form, step.fields[0]!)).map(({ label }) => label) : [];
  return [
    ...[...answers, ...(step.choices ?? [])].map((text) => offer(draft, text, { kind: 'answer', text })),
    ...(draft.step === 0 && !hasContent(draft.values, form)
      ? [offer(draft, say('report:offer.nothing'), { kind: 'nothing' })]
      : []),
    ...(canBeNone ? [offer(draft, say(has ? 'report:offer.noneRest' : 'report:offer.none'), { kind: 'none' })] : []),
    offer(draft, say(has ? 'report:offer.goOn' : 'report:offer.skip'), { kind: 'skip' }),
    ...(has ? [offer(draft, say('report:offer.clear'), { kind: 'clear' })] : []),
    ...(draft.step > 0 || draft.mending ? [offer(draft, say('report:offer.back'), { kind: 'back' })] : []),
    ...leaving(draft),
  ];
}

const leaving = (draft: Draft): Offer[] => [
  offer(draft, say('report:offer.keep'), { kind: 'keep' }, true),
  offer(draft, say('report:offer.cancel'), { kind: 'cancel' }, true),
];

/** Every value that was said, by parts; what was not said in one line. */
export function review(draft: Draft, form: FormDefinition, here: Here): Draughted {
  const filled = hasContent(draft.values, form);
  return {
    text: [
      title(say('report:headReview', { form: form.title, unit: here.world.plans.name(draft.unit) })),
      ...amending(draft, here),
      ...form.steps.flatMap((step, i) => partSaid(step, i, draft, form, here)),
      ...others(draft.values, form),
      ...attached(draft, form),
      ...unsaid(draft, form),
      ...overlapping(draft, form, here),
      line(serves(draft, form, here)),
      note(filled ? say('report:reviewHow') : say('report:emptyHow')),
    ],
    offers: [
      ...(filled
        ? [offer(draft, say('report:offer.submit'), { kind: 'confirm' }), ...joining(draft, form, here)]
        : [offer(draft, say('report:offer.nothing'), { kind: 'nothing' })]),
      { label: say('report:offer.edit'), ask: reportAsk({ do: 'parts', draft: draft.id }) },
      // A report that is corrected, or that is a duty's own, stays with its duty.
      ...(draft.amends || form.duties || form.general
        ? []
        : [{ label: say('report:offer.duty'), ask: reportAsk({ do: 'duties', draft: draft.id }) }]),
      ...leaving(draft),
    ],
  };
}

/** What waits, shortly, to whoever may take it for sent. */
export function notSent(draft: Draft, form: FormDefinition, here: Here): Draughted {
  const again = card(draft, form, here);
  if (draft.asking) return again;
  return { ...again, text: [line(say('report:notSent')), ...again.text.slice(0, 1)] };
}

/** The file that goes along, or that one may be sent. */
function attached({ values }: Draft, form: FormDefinition): Text[] {
  const field = fileField(form);
  if (!field || !form.files) return [];
  if (field.id in values) return [line(listed([field.id], values, form)), note(say('report:file.remove'))];
  const kinds = form.files.kinds.map((kind) => kind.toUpperCase()).join(', ');
  return [note(say('report:file.how', { kinds, most: form.files.most }))];
}

/** What was told besides what this unit is asked. */
export function others(values: Values, form: FormDefinition): Text[] {
  const asked = new Set(form.steps.flatMap(({ fields }) => fields));
  const rest = form.fields
    .filter(({ kind }) => kind !== 'file')
    .map(({ id }) => id)
    .filter((id) => id in values && !asked.has(id));
  return rest.length > 0
    ? [line([say('report:others'), ...rest.map((id) => listed([id], values, form))].join('\n'))]
    : [];
}

/** Which report a correction is of, and what it changes so far. */
function amending({ amends, values }: Draft, { world }: Here): Text[] {
  const report = amends && world.ownReports.find(({ id }) => id === amends.report);
  if (!report) return [];
  const changed = changedFields(report, { values, nothing: false }).length;
  return [note(say('report:amend.of', { receipt: report.receipt, count: changed }))];
}

function partSaid(step: Step, i: number, draft: Draft, form: FormDefinition, { world }: Here): Text[] {
  const { values } = draft;
  if (stepKind(form, step) === 'period')
    return [line(say('report:period', { n: i + 1, period: spokenPeriodToBe(draft, form, world.today) }))];
  const said = step.fields.filter((id) => id in values).map((id) => listed([id], values, form));
  return said.length > 0 ? [line([`${i + 1}. ${step.title}`, ...said].join('\n'))] : [];
}

function unsaid({ values }: Draft, form: FormDefinition): Text[] {
  const open = form.steps.filter((step) => stepKind(form, step) !== 'period').flatMap((s) => openFields(s, values));
  return open.length > 0 ? [note(say('report:unsaid', { fields: labels(open, form) }))] : [];
}

/** The usual answers for the period are one tap away. */
function missingPeriod(draft: Draft, form: FormDefinition): Offer[] {
  const step = form.steps.find((s) => stepKind(form, s) === 'period');
  if (!step || openFields(step, draft.values).length === 0) return [];
  return (step.choices ?? []).map((text) => offer(draft, text, { kind: 'answer', text }));
}

function overlapping(draft: Draft, form: FormDefinition, here: Here): Text[] {
  const whole = toBe(draft, form, here);
  return hasContent(draft.values, form) || whole.nothing ? overlaps(whole, here.world.ownReports) : [];
}

/** New figures for days that a report speaks of already: to be added to it, or to stand in its place. */
function joining(draft: Draft, form: FormDefinition, here: Here): Offer[] {
  const other =
    draft.amends || !hasContent(draft.values, form) ? null : overlapped(toBe(draft, form, here), here.world.ownReports);
  if (!other) return [];
  return (['add', 'replace'] as const).map((how) => ({
    label: say(`report:overlap.${how}`, { receipt: other.receipt }),
    ask: reportAsk({ do: 'join', draft: draft.id, report: other.id, how }),
  }));
}

/** Asked before figures of days that have been reported are sent: added, or in the place of the others; null where none are. */
export function asksHow(draft: Draft, form: FormDefinition, here: Here): Turn | null {
  if (draft.amends || !ofSameDays(toBe(draft, form, here), here.world.ownReports)) return null;
  const asking: Draft = { ...draft, step: form.steps.length, asking: 'overlap' };
  return { draft: asking, reply: overlapCard(asking, form, here) };
}

const overlapCard = (draft: Draft, form: FormDefinition, here: Here): Draughted => ({
  text: [line(say('report:overlap.ask')), ...overlapping(draft, form, here)],
  offers: [
    ...joining(draft, form, here),
    offer(draft, say('report:overlap.apart'), { kind: 'confirm' }),
    offer(draft, say('report:offer.review'), { kind: 'review' }, true),
  ],
});

/** The report that the form would become. */
function toBe(draft: Draft, form: FormDefinition, { world }: Here): Counted {
  const amended = world.ownReports.find(({ id }) => id === draft.amends?.report);
  return {
    id: amended?.id ?? draft.id,
    ...{ form: draft.form, unit: draft.unit, nothing: draft.asking === 'nothing' },
    values: periodOrDay(draft.values, form, draft.startedOn),
    submittedAt: amended?.submittedAt ?? world.now,
  };
}

/** The duty that the report serves, with its last day. */
export function serves(draft: Draft, form: FormDefinition, { world }: Here): string {
  const duty = dutyOf(world.plans, draft.unit, draft.duty);
  const last = duty && lastDay(duty);
  if (!duty || !last) return say('report:servesNone');
  const nothing = draft.asking === 'nothing';
  const values = periodOrDay(draft.values, form, draft.startedOn);
  const name = reportName({ form: draft.form, duty: draft.duty, nothing, values }, duty, world.plans);
  if (name !== duty.name)
    return say(world.today > last ? 'report:interimPast' : 'report:interimServes', { name, last: speakDay(last) });
  return say(world.today > last ? 'report:servesPast' : 'report:serves', { duty: duty.name, last: speakDay(last) });
}

/** What comes of an input, as the officer reads it; null for what leaves no open form. */
export function told(
  outcome: Exclude<Outcome, { kind: 'cancelled' | 'submitted' }>,
  form: FormDefinition,
  here: Here,
): Draughted {
  const { draft } = outcome;
  const again = card(draft, form, here);
  switch (outcome.kind) {
    case 'asked':
    case 'review':
      return { ...again, ...withEcho(outcome, again, form) };
    case 'invalid':
      return {
        ...again,
        text: [
          line(spokenFault(outcome.fault, form, exampleFor(draft, form))),
          ...(outcome.took.length > 0
            ? [line(say('report:recorded', { values: listed(outcome.took, draft.values, form) }))]
            : [note(say('report:unchanged'))]),
          ...again.text,
        ],
      };
    case 'unclear':
      return { ...again, text: [line(unclear(draft, form)), ...again.text.slice(0, 1)] };
    case 'planned':
      return { ...again, text: [line(say('report:planned')), ...again.text.slice(0, 1)] };
    case 'empty':
      return again;
    case 'notNothing':
      return { ...again, text: [line(say('report:notNothing')), ...again.text] };
    case 'kept':
      return {
        text: [line(say('report:kept'))],
        offers: [
          offer(draft, say('report:offer.resume'), { kind: 'resume' }, true),
          offer(draft, say('report:offer.cancel'), { kind: 'cancel' }, true),
        ],
      };
    case 'confirmCancel':
    case 'confirmNothing':
      return again;
  }
}

const confirmCancel = (draft: Draft, form: FormDefinition): Draughted => ({
  text: [
    line(
      say('report:confirmCancel', {
        values: listed(
          form.fields.map(({ id }) => id),
          draft.values,
          form,
        ),
      }),
    ),
  ],
  offers: [
    offer(draft, say('report:offer.cancelNow'), { kind: 'cancel' }, true),
    offer(draft, say('report:offer.stay'), { kind: 'resume' }, true),
  ],
});

const confirmNothing = (draft: Draft, form: FormDefinition, here: Here): Draughted => ({
  text: [
    line(
      say('report:confirmNothing', {
        unit: here.world.plans.name(draft.unit),
        period: spokenPeriodToBe(draft, form, here.world.today),
      }),
    ),
    ...overlapping(draft, form, here),
    line(serves(draft, form, here)),
  ],
  offers: [
    offer(draft, say('report:offer.nothingNow'), { kind: 'confirm' }),
    ...missingPeriod(draft, form),
    offer(draft, say('report:offer.stay'), { kind: 'resume' }, true),
  ],
});

const exampleFor = (draft: Draft, form: FormDefinition): string =>
  (form.steps[draft.step] ?? form.steps.find((s) => stepKind(form, s) === 'figures') ?? form.steps[0]!).example;

function unclear(draft: Draft, form: FormDefinition): string {
  const step = form.steps[draft.step];
  return say(`report:unclear.${step ? stepKind(form, step) : 'review'}`, { example: exampleFor(draft, form) });
}
