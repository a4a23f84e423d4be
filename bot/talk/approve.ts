/** The standing agency reads what was handed in: approves one or all, or returns one with its reason. `/duyet` */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Change, Offer, Send, Text } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import { fieldOf } from '../report/answer.ts';
import { waiting } from '../report/state.ts';
import type { FormDefinition, SubmittedReport } from '../report/types.ts';
import { say } from '../text/say.ts';
import { fileOffer } from './attachment.ts';
import { line, note, title } from './blocks.ts';
import { type Forms, formOf } from './report/forms.ts';
import { answerable, tell } from './report/reach.ts';
import { receiptIn } from './report/receipt.ts';
import { inOneLine, shown } from './report/shown.ts';
import { sentAsk } from './sent.ts';

/** A report as it was seen: what has changed since is not decided. */
const Seen = { report: z.string(), revision: z.number().int() };

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list'), page: z.number().int() }),
  z.object({ do: z.literal('show'), report: z.string() }),
  z.object({ do: z.literal('approve'), ...Seen }),
  z.object({ do: z.literal('approveAll'), seen: z.array(z.tuple([z.string(), z.number().int()])), sure: z.boolean() }),
  /** Which part is at fault is asked first, … */
  z.object({ do: z.literal('return'), ...Seen }),
  /** … then why: `text` is what was typed, `reason` what was chosen. */
  z.object({
    do: z.literal('because'),
    ...Seen,
    part: z.string().nullable(),
    reason: z.string().optional(),
    text: z.string().optional(),
  }),
  z.object({ do: z.literal('unknown'), receipt: z.string() }),
]);
type Args = z.infer<typeof Args>;

const APPROVE = 'approve';
const ask = (args: Args): Ask => ({ talk: APPROVE, args: args as Ask['args'] });

const PAGE = 8;
const LIST =
  /^((xem )?(cac )?bao cao )?(dang )?(cho duyet|can duyet|chua duyet)$|^duyet (cac )?(bao cao|bc)$|^(con )?(bao cao|bc) nao (dang )?(cho|can|chua) duyet$/;
const ALL = /^duyet (tat ca|het|toan bo|ca loat)( (cac )?(bao cao|bc))?$/;

export const createApprove = (forms: Forms): Talk<Args> => ({
  id: APPROVE,
  commands: ['duyet'],
  where: 'private',
  args: Args,
  command: (rest, here) =>
    rest === '' ? { do: 'list', page: 0 } : (meant(`duyệt ${rest}`, here) ?? { do: 'list', page: 0 }),
  hear: ({ text }, here) => (isCoordinator(here.world.person) ? meant(text, here) : null),
  answer(args, here) {
    if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
    switch (args.do) {
      case 'list':
        return list(args.page, here);
      case 'approveAll':
        return approveAll(args, here);
      case 'unknown':
        return { reply: { text: [line(say('sent:unknown', { receipt: args.receipt }))] } };
      default: {
        const report = here.world.allReports?.find(({ id }) => id === args.report);
        if (!report) return { reply: { text: [line(say('approve:gone'))], offers: [toList()] } };
        return one(args, report, formOf(forms, report, here), here);
      }
    }
  },
});

function meant(text: string, here: Here): Args | null {
  const words = fold(text);
  if (ALL.test(words)) return { do: 'approveAll', seen: seenNow(here), sure: false };
  if (LIST.test(words)) return { do: 'list', page: 0 };
  const receipt = receiptIn(text, here.world.today);
  if (receipt === null || words.split(' ').length > 8) return null;
  const report = here.world.allReports?.find((r) => r.receipt === receipt);
  if (!report) return { do: 'unknown', receipt };
  if (/\btra lai\b/.test(words)) return { do: 'return', report: report.id, revision: report.revision };
  // A receipt alone is shown first: nothing is approved unread.
  return { do: 'show', report: report.id };
}

const seenNow = (here: Here): [string, number][] =>
  waiting(here.world.allReports ?? []).map(({ id, revision }) => [id, revision]);

