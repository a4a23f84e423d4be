/** What my units have handed in, where it stands; correct or withdraw one. `/dagui` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Offer } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import { canCorrect, canWithdraw } from '../report/state.ts';
import type { Draft, FormDefinition, SubmittedReport } from '../report/types.ts';
import { say } from '../text/say.ts';
import { fileOffer } from './attachment.ts';
import { line, note, title } from './blocks.ts';
import { inputAsk } from './report/asks.ts';
import { card } from './report/cards.ts';
import { type Forms, formOf } from './report/forms.ts';
import { atFault } from './report/mend.ts';
import { receiptIn } from './report/receipt.ts';
import { inOneLine, shown, standsAt } from './report/shown.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list'), page: z.number().int() }),
  z.object({ do: z.literal('show'), report: z.string() }),
  /** `text` is the reason, where one was asked for in words; `fresh` gives up the form that is open. */
  z.object({
    do: z.literal('correct'),
    report: z.string(),
    reason: z.string().optional(),
    text: z.string().optional(),
    fresh: z.boolean().optional(),
  }),
  z.object({ do: z.literal('withdraw'), report: z.string(), revision: z.number().int(), sure: z.boolean() }),
  z.object({ do: z.literal('unknown'), receipt: z.string() }),
]);
export type SentArgs = z.infer<typeof Args>;

export const SENT = 'sent';
export const sentAsk = (args: SentArgs): Ask => ({ talk: SENT, args: args as Ask['args'] });

const PAGE = 8;
const LIST =
  /^(cho (toi |em )?xem |xem |cac )?(bao cao|bc)( cua)?( toi| don vi toi| chung toi)? (da gui|da nop)( cua (toi|don vi|don vi toi))?$|^(da gui|da nop)( bao cao)?( gi| nhung gi)?( roi)?$|^(lich su|trang thai) (bao cao|bc)( cua (toi|don vi|don vi toi))?$/;
const DEED = /\b(sua|dinh chinh|bo sung)\b|\b(rut|thu hoi)\b/;

export const createSent = (forms: Forms): Talk<SentArgs> => ({
  id: SENT,
  commands: ['dagui'],
  where: 'private',
  args: Args,
  command: (rest, here) => named(rest, here) ?? { do: 'list', page: 0 },
  hear({ text }, here) {
    const words = fold(text);
    if (LIST.test(words)) return { do: 'list', page: 0 };
    const plain = words.split(' ').length <= 8 && !/\bduyet\b|\btra lai\b/.test(words);
    return plain ? (named(text, here) ?? latest(words, here)) : null;
  },
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('sent:register'))] } };
    if (args.do === 'list') return list(args.page, here);
    const report = args.do === 'unknown' ? undefined : here.world.ownReports.find(({ id }) => id === args.report);
    if (args.do === 'unknown' || !report)
      return { reply: { text: [line(say('sent:unknown', { receipt: args.do === 'unknown' ? args.receipt : '' }))] } };
    const form = formOf(forms, report, here);
    switch (args.do) {
      case 'show':
        return show(report, form, here);
      case 'correct':
        return correct(args, report, form, here);
      case 'withdraw':
        return withdraw(args, report, form, here);
    }
  },
});

/** What a message asks of one report, named by its receipt: show it, correct it, withdraw it. */
function named(text: string, here: Here): SentArgs | null {
  const receipt = receiptIn(text, here.world.today);
  if (receipt === null) return null;
  const report = here.world.ownReports.find((one) => one.receipt === receipt);
  if (!report) return here.world.allReports ? null : { do: 'unknown', receipt };
  const [, corrects, withdraws] = DEED.exec(fold(text)) ?? [];
  if (corrects) return { do: 'correct', report: report.id };
  if (withdraws) return { do: 'withdraw', report: report.id, revision: report.revision, sure: false };
  return { do: 'show', report: report.id };
}

const JUST = '(?: (?:vua|moi) (?:gui|nop|roi)| da (?:gui|nop)| gan nhat| cuoi(?: cung)?| truoc)';
const LAST = new RegExp(
  `^(?:em |toi |cho (?:em |toi )?|xin |muon )*(?:(?:sua|chinh sua|dinh chinh|bo sung)(?: lai)? (?:bao cao|bc)(?<corrects>${JUST})?|(?:rut|thu hoi)(?: lai)? (?:bao cao|bc)${JUST}?(?<withdraws>)|(?:huy|xoa) (?:bao cao|bc)${JUST}(?<drops>))$`,
);

/** "Sửa báo cáo vừa gửi", "rút báo cáo" without its receipt: the last one that was handed in. */
function latest(words: string, { session, world }: Here): SentArgs | null {
  const meant = LAST.exec(words)?.groups;
  if (!meant) return null;
  const withdraws = meant.withdraws !== undefined || meant.drops !== undefined;
  // With a form open "sửa báo cáo" means that form.
  if (!withdraws && meant.corrects === undefined && session.draft && !session.draft.paused) return null;
  const report = world.ownReports
    .filter(({ state }) => state !== 'withdrawn')
    .reduce<SubmittedReport | null>((last, one) => (last && last.changedAt >= one.changedAt ? last : one), null);
  if (!report) return { do: 'list', page: 0 };
  return withdraws
    ? { do: 'withdraw', report: report.id, revision: report.revision, sure: false }
    : { do: 'correct', report: report.id };
}

