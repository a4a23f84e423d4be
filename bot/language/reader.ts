/** Understands what officers type. Made once for each version of the plans; `read` is pure. */
import type { PartyId, PlanIndex } from '../plan/types.ts';
import { alsoAsked, asksPeriod, breaksIn, endsNotYet, endsWhether, inOrder, isWish, withinSubject } from './asked.ts';
import { clauseNamed, clauseWords, passagesOf } from './clause.ts';
import {
  addressed,
  askingTokens,
  confidenceOf,
  createStop,
  facetsOf,
  insideSubject,
  isOwn,
  memo,
  nothing,
  nthOf,
  onlyCues,
  planOf,
  quotesIn,
  receives,
  roleOf,
  sentTo,
  subjectWords,
  THUMBS,
  withoutRoles,
} from './clues.ts';
import { dayNamed, spanNamed } from './day-named.ts';
import { foldWord } from './fold.ts';
import { createHeard } from './heard.ts';
import { decide, type Evidence } from './intent.ts';
import { lexiconInSteps } from './lexicon.ts';
import { createNormalise } from './normalise.ts';
import { expand, type Token } from './phrases.ts';
import { createSearch } from './search.ts';
import { type Signs, signsInSteps } from './signs.ts';
import { inOneGo } from './steps.ts';
import type { Intent, Reader, Reading, ReadingContext } from './types.ts';
import { createUnitFinder, type Mention } from './units.ts';
import type { Words } from './words.ts';

/** Answers about a subject, whoever asks. */
/** So much of the question is its subject. */
const WHOLE = 0.5;
const BY_SUBJECT: ReadonlySet<string> = new Set<Intent>(['task_search', 'topic_owner']);

export const createReader = (index: PlanIndex, words: Words): Reader => inOneGo(readerInSteps(index, words));

/** The same while the bot goes on answering: `pause` between parts of a second's work. */
export async function warmReader(index: PlanIndex, words: Words, pause: () => Promise<unknown>): Promise<Reader> {
  const steps = readerInSteps(index, words);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      // What is worked out with the first question is no longer to be waited for.
      value.read('', { asker: null, today: '2000-01-01' });
      return value;
    }
    await pause();
  }
}