function list(page: number, here: Here, told: Text[] = []): Turn {
  const reports = waiting(here.world.allReports ?? []);
  if (reports.length === 0) return { reply: { text: [...told, line(say('approve:none'))] } };
  const pages = Math.ceil(reports.length / PAGE);
  const at = Math.min(Math.max(page, 0), pages - 1);
  const now = reports.slice(at * PAGE, (at + 1) * PAGE);
  return {
    reply: {
      text: [
        ...told,
        title(say('approve:title', { count: reports.length })),
        ...now.map((report, i) => line(`${i + 1}. ${inOneLine(report, here)}`)),
        ...(pages > 1 ? [note(say('sent:page', { page: at + 1, pages }))] : []),
      ],
      offers: [
        ...now.map(({ id, receipt }) => ({ label: receipt, ask: ask({ do: 'show', report: id }) })),
        ...(at + 1 < pages ? [{ label: say('sent:next'), ask: ask({ do: 'list', page: at + 1 }) }] : []),
        {
          label: say('approve:all', { count: reports.length }),
          ask: ask({ do: 'approveAll', seen: seenNow(here), sure: false }),
        },
      ],
    },
  };
}

const toList = (): Offer => ({ label: say('approve:toList'), ask: ask({ do: 'list', page: 0 }) });

type One = Exclude<Args, { do: 'list' | 'approveAll' | 'unknown' }>;

function one(args: One, report: SubmittedReport, form: FormDefinition, here: Here): Turn {
  if (args.do === 'show') return show(report, form, here);
  if (args.revision !== report.revision || report.state !== 'submitted') return overtaken(report, form, here);
  switch (args.do) {
    case 'approve':
      return {
        changes: [approved(report)],
        sends: tellApproved(report, here),
        ...next(report, line(say('approve:done', { receipt: report.receipt })), here),
      };
    case 'return':
      return whichPart(report, form);
    case 'because':
      return because(args, report, form, here);
  }
}

/** What is still to be read after this one; the list has it all. */
function next(report: SubmittedReport, told: Text, here: Here): Turn {
  const rest = waiting(here.world.allReports ?? []).filter(({ id }) => id !== report.id);
  const [first] = rest;
  if (!first) return { reply: { text: [told, line(say('approve:none'))] } };
  return {
    reply: {
      text: [told, line(say('approve:left', { count: rest.length, line: inOneLine(first, here) }))],
      offers: [{ label: say('approve:next'), ask: ask({ do: 'show', report: first.id }) }, toList()],
    },
  };
}
function show(report: SubmittedReport, form: FormDefinition, here: Here): Turn {
  const { id, revision } = report;
  return {
    reply: {
      text: shown(report, form, here, report.approved ?? report.before),
      offers: [
        ...(report.state === 'submitted'
          ? [
              { label: say('approve:approve'), ask: ask({ do: 'approve', report: id, revision }) },
              { label: say('approve:return'), ask: ask({ do: 'return', report: id, revision }) },
            ]
          : []),
        ...fileOffer(report),
        toList(),
      ],
    },
  };
}

/** Somebody else was quicker, or the unit has sent a new version: what is true now is shown, and nothing was decided. */
function overtaken(report: SubmittedReport, form: FormDefinition, here: Here): Turn {
  const now = show(report, form, here).reply!;
  const key = report.state === 'submitted' ? 'approve:newer' : 'approve:decided';
  const told = say(key, { receipt: report.receipt, state: say(`sent:state.${report.state}`) });
  return { reply: { ...now, text: [line(told), ...now.text] } };
}

const approved = ({ id, revision }: SubmittedReport): Change => ({
  kind: 'decideReport',
  report: id,
  revision,
  decision: 'approved',
  reason: null,
  part: null,
});

const tellApproved = (report: SubmittedReport, here: Here): Send[] =>
  tell(
    answerable(report, here),
    `decided/${report.id}/${report.revision}`,
    [line(say('approve:toldApproved', { line: inOneLine(report, here) }))],
    [],
    here,
  );