function list(page: number, here: Here): Turn {
  const reports = here.world.ownReports.toSorted((a, b) => b.changedAt - a.changedAt);
  if (reports.length === 0)
    return {
      reply: {
        text: [line(say('sent:none'))],
        offers: [{ label: say('sent:report'), ask: { talk: 'report', args: { do: 'open' } } }],
      },
    };
  const pages = Math.ceil(reports.length / PAGE);
  const at = Math.min(Math.max(page, 0), pages - 1);
  const now = reports.slice(at * PAGE, (at + 1) * PAGE);
  return {
    reply: {
      text: [
        title(say('sent:title', { count: reports.length })),
        ...now.map((report, i) =>
          line(`${i + 1}. ${inOneLine(report, here)}\n${say(`sent:state.${report.state}`)}${because(report)}`),
        ),
        ...(pages > 1 ? [note(say('sent:page', { page: at + 1, pages }))] : []),
      ],
      offers: [
        ...now.map(({ id, receipt }) => ({ label: receipt, ask: sentAsk({ do: 'show', report: id }) })),
        ...(at + 1 < pages ? [{ label: say('sent:next'), ask: sentAsk({ do: 'list', page: at + 1 }) }] : []),
      ],
    },
  };
}

const because = ({ state, reason }: SubmittedReport): string =>
  state === 'returned' && reason !== null ? `: ${reason}` : '';

function show(report: SubmittedReport, form: FormDefinition, here: Here): Turn {
  return { reply: { text: shown(report, form, here, report.before), offers: deeds(report) } };
}

const deeds = (report: SubmittedReport): Offer[] => [
  ...(canCorrect(report) ? [{ label: say('sent:correct'), ask: sentAsk({ do: 'correct', report: report.id }) }] : []),
  ...(canWithdraw(report)
    ? [
        {
          label: say('sent:withdraw'),
          ask: sentAsk({ do: 'withdraw', report: report.id, revision: report.revision, sure: false }),
        },
      ]
    : []),
  ...fileOffer(report),
  { label: say('sent:all'), ask: sentAsk({ do: 'list', page: 0 }) },
];

type Correct = Extract<SentArgs, { do: 'correct' }>;

function correct(args: Correct, report: SubmittedReport, form: FormDefinition, here: Here): Turn {
  if (!canCorrect(report)) return { reply: { text: [line(say('sent:cannot', { receipt: report.receipt }))] } };
  const { draft } = here.session;
  if (draft && draft.amends?.report !== report.id && !args.fresh) return anotherOpen(draft, args, report, here);
  const reason = args.reason ?? args.text?.trim();
  // What was approved is added up already: why it changes is kept.
  if (report.approved && !reason) return why(args, report);
  const opened = openFor(report, reason, form, here);
  const asked = card(opened, form, here);
  return {
    draft: opened,
    reply: {
      ...asked,
      text: [
        ...(report.state === 'returned' ? [line(standsAt(report, form))] : []),
        note(say('sent:opened', { receipt: report.receipt })),
        ...asked.text,
      ],
    },
  };
}

/** The report's own form with its values: at the part at fault, else at the review card. */
function openFor(report: SubmittedReport, reason: string | undefined, form: FormDefinition, here: Here): Draft {
  const draft = atFault(report, form, here);
  return { ...draft, amends: { report: report.id, revision: report.revision, ...(reason && { reason }) } };
}

const anotherOpen = (draft: Draft, args: Correct, report: SubmittedReport, here: Here): Turn => ({
  reply: {
    text: [line(say('sent:another', { unit: here.world.plans.name(draft.unit), receipt: report.receipt }))],
    offers: [
      { label: say('report:offer.resume'), ask: inputAsk(draft, { kind: 'resume' }, true) },
      { label: say('sent:replace', { receipt: report.receipt }), ask: sentAsk({ ...args, fresh: true }) },
    ],
  },
});

const REASONS = ['sent:why.wrong', 'sent:why.more', 'sent:why.period'] as const;

function why(args: Correct, report: SubmittedReport): Turn {
  return {
    reply: {
      text: [line(say('sent:why.ask', { receipt: report.receipt }))],
      offers: [
        ...REASONS.map((key) => ({ label: say(key), ask: sentAsk({ ...args, reason: say(key) }) })),
        { label: say('sent:leave'), ask: sentAsk({ do: 'show', report: report.id }) },
      ],
    },
    awaits: { ...args },
  };
}

function withdraw(
  args: Extract<SentArgs, { do: 'withdraw' }>,
  report: SubmittedReport,
  form: FormDefinition,
  here: Here,
): Turn {
  const { receipt, id, unit, revision } = report;
  if (!canWithdraw(report))
    return {
      reply: {
        text: [line(say('sent:cannotWithdraw', { receipt, state: say(`sent:state.${report.state}`) }))],
        ...(canCorrect(report) && { offers: deeds(report) }),
      },
    };
  if (revision !== args.revision) {
    const now = show(report, form, here).reply!;
    return { reply: { ...now, text: [line(say('sent:overtaken', { receipt })), ...now.text] } };
  }
  if (!args.sure)
    return {
      reply: {
        text: [line(say('sent:sure', { line: inOneLine(report, here) }))],
        offers: [
          { label: say('sent:withdrawNow'), ask: sentAsk({ ...args, sure: true }), yes: true },
          { label: say('sent:leave'), ask: sentAsk({ do: 'show', report: id }) },
        ],
      },
    };
  return {
    changes: [{ kind: 'withdrawReport', report: id, unit, revision }],
    reply: { text: [line(say('sent:withdrawn', { receipt }))] },
    ...(here.session.draft?.amends?.report === id && { draft: null }),
  };
}
