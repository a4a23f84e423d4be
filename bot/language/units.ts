/** Finds which units and groups a message names: longest name first, exact marks before folded ones, never a near miss. */
import type { PartyId, PlanIndex, Unit, UnitId } from '../plan/types.ts';
import { exactWord, fold, foldWord } from './fold.ts';
import { createPhrases, expand, type Found, type Token } from './phrases.ts';
import { isSyllable } from './syllable.ts';
import type { Names } from './words.ts';

export interface Mention {
  from: number;
  to: number;
  /** One when the name is clear. */
  options: PartyId[];
  /** The name is not of a unit but near to these. */
  near: boolean;
  exact: boolean;
}

export interface UnitFinder {
  find(tokens: readonly Token[], asker: UnitId | null): Mention[];
  /** Which tokens stand in a name of a unit. */
  named(tokens: readonly Token[]): boolean[];
  /** Whether a word with its marks stands in a name of a commune. */
  writes(exact: string): boolean;
  /** Which tokens stand in a name of a unit, or where one is expected: after `xã`, `phường`. */
  spans(tokens: readonly Token[]): boolean[];
  /** Whether a folded word stands in a name of a commune or an abbreviation of a unit. */
  inName(folded: string): boolean;
}

type Place = { level: 'now' | 'former' | 'district'; type: string | null; units: UnitId[]; common: boolean };

const NO_NAME = new Set('minh em toi ta nay nao chung bon tui khac do kia khong mik mk cac la'.split(' '));
/** Words that follow a commune's kind in a sentence; with their marks they begin no name. */
const NO_NAME_MARKED = new Set(
  'từ đã đang phải được để thì với sẽ vẫn cũng nên hãy vừa mới ở đến tới của về trước sau nào đó ấy'
    .split(' ')
    .map(exactWord),
);
const DISTRICTS = new Set(['quan', 'huyen', 'thanh-pho', 'thi-xa']);
const LEVELS = { now: 2, former: 1, district: 0 } as const;

