/** Documents to take away: the draft of an official report (the standing agency), totals as a workbook or a table. `/xuat` */
import { isCoordinator } from '../core/rights.ts';
import type { Heard, Here, Talk, Turn } from '../core/talk.ts';
import type { Draughted, Offer, Paper } from '../core/types.ts';
import { say } from '../text/say.ts';
import { officialFile, totalsFile } from '../totals/paper.ts';
import { speakPeriod, usualPeriod } from '../totals/period.ts';
import { periodAsked } from '../totals/period-asked.ts';
import type { OfficialLayout } from '../totals/types.ts';
import { scopeName } from '../totals/words.ts';
import { line, note } from './blocks.ts';
import { PAPER, PaperArgs, paperAsk } from './totals/args.ts';
import { ownScope, periodOr, scopeOf } from './totals/asked.ts';
import { noPeriod } from './totals/cards.ts';

const VERB =
  /^(?:(?:cho|xin|giup|em|toi|minh|hay|can|muon|nho) )*(?:xuat|ket xuat|tai|tai ve|lap|soan|tao|in|lay|gui)\b/;
const TABLE = /\b(excel|xlsx|xls|bang tinh)\b|\bcsv\b/;
const OFFICIAL = /\b(word|docx|du thao|bao cao chinh thuc|van ban)\b/;
const NAMED =
  /\bbao cao (?:chinh thuc )?(?:ket qua )?(?:cong tac )?(thang hanh dong|(?:6|06|sau) thang|(?:ca )?nam\b|1 nam)/;

export function createPaper(layouts: readonly OfficialLayout[]): Talk<PaperArgs> {
  return {
    id: PAPER,
    commands: ['xuat'],
    where: 'private',
    args: PaperArgs,
    command(rest, here) {
      const reading = here.world.reader.read(`xuất ${rest}`, { asker: null, today: here.world.today });
      return meant({ text: `xuất ${rest}`, reading }, layouts, here) ?? { do: 'which' };
    },
    hear: (heard, here) => (VERB.test(heard.reading.words) ? meant(heard, layouts, here) : null),
    answer(args, here) {
      const { person } = here.world;
      if (!person) return { reply: { text: [line(say('common:registerFirst'))] } };
      switch (args.do) {
        case 'noPeriod':
          return { reply: noPeriod(args.wrong, args.reversed) };
        case 'which':
          return { reply: choices(layouts, here) };
        case 'official':
          return official(args.report, layouts, here);
        case 'totals':
          return totals(args, here);
      }
    },
  };
}

/** Only what names a document is meant: "gửi báo cáo" alone is handing one in. */
function meant({ text, reading }: Heard, layouts: readonly OfficialLayout[], here: Here): PaperArgs | null {
  const { words, parties } = reading;
  const { plans, today } = here.world;
  if (words.split(' ').length > 20) return null;
  if (TABLE.test(words)) {
    const own = ownScope(here) ?? (here.world.person ? null : ({ kind: 'city' } as const));
    const scope = parties[0] === undefined ? own : scopeOf(parties[0], here);
    const period = periodOr(periodAsked(text, words, plans, today), here);
    if ('do' in period) return period;
    return scope && { do: 'totals', format: /\bcsv\b/.test(words) ? 'csv' : 'xlsx', scope, period };
  }
  const named = NAMED.exec(words)?.[1];
  if (!isCoordinator(here.world.person) || (!OFFICIAL.test(words) && !named)) return null;
  const id =
    named === undefined
      ? undefined
      : /thang hanh dong/.test(named)
        ? 'thang-hanh-dong'
        : /thang/.test(named)
          ? '6-thang'
          : 'nam';
  return layouts.some((layout) => layout.id === id) ? { do: 'official', report: id! } : { do: 'which' };
}

function choices(layouts: readonly OfficialLayout[], here: Here): Draughted {
  const { plans, today, person } = here.world;
  const scope = ownScope(here);
  const period = usualPeriod(plans, today);
  const tables: Offer[] = scope
    ? (['xlsx', 'csv'] as const).map((format) => ({
        label: say(`paper:table.${format}`, { period: speakPeriod(period) }),
        ask: paperAsk({ do: 'totals', format, scope, period }),
      }))
    : [];
  return {
    text: [line(say('paper:which')), note(say('paper:how'))],
    offers: [...(isCoordinator(person) ? officialOffers(layouts) : []), ...tables],
  };
}

export const officialOffers = (layouts: readonly Pick<OfficialLayout, 'id' | 'name'>[]): Offer[] =>
  layouts.map(({ id, name }) => ({
    label: say('paper:official', { name }),
    ask: paperAsk({ do: 'official', report: id }),
  }));

function official(id: string, layouts: readonly OfficialLayout[], here: Here): Turn {
  if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
  const layout = layouts.find((one) => one.id === id);
  if (!layout) return { reply: choices(layouts, here) };
  const { now, today } = here.world;
  const paper: Paper = { name: officialFile(id, today), format: 'docx', at: now, of: { kind: 'official', report: id } };
  return { reply: { text: [line(say('paper:made', { name: layout.name })), note(say('paper:draft'))], paper } };
}

/** An officer takes away what they may see: their own unit's. */
function totals({ format, scope, period }: Extract<PaperArgs, { do: 'totals' }>, here: Here): Turn {
  const { person, plans, now } = here.world;
  const own = scope.kind === 'unit' && person!.memberships.some(({ unit }) => unit === scope.unit);
  if (!own && !isCoordinator(person)) return { reply: { text: [line(say('totals:notYours'))] } };
  const paper: Paper = { name: totalsFile(period, format), format, at: now, of: { kind: 'totals', scope, period } };
  const words = { period: speakPeriod(period), scope: scopeName(plans, scope) };
  return { reply: { text: [line(say('paper:table.made', words))], paper } };
}
