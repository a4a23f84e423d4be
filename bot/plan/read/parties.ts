/**
 * Finds units and groups in the words of a document, by the names, abbreviations and wordings of `units.yaml`: longest name
 * first, marks as they are written. Nothing near to a name is taken for it: an unknown name is told, so that it can be asked.
 */
import { fold, WORD } from '../../language/fold.ts';
import { createPhrases, tokensOf } from '../../language/phrases.ts';
import type { Book, PartyId, Unit } from '../types.ts';

/** A name in a text; `from` and `to` are places of characters. */
export interface Mention {
  from: number;
  to: number;
  party: PartyId;
  /** Several units bear the name, or it fits only with its marks left off. */
  unclear: boolean;
}

/** A name that no unit bears. */
export interface Unknown {
  from: number;
  to: number;
  words: string;
}

export interface List {
  mentions: Mention[];
  unknown: Unknown[];
  /** Where the list ends. */
  to: number;
  /** It ends with "…": more may be meant. */
  open: boolean;
}

export interface PartyFinder {
  /** Every name, left to right. */
  find(text: string): Mention[];
  /** Names from a place on, joined by commas, semicolons, "và", "cùng"; stops at the first word that is no name. */
  list(text: string, from: number, found?: readonly Mention[]): List;
}

/** What a name of an agency begins with, as it is written in a list. */
const HEAD =
  /^(?:các\s+)?(?:(?:Chi cục|Tổng cục|Công an|Công ty|Tổng công ty|Liên đoàn|Liên hiệp|Liên minh|Trung tâm|Ban [Qq]uản lý|Ban [Cc]hỉ huy|Ban [Cc]hỉ đạo|Tỉnh [Đđ]oàn|Thành [Đđ]oàn|Văn phòng|Ngân hàng|Chi nhánh|Tòa án|Toà án|Kho bạc|Bảo hiểm xã hội|Bưu điện|Điện lực|Ủy ban|Uỷ ban|UBND|Hội đồng|Học viện|Bệnh viện|Tổ công tác|Hiệp hội|Tỉnh ủy|Thành ủy|Đảng ủy|Lữ đoàn|Quân khu|Cảng vụ|Bộ đội|Viện kiểm sát|Hạt [Kk]iểm lâm)\s+(?=[\p{L}\d])|(?:Sở|Ban|Bộ|Cục|Hội|Đài|Báo|Viện|Trường|Đoàn|Thuế|Tổ|Phòng|Vùng|Quỹ|Thanh tra|Huyện|Quận)\s+(?=[\p{Lu}\d]))/u;
/** A group that the units list does not know, in lower case: `các doanh nghiệp vận tải`. */
const LOWER_HEAD = /^(?:các|những)\s+(?=\p{L})/u;

const JOIN = /^(?:\s*(?:[,;/]|\.{3}|…)\s*|\s+(?:và|cùng|cùng với|với)\s+|\s+)+/u;
/** Goes with the name before it. */
const WITH_NAME =
  /^\s+(?:(?:có\s+)?liên quan|(?:thuộc\s+)?(?:thành phố|tỉnh)(?:\s+\p{Lu}\p{Ll}*){0,3}|các cấp|trên địa bàn(?:\s+(?:thành phố|tỉnh))?|chức năng)(?=$|[\s,;.:)…])/u;

/** "các sở, ban, ngành, đơn vị, Ủy ban nhân dân cấp xã": adds nobody, and the list goes on. */
const FILLER = /^(?:các\s+)?(?:đơn vị|cơ quan|tổ chức|doanh nghiệp)\s*(?:[,;]\s*|\s+và\s+)/u;

/** Made once for each list of units. */
const made = new WeakMap<Book['units'], PartyFinder>();

export function createPartyFinder(book: Pick<Book, 'units' | 'groups'>): PartyFinder {
  const known = made.get(book.units);
  if (known) return known;
  const finder = makeFinder(book);
  made.set(book.units, finder);
  return finder;
}

function makeFinder({ units, groups }: Pick<Book, 'units' | 'groups'>): PartyFinder {
  const names = createPhrases<PartyId>();
  const upper = new Map<string, PartyId[]>();
  const put = (name: string, party: PartyId) => {
    if (isAbbreviation(name)) upper.set(name, [...new Set([...(upper.get(name) ?? []), party])]);
    else names.add(name, party);
  };
  for (const unit of units) for (const name of namesOf(unit)) put(name, unit.id);
  for (const group of groups)
    for (const name of [group.name, ...group.wordings].flatMap(withoutArticle).flatMap(shortened)) put(name, group.id);

  function find(text: string): Mention[] {
    const places = [...text.matchAll(WORD)];
    const tokens = tokensOf(text);
    const mentions: Mention[] = [];
    for (let at = 0; at < tokens.length; ) {
      const found = names.at(tokens, at).filter((f) => f.exact || tokens.slice(f.from, f.to).every((t) => !t.marked));
      const to = found.at(-1)?.to ?? 0;
      const short = upper.get(places[at]![0]);
      if (to === 0 && !short) {
        at++;
        continue;
      }
      const last = found.filter((f) => f.to === to);
      const exact = last.filter((f) => f.exact);
      const parties = to > 0 ? [...new Set((exact.length > 0 ? exact : last).map((f) => f.payload))] : short!;
      const end = to > 0 ? to : at + 1;
      mentions.push({
        from: places[at]!.index,
        to: places[end - 1]!.index + places[end - 1]![0].length,
        party: parties[0]!,
        unclear: parties.length > 1 || (to > 0 && exact.length === 0),
      });
      at = end;
    }
    return mentions;
  }

  function list(text: string, from: number, found = find(text)): List {
    const mentions: Mention[] = [];
    const unknown: Unknown[] = [];
    let at = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
    let to = from;
    let open = false;
    for (;;) {
      const mention = found.find((m) => m.from === at);
      const stranger = mention ? null : unknownAt(text, at, found);
      const filler = mention || stranger ? null : FILLER.exec(text.slice(at));
      if (filler && mentions.length > 0) {
        at += filler[0].length;
        continue;
      }
      if (!mention && !stranger) break;
      if (mention) {
        mentions.push(mention);
        to = mention.to + (WITH_NAME.exec(text.slice(mention.to))?.[0].length ?? 0);
      } else {
        unknown.push(stranger!);
        to = stranger!.to;
      }
      const join = JOIN.exec(text.slice(to))?.[0] ?? '';
      if (/\.{3}|…/.test(join)) open = true;
      if (!/[,;/…]|\.{3}|\p{L}/u.test(join)) break;
      at = to + join.length;
    }
    return { mentions, unknown, to, open };
  }

  return { find, list };
}