export function createUnitFinder(index: PlanIndex, names: Names): UnitFinder {
  const { units, groups } = index.book;
  const named = createPhrases<PartyId>({ names: true });
  const places = createPhrases<Place>({ names: true });
  const bodies = phrases(names.bodies, 'body' as const);
  const police = phrases(names.police, 'police' as const);
  const types = createPhrases<string>();
  for (const [type, words] of Object.entries(names.communeTypes)) for (const w of words) types.add(w, type);

  for (const unit of units) {
    if (unit.code) addCommune(unit);
    else for (const name of unitNames(unit)) if (!likeAWord(name)) named.add(name, unit.id);
  }
  for (const group of groups)
    if (!names.notAsked.includes(group.id))
      for (const name of [group.name, ...group.wordings]) named.add(name, group.id);
  for (const [id, patterns] of [...Object.entries(names.units), ...Object.entries(names.groups)])
    for (const name of patterns.flatMap(expand)) named.add(name, id);
  addFormer();
  const common = new Set(names.commonWords.map(fold));
  const inNames = nameWords();
  const spellings = new Set([...places.words()].flatMap((phrase) => phrase.map((t) => t.exact)));
  const glued = gluedNames();
  const bare = units.filter((u) => u.code).map((u) => ({ id: u.id, name: fold(bareName(u)).replaceAll(' ', '') }));

  function addCommune(unit: Unit): void {
    places.add(bareName(unit), { level: 'now', type: typeOf(unit.commune!), units: [unit.id], common: false });
  }

  /** Former communes and districts: several present units where they were split. */
  function addFormer(): void {
    const former = new Map<string, Place>();
    const put = (name: string, level: 'former' | 'district', unit: UnitId) => {
      const type = typeOf(name);
      const key = `${level} ${fold(name)}`;
      const place = former.get(key) ?? { level, type, units: [], common: false };
      if (!former.has(key)) {
        former.set(key, place);
        places.add(withoutType(name), place);
      }
      if (!place.units.includes(unit)) place.units.push(unit);
    };
    for (const unit of units)
      for (const old of unit.formedFrom ?? []) {
        put(old.name, 'former', unit.id);
        if (old.district) put(old.district, 'district', unit.id);
      }
  }

  function nameWords(): Set<string> {
    const words = new Set<string>();
    for (const phrase of places.words()) for (const t of phrase) words.add(t.folded);
    // Abbreviations are no words: they are not mended into words.
    for (const phrase of named.words())
      for (const t of phrase) if (!/[aeiouy]/.test(t.folded) || phrase.length === 1) words.add(t.folded);
    for (const list of Object.values(names.communeTypes)) for (const w of list) words.add(foldWord(w));
    return words;
  }

  function gluedNames(): Map<string, UnitId> {
    const map = new Map<string, UnitId>();
    for (const unit of units.filter((u) => u.code)) {
      const name = fold(bareName(unit)).replaceAll(' ', '');
      const type = typeOf(unit.commune!)!;
      for (const prefix of ['', ...names.communeTypes[type]!.map((w) => fold(w).replaceAll(' ', ''))])
        for (const body of ['', 'ubnd', 'ub']) {
          const key = body + prefix + name;
          // Two units, one spelling: left to be asked.
          if (map.has(key) && map.get(key) !== unit.id) map.delete(key);
          else if (!map.has(key)) map.set(key, unit.id);
        }
    }
    return map;
  }

  const longestAt = <P>(
    set: { at(t: readonly Token[], i: number): Found<P>[] },
    tokens: readonly Token[],
    at: number,
  ) => set.at(tokens, at).at(-1);

  /** A commune with what stands before its name: `UBND P. Lê Chân`, `công an xã An Lão`, `huyện Vĩnh Bảo`. */
  function placeAt(tokens: readonly Token[], at: number, asker: UnitId | null): Mention | null {
    let best: Mention | null = null;
    const body = longestAt(bodies, tokens, at);
    const ca = longestAt(police, tokens, at);
    for (const start of [
      { to: at, police: false },
      ...(body ? [{ to: body.to, police: false }] : []),
      ...(ca ? [{ to: ca.to, police: true }] : []),
    ]) {
      const type = longestAt(types, tokens, start.to);
      for (const step of [
        { to: start.to, type: null as string | null },
        ...(type ? [{ to: type.to, type: type.payload }] : []),
      ]) {
        const prefixed = step.to > at;
        const read = nameAt(tokens, step.to, step.type, prefixed);
        if (!read || (best && read.to <= best.to)) continue;
        const options = start.police ? ['cong-an-cap-xa'] : read.options;
        best = { ...read, from: at, options: settle(options, asker) };
      }
    }
    return best;
  }

  function nameAt(tokens: readonly Token[], at: number, type: string | null, prefixed: boolean): Mention | null {
    const found = places.at(tokens, at).filter(({ payload, to }) => {
      const old = tokens[to]?.folded === 'cu';
      // Districts were renamed (huyện, thành phố Thủy Nguyên); any of those words means the old one.
      if (payload.level === 'district') return type !== null && DISTRICTS.has(type);
      if (type !== null && DISTRICTS.has(type)) return false;
      if (payload.level === 'former') return old || (type !== null && type !== 'dk' && payload.type === type);
      return prefixed || fitsAlone(tokens, at, to);
    });
    const to = found.at(-1)?.to;
    if (to === undefined) return null;
    const longest = found.filter((f) => f.to === to);
    const exact = longest.filter((f) => f.exact);
    const marked = tokens.slice(at, to).some((t) => t.marked);
    const pool =
      exact.length > 0 && (marked || exact.every((f) => f.payload.level === 'now'))
        ? sameSpelling(exact, longest, marked)
        : longest;
    const level = Math.max(...pool.map((f) => LEVELS[f.payload.level]));
    const options = [...new Set(pool.filter((f) => LEVELS[f.payload.level] === level).flatMap((f) => f.payload.units))];
    return { from: at, to: tokens[to]?.folded === 'cu' ? to + 1 : to, options, near: false, exact: exact.length > 0 };
  }

  /** Words typed without any mark fit every name that folds to them. */
  const sameSpelling = (exact: Found<Place>[], all: Found<Place>[], marked: boolean) => (marked ? exact : all);

  /** A name that is also a common word stands for a unit only where a unit would stand. */
  function fitsAlone(tokens: readonly Token[], at: number, to: number): boolean {
    const words = tokens.slice(at, to);
    if (words.length < 2) return false;
    const before = tokens[at - 1]?.folded;
    // Hồ Chí Minh, Trần Phú (đường) …: part of a longer name.
    if (before !== undefined && /^(ho|duong|pho|cau|cho|truong|so|nguyen|tran|quan|tinh)$/.test(before)) return false;
    if (!common.has(words.map((t) => t.folded).join(' '))) return true;
    const after = tokens[to]?.folded;
    return (
      (before === undefined || /^(cua|o|tai|con|cho|xa|phuong|ubnd)$/.test(before)) &&
      (after === undefined || /^(lam|phai|duoc|co|nop|bao|nhiem|can|thi|trong|chua|da|khi|han|bao|viec)$/.test(after))
    );
  }

  /** The asker's own unit decides between units of one spelling. */
  const settle = (options: PartyId[], asker: UnitId | null): PartyId[] =>
    asker && options.length > 1 && options.includes(asker) ? [asker] : options;

  function nearAt(tokens: readonly Token[], at: number): Mention | null {
    const type = longestAt(types, tokens, at);
    if (
      !type ||
      DISTRICTS.has(type.payload) ||
      (tokens[at]!.folded.length === 1 && at > 0 && tokens[at - 1]!.folded.length < 2)
    )
      return null;
    // "phường mình phải" is no slip of a name.
    if (NO_NAME.has(tokens[type.to]?.folded ?? '') || NO_NAME_MARKED.has(tokens[type.to]?.exact ?? '')) return null;
    let best: { options: string[]; to: number; slips: number } | null = null;
    for (let to = type.to + 2; to <= Math.min(tokens.length, type.to + 4); to++) {
      const typed = tokens
        .slice(type.to, to)
        .map((t) => t.folded)
        .join('');
      const limit = typed.length < 6 ? 1 : 2;
      for (const { id, name } of bare) {
        const slips = distance(typed, name, limit);
        if (slips > limit) continue;
        if (!best || slips < best.slips) best = { options: [id], to, slips };
        else if (slips === best.slips && !best.options.includes(id)) best.options.push(id);
      }
    }
    return best && { from: at, to: best.to, options: best.options.slice(0, 5), near: true, exact: false };
  }

  function find(tokens: readonly Token[], asker: UnitId | null): Mention[] {
    const mentions: Mention[] = [];
    for (let at = 0; at < tokens.length; ) {
      const place = placeAt(tokens, at, asker);
      const names = named.at(tokens, at);
      const to = names.at(-1)?.to ?? 0;
      const word = glued.get(tokens[at]!.folded);
      if (place && place.to >= to) mentions.push(place);
      else if (to > 0) {
        const last = names.filter((n) => n.to === to);
        const exact = last.filter((n) => n.exact);
        const options = [
          ...new Set(
            (exact.length > 0 && tokens.slice(at, to).some((t) => t.marked) ? exact : last).map((n) => n.payload),
          ),
        ];
        mentions.push({ from: at, to, options: settle(options, asker), near: false, exact: exact.length > 0 });
      } else if (word && tokens[at]!.folded.length >= 6)
        mentions.push({ from: at, to: at + 1, options: [word], near: false, exact: false });
      else {
        at++;
        continue;
      }
      at = mentions.at(-1)!.to;
    }
    if (mentions.length === 0)
      for (let at = 0; at < tokens.length; at++) {
        const near = nearAt(tokens, at);
        if (near) return [near];
      }
    return mentions;
  }

  function inMentions(tokens: readonly Token[]): boolean[] {
    const inside = new Array<boolean>(tokens.length).fill(false);
    for (const m of find(tokens, null)) if (!m.near) inside.fill(true, m.from, m.to);
    return inside;
  }

  function spans(tokens: readonly Token[]): boolean[] {
    const named = inMentions(tokens);
    tokens.forEach((_, i) => {
      const type = named[i] ? undefined : longestAt(types, tokens, i);
      if (type && !DISTRICTS.has(type.payload)) named.fill(true, i, Math.min(tokens.length, type.to + 3));
    });
    return named;
  }

  return {
    find,
    spans,
    named: inMentions,
    inName: (folded) => inNames.has(folded) || glued.has(folded),
    writes: (exact) => spellings.has(exact),
  };
}