function* readerInSteps(index: PlanIndex, words: Words): Generator<undefined, Reader> {
  const finder = createUnitFinder(index, words.names);
  yield;
  const signs = yield* signsInSteps(index, words);
  yield;
  const passages = index.book.plans.flatMap((p) => p.passages);
  const search = createSearch(passages, words.subjects);
  yield;
  const texts = passages.map((p) => p.text);
  const own = [
    ...words.subjects.flatMap((s) => s.words.flatMap(expand)),
    ...words.abbreviations.map((a) => a.means),
    ...index.book.units.flatMap((u) => (u.code ? [] : [u.name, ...u.aliases])),
    ...index.book.groups.flatMap((g) => [g.name, ...g.wordings]),
    ...Object.values(words.names.units).flatMap((n) => n.flatMap(expand)),
    ...words.stop,
  ];
  const lexicon = yield* lexiconInSteps(texts, [...signs.asking, ...own], signs.texts);
  yield;
  const heard = createHeard([...texts, ...signs.asking, ...own]);
  yield;
  const common = new Set(words.stop.map(foldWord));
  const normalise = createNormalise(words.abbreviations, lexicon, finder, (folded) => common.has(folded));
  const stop = createStop(words.stop);

  function read(text: string, context: ReadingContext): Reading {
    const tokens = normalise(text);
    if (THUMBS.test(text) && tokens.every(stop)) return nothing('thanks');
    if (tokens.length === 0) return nothing('unknown');
    const subjects = search.subjects(tokens);
    const named = finder.find(tokens, context.asker).filter((m) => !insideSubject(m, subjects));
    const mentions = named.filter((m) => !(m.options.length === 1 && idle(m.options[0]!)));
    const hidden = new Array<boolean>(tokens.length).fill(false);
    const places = hidden.slice();
    for (const m of mentions) {
      hidden.fill(true, m.from, m.to);
      if (m.options.some((p) => index.unit(p)?.code)) places.fill(true, m.from, m.to);
    }
    const signed = signs.read(tokens, hidden, places);
    const found = {
      ...signed,
      cues: withoutRoles(signed.cues, subjects),
      own: signed.own.filter((o) => isOwn(tokens, o)),
    };

    const receivers = named.filter(
      (m) => receives(tokens, m, named) && (found.cues.has('report') || sentTo(tokens, m, named)),
    );
    const written = mentions.filter((m) => !addressed(tokens, m));
    // Whom the message is written to is asked about only where nobody else is.
    const about = written.length > 0 || found.own.length > 0 ? written : mentions;
    const asked = about.filter((m) => !receivers.includes(m));
    const { parties, ambiguous, partner, ownNamed } = partiesOf(tokens, asked, found, context);
    const plan = planOf(found);
    const role = roleOf(found);
    const taken = hidden.slice();
    for (const p of found.plans) taken.fill(true, p.from, p.to);
    for (const o of found.own) taken.fill(true, o.from, o.to);
    // "Bệnh viện em muốn biết …": who asks is no subject.
    const inOwn = (s: { from: number; to: number }) => found.own.some((o) => o.from <= s.from && o.to > s.to);
    for (const s of subjects)
      if (!inOwn(s) && (s.to - s.from > 1 || !stop(tokens[s.from]!))) taken.fill(false, s.from, s.to);
    // A unit's name inside a subject ("ngân hàng chính sách cho vay") still names the unit.
    for (const m of [...mentions, ...receivers]) taken.fill(true, m.from, m.to);
    const asksOnly = askingTokens(
      found,
      subjects.map((s) => [s.from, s.to]),
      tokens.length,
    );
    const content = tokens.map((t, i) => !taken[i] && !asksOnly[i] && !stop(t));
    for (const s of subjects) for (let i = s.from; i < s.to; i++) if (s.to - s.from > 1 && !taken[i]) content[i] = true;
    const kind = found.cues.has('who') ? 'owner' : 'text';
    const result = search.find({ tokens, content, plan, kind, quotes: quotesIn(text) });

    const inSubject = new Array<boolean>(tokens.length).fill(false);
    for (const s of subjects) inSubject.fill(true, s.from, s.to);
    const strange = heard.strange(
      tokens,
      content.map((c, i) => c && !inSubject[i]),
    );
    const contents = content.filter(Boolean).length;
    const said = tokens.map((t) => t.folded).join(' ');
    const day = dayNamed(text, context.today);
    const span = day === null ? spanNamed(said, context.today) : null;
    const evidence: Evidence = {
      has: (cue) => found.cues.has(cue),
      facet: (facet) => found.facets.has(facet),
      sensitive: found.sensitive !== null,
      outOfScope: found.outOfScope !== null,
      otherBody: found.outOfScope?.instead !== undefined,
      outOfScopeLength: found.outOfScopeLength,
      solid: result.solid,
      subjectLength: Math.max(0, ...subjects.map((s) => s.to - s.from)),
      notYet: endsNotYet(tokens),
      whether: endsWhether(tokens),
      toward: receivers.length > 0,
      party: parties.length + ambiguous.length > 0,
      own: ownNamed,
      day: day !== null,
      span: span !== null,
      others: !context.seesAll && !ownNamed && parties.some((p) => p !== context.asker),
      plan: plan !== null,
      plans: found.plans.length > 0,
      subject: result.subjects.length > 0,
      coverage: result.coverage,
      contents,
      strange,
      wish: isWish(tokens, found),
      within: withinSubject(tokens, subjects),
      only: (...cues) => onlyCues(found, cues, tokens, stop, taken),
      length: (cue) => Math.max(0, ...(found.cues.get(cue) ?? []).map((f) => f.to - f.from)),
    };
    const reading: Reading = {
      intent: decide(evidence),
      also: alsoAsked(tokens, found, breaksIn(text)),
      confidence: confidenceOf(result),
      parties,
      ambiguous,
      own: ownNamed,
      plan,
      role,
      passages: result.hits,
      beside: result.beside,
      nth: nthOf(tokens, found),
      followUp: false,
      partner,
      facets: [
        ...facetsOf(found, result.subjects.length > 0),
        ...(plan && index.plan(plan)?.period && asksPeriod(tokens, found) ? (['campaign'] as const) : []),
      ],
      day,
      span,
      instead: found.outOfScope?.instead ?? null,
      topics: result.subjects,
      detail: found.cues.has('detail'),
      subject: subjectWords(text, tokens, content, lexicon),
      words: said,
    };
    const clause = clauseRead(text, reading, evidence);
    if (clause) return clause;
    const [first, ...also] = inOrder(reading);
    const ordered = { ...reading, intent: first!, also };
    return followed(partOf(ordered, evidence), evidence, context);
  }

  /** "nội dung mục II.5 kế hoạch 64": what stands there, or who does it; null where no clause is named. */
  function clauseRead(text: string, reading: Reading, e: Evidence): Reading | null {
    if (e.sensitive || e.outOfScope || reading.intent === 'help' || e.party) return null;
    const named = clauseNamed(text);
    if (!named) return null;
    const there = passagesOf(named, reading.plan, passages);
    const ids = there.map((p) => ({ id: p.id, score: 1 }));
    return {
      ...reading,
      intent: e.has('who') ? 'topic_owner' : e.has('when') ? 'deadline' : 'task_search',
      also: [],
      confidence: 'sure',
      passages: ids,
      beside: [],
      topics: ids.map(({ id }) => id),
      facets: [],
      subject: clauseWords(named, there),
    };
  }

  /** "phường tôi có được giao kiểm tra karaoke không": what of a subject is the unit's, not all that it has to do. */
  function partOf(reading: Reading, e: Evidence): Reading {
    const [party, other] = reading.parties;
    if (reading.intent !== 'unit_tasks' || reading.also.length > 0 || !party || other || reading.partner)
      return reading;
    if (!e.within || e.coverage < WHOLE || reading.role) return reading;
    const placed = new Set(index.placed(party).map((p) => p.task.id));
    const passages = reading.passages.filter((p) => placed.has(p.id));
    return passages.length > 0 ? { ...reading, intent: 'task_search', passages, beside: [] } : reading;
  }

  /** Reads a message on from the last answer: "còn hải quan thì sao?", "cái thứ 2 nói rõ hơn", "hạn của việc đó?". */
  function followed(reading: Reading, e: Evidence, { focus }: ReadingContext): Reading {
    if (!focus) return reading;
    const pointing = reading.nth !== null || e.has('that') || (reading.detail && e.contents === 0);
    if (pointing && e.contents <= 1 && !e.party && focus.shown.length > 0) {
      const shown = reading.nth !== null ? focus.shown.slice(reading.nth - 1, reading.nth) : focus.shown;
      const ids = shown.length > 0 ? shown : focus.shown.slice(0, 1);
      const intent: Intent =
        e.has('when') || e.has('daysLeft') ? 'deadline' : e.has('who') || e.has('lead') ? 'topic_owner' : 'task_search';
      return { ...reading, intent, followUp: true, passages: ids.map((id) => ({ id, score: 1 })), confidence: 'sure' };
    }
    const resumes = e.has('followUp') || e.has('correction');
    const corrected = e.has('correction') && BY_SUBJECT.has(focus.intent ?? '') && e.party && e.contents === 0;
    if (corrected && !e.has('task') && !e.has('when') && !e.has('report')) return ofUnit(reading, focus);
    if (resumes && focus.intent && e.party && e.contents === 0 && !e.has('task') && !e.has('when') && !e.has('report'))
      return {
        ...reading,
        intent: focus.intent,
        followUp: true,
        plan: reading.plan ?? focus.plan ?? null,
        confidence: 'sure',
      };
    if (resumes && focus.intent && reading.plan && !e.party && e.contents === 0)
      return {
        ...reading,
        intent: focus.intent,
        followUp: true,
        parties: focus.party ? [focus.party] : [],
        confidence: 'sure',
      };
    return reading;
  }

  /** "không phải, tôi hỏi phường Lê Chân" after an answer about a subject: what of it is that unit's. */
  function ofUnit(reading: Reading, focus: NonNullable<ReadingContext['focus']>): Reading {
    const [party] = reading.parties;
    const placed = new Set(party ? index.placed(party).map((p) => p.task.id) : []);
    const ids = focus.shown.filter((id) => placed.has(id));
    return {
      ...reading,
      intent: ids.length > 0 ? 'task_search' : 'unit_tasks',
      followUp: true,
      confidence: 'sure',
      passages: ids.map((id) => ({ id, score: 1 })),
      subject: party ? index.name(party) : '',
    };
  }

  /** A body that the plans give nothing to do is not asked for its tasks: its name is a word like others. */
  const idle = memo((id: PartyId) => index.placed(id).length === 0 && index.duties(id).length === 0);

  /** The unit that is asked about first, and whom it works with. */
  function partiesOf(tokens: readonly Token[], mentions: readonly Mention[], found: Signs, { asker }: ReadingContext) {
    const clear: { party: PartyId; at: number }[] = [];
    const ambiguous: Reading['ambiguous'] = [];
    let ownNamed = found.own.length > 0;
    for (const m of mentions) {
      const [party, ...others] = m.options;
      const said = tokens
        .slice(m.from, m.to)
        .map((t) => t.folded)
        .join(' ');
      if (party === undefined) continue;
      if (others.length > 0 || m.near)
        ambiguous.push({ words: said, options: m.options, ...(m.near && { near: true }) });
      else if (
        party === 'g-ubnd-xa' &&
        /^(ubnd|ub|uy ban nhan dan|ubx) ?(xa|phuong|dac khu)?$/.test(said) &&
        asker &&
        index.unit(asker)?.code
      )
        ownNamed = true;
      else if (!clear.some((c) => c.party === party)) clear.push({ party, at: m.from });
    }
    let partner: PartyId | null = null;
    const withAt = tokens.findIndex(
      (t, i) =>
        t.folded === 'voi' &&
        tokens.slice(Math.max(0, i - 2), i).some((p) => p.folded === 'hop' || p.folded === 'cung'),
    );
    if (withAt >= 0) {
      const second = clear.find((c) => c.at > withAt && c.at <= withAt + 2);
      if (second && (clear.length > 1 || ownNamed || asker)) {
        partner = second.party;
        clear.splice(clear.indexOf(second), 1);
      }
    }
    const named = clear.map((c) => c.party);
    // A group beside one of its members is only said in passing; beside several of them they are its examples.
    const units = named.filter((p) => !index.group(p));
    const groups = named.filter((p) => index.group(p));
    const covered = (g: PartyId) => units.filter((u) => index.members(g).includes(u)).length;
    const kept = groups.find((g) => covered(g) > 1);
    const parties = kept
      ? [kept]
      : [...units, ...groups.filter((g) => covered(g) === 0)].sort((a, b) => named.indexOf(a) - named.indexOf(b));
    if (ownNamed && parties.length === 0 && asker) parties.push(asker);
    return { parties, ambiguous, partner, ownNamed };
  }

  return { read };
}