/** A name that begins like an agency's and is none that is known: up to the next comma, "và" or colon. */
function unknownAt(text: string, at: number, found: readonly Mention[]): Unknown | null {
  const rest = text.slice(at);
  const head = HEAD.exec(rest);
  const lower = head ? null : LOWER_HEAD.exec(rest);
  if (!head && !lower) return null;
  // "Thanh tra Sở Y tế" is one name; a group in small letters ends where a name begins.
  const next = found.find((m) => m.from > at)?.from ?? text.length;
  const until = head
    ? at + properLength(rest)
    : Math.min(next, at + (/[,;:.…]| và | thực hiện|$/.exec(rest)?.index ?? 0));
  const words = text
    .slice(at, until)
    .replace(/[\s,;]+(?:và|cùng)?\s*$/u, '')
    .trim();
  if (words.length < 4 || (lower && words.split(' ').length > 8)) return null;
  return { from: at, to: at + words.length, words };
}

const STOP_WORD =
  /^(?:chủ|phối|thực|tổ|theo|căn|có|tham|chỉ|xây|triển|hướng|đôn|tăng|đẩy|tiếp|là|để|trong|về|nghiêm|chịu|báo|gửi|kiểm|rà|làm|thường|đề|khẩn|bố|cung|được|sẽ|phải)$/u;

/** A proper name goes on in capitals; small words inside it (`và`, `nhân dân`, commas before a capital) belong to it. */
function properLength(rest: string): number {
  const words = [...rest.matchAll(/[^\s]+/gu)];
  let end = 0;
  for (const [i, word] of words.entries()) {
    const bare = word[0].replace(/[,;.:)…]+$/u, '');
    if (i > 0 && STOP_WORD.test(bare)) break;
    end = word.index + bare.length;
    if (/[,;.:)…]$/u.test(word[0])) break;
    const next = words[i + 1]?.[0] ?? '';
    if (next === 'và' || i > 14) break;
  }
  return end;
}

/** `CATP`, `NHCSXH`: read as written, never as a word. */
const isAbbreviation = (name: string): boolean => /^[\p{Lu}\d&]{3,}$/u.test(name);

/** `các sở, ngành` is also written without "các"; a name of two words would be found everywhere. */
function withoutArticle(name: string): string[] {
  const bare = name.replace(/^các\s+/iu, '').replace(/\s*\(\d+ đơn vị\)$/u, '');
  return bare !== name && fold(bare).split(' ').length >= 3 ? [name, bare] : [name];
}

/** City and province go without saying: `Công an thành phố Hải Phòng`, `Công an thành phố`. */
function namesOf(unit: Unit): string[] {
  const short = unit.name.replace(/^Ủy ban nhân dân (?=phường|xã|đặc khu)/u, 'UBND ');
  const full = [
    unit.name,
    short,
    ...(unit.commune ? [unit.commune] : []),
    ...unit.namesInPlans,
    ...[unit.abbr, ...unit.aliases].filter((n): n is string => n !== null && isAbbreviation(n)),
    ...unit.aliases.filter(
      (alias) => /^\p{Lu}/u.test(alias) && alias.split(' ').length >= 2 && unit.code === undefined,
    ),
  ];
  const ofPlace = full.map((name) => name.replace(/ (thành phố|tỉnh)(?: \p{Lu}\p{Ll}*)+$/u, ' $1'));
  const bare = ofPlace
    .map((name) => name.replace(/ (?:thành phố|tỉnh)$/u, ''))
    .filter((name) => name.split(' ').length >= 3 && !/^(?:Ủy ban|Hội đồng) nhân dân$/u.test(name));
  return [...new Set([...full, ...ofPlace, ...bare].flatMap(shortened))];
}

/** `UBND cấp xã` beside `Ủy ban nhân dân cấp xã`. */
const shortened = (name: string): string[] =>
  /(?:Ủy ban|Hội đồng) nhân dân \p{L}/u.test(name)
    ? [name, name.replace('Ủy ban nhân dân', 'UBND').replace('Hội đồng nhân dân', 'HĐND')]
    : [name];