function phrases<P>(patterns: readonly string[], payload: P) {
  const set = createPhrases<P>();
  for (const phrase of patterns.flatMap(expand)) set.add(phrase, payload);
  return set;
}

/** A city unit's names, also without the city: `Viện Kiểm sát nhân dân thành phố`. */
function unitNames(unit: Unit): string[] {
  const full = [unit.name, unit.abbr, ...unit.aliases, ...unit.namesInPlans].filter((n): n is string => n !== null);
  return [
    ...full,
    ...full.map((n) => n.replace(/ (thành phố )?Hải Phòng$/, '')),
    ...full.map((n) => n.replace(/ thành phố( Hải Phòng)?$/, '')),
  ].filter((n) => n.length > 1 && n !== 'Công an' && n !== 'Ủy ban nhân dân');
}

/** An abbreviation that reads as a word of two letters (`TU`: từ, tự, tú) would be found everywhere. */
const likeAWord = (name: string): boolean => name.length <= 2 && isSyllable(foldWord(name));

const TYPE_WORDS: [RegExp, string][] = [
  [/^phường /i, 'phuong'],
  [/^xã /i, 'xa'],
  [/^đặc khu /i, 'dk'],
  [/^thị trấn /i, 'thi-tran'],
  [/^quận /i, 'quan'],
  [/^huyện /i, 'huyen'],
  [/^thành phố /i, 'thanh-pho'],
  [/^thị xã /i, 'thi-xa'],
];
const typeOf = (name: string): string | null => TYPE_WORDS.find(([start]) => start.test(name))?.[1] ?? null;
const withoutType = (name: string): string => TYPE_WORDS.reduce((n, [start]) => n.replace(start, ''), name);
const bareName = (unit: Unit): string => withoutType(unit.commune!);

/** Edit distance, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length]!;
}