function approveAll({ seen, sure }: Extract<Args, { do: 'approveAll' }>, here: Here): Turn {
  const now = new Map(waiting(here.world.allReports ?? []).map((report) => [report.id, report]));
  const still = seen.flatMap(([id, revision]) => {
    const report = now.get(id);
    return report?.revision === revision ? [report] : [];
  });
  if (still.length === 0) return list(0, here);
  if (!sure)
    return {
      reply: {
        text: [
          line(say('approve:sure', { count: still.length })),
          ...still.slice(0, PAGE).map((report) => line(inOneLine(report, here))),
          ...(still.length > PAGE ? [note(say('approve:more', { count: still.length - PAGE }))] : []),
        ],
        offers: [
          {
            label: say('approve:allNow', { count: still.length }),
            ask: ask({ do: 'approveAll', seen, sure: true }),
            yes: true,
          },
          toList(),
        ],
      },
    };
  const changed = seen.length - still.length;
  const left = now.size - still.length;
  return {
    changes: still.map(approved),
    sends: still.flatMap((report) => tellApproved(report, here)),
    reply: {
      text: [
        line(say('approve:allDone', { count: still.length })),
        ...(changed > 0 ? [line(say('approve:someChanged', { count: changed }))] : []),
        ...(left === 0 ? [line(say('approve:none'))] : []),
      ],
      ...(left > 0 && { offers: [toList()] }),
    },
  };
}

function whichPart(report: SubmittedReport, form: FormDefinition): Turn {
  const { id, revision, receipt } = report;
  const choose = (label: string, part: string | null): Offer => ({
    label,
    ask: ask({ do: 'because', report: id, revision, part }),
  });
  return {
    reply: {
      text: [line(say('approve:whichPart', { receipt }))],
      offers: [
        ...form.steps.map((step) => choose(step.title, step.id)),
        choose(say('approve:whole'), null),
        { label: say('approve:leave'), ask: ask({ do: 'show', report: id }) },
      ],
    },
    // Who types instead of choosing has said why.
    awaits: { do: 'because', report: id, revision, part: null },
  };
}

/** The part that a reason speaks of: where one of its figures is named. */
function partNamed(reason: string, form: FormDefinition): string | null {
  const words = ` ${fold(reason)} `;
  const named = form.steps.filter(({ title, fields }) =>
    [title, ...fields.flatMap((id) => fieldOf(form, id).aliases)].some((name) => words.includes(` ${fold(name)} `)),
  );
  return named.length === 1 ? named[0]!.id : null;
}

/** Typed in place of a reason: nothing is returned. */
const LEAVES = /^(?:thoi|huy|khong|thoi khong|de sau|bo qua|quay lai|thoi khong tra lai|khong tra lai nua|xem lai)$/;

const REASONS = ['approve:reasons.mismatch', 'approve:reasons.missing', 'approve:reasons.period'] as const;

function because(
  args: Extract<Args, { do: 'because' }>,
  report: SubmittedReport,
  form: FormDefinition,
  here: Here,
): Turn {
  const { id, revision, receipt } = report;
  if (args.text !== undefined && LEAVES.test(fold(args.text))) return show(report, form, here);
  const reason = args.reason ?? args.text?.trim();
  const named = args.part ?? (reason ? partNamed(reason, form) : null);
  const step = form.steps.find((s) => s.id === named);
  if (!reason)
    return {
      reply: {
        text: [line(say('approve:why', { receipt, part: step?.title ?? say('approve:whole') }))],
        offers: [
          ...REASONS.map((key) => ({ label: say(key), ask: ask({ ...args, reason: say(key) }) })),
          { label: say('approve:leave'), ask: ask({ do: 'show', report: id }) },
        ],
      },
      awaits: { ...args },
    };
  const part = step?.id ?? null;
  const why = step ? say('sent:reasonAt', { reason, part: step.title }) : reason;
  const correct = sentAsk({ do: 'correct', report: id });
  return {
    changes: [{ kind: 'decideReport', report: id, revision, decision: 'returned', reason, part }],
    sends: tell(
      answerable(report, here),
      `decided/${id}/${revision}`,
      [line(say('approve:toldReturned', { line: inOneLine(report, here), reason: why }))],
      [{ label: say('sent:correctNow', { receipt }), command: `/dagui sửa ${receipt}`, ask: correct }],
      here,
    ),
    ...next(report, line(say('approve:returned', { receipt, reason: why })), here),
  };
}
