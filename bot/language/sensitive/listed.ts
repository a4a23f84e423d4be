/** Names that no person's word introduces: a list after "5 người:", and full names in small letters (`le quang huy`). */
import { allOf } from '../all-of.ts';
import { exactWord, foldWord } from '../fold.ts';
import { isWord, sought, type Token, tokensOf } from '../tokens.ts';
import { isCompound } from './compounds.ts';
import { isSurname, RISKY_SURNAMES } from './surnames.ts';
import type { Looked } from './text.ts';

interface Place {
  start: number;
  end: number;
}

/** Persons are counted or spoken of, and a colon or bracket opens the list of them. */
const OPENS =
  /(?<![a-z])(?:\d{1,3}|hai|ba|bon|nam|sau|bay|cac|nhung|gom|co|la|cho|danh sach)\s+(?:nguoi|doi tuong|dt|em|chau|hoc sinh|hs|truong hop|th|ca|con nghien|thanh nien|benh nhan|ho|bi can|nghi pham|nguoi nghien|nguoi sau cai|nguoi vay)(?:\s+[a-z]+){0,4}?\s*(?:[:(]|(?<![a-z])(?:gom|la)(?![a-z])\s*:?)\s*/g;
/** One person of a list: a name of one to four words, a by-name in small letters after it (`Dũng béo`). */
const ITEM =
  /^(?:anh |chị |ông |bà |em |cháu )?(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3}(?:\s(?!(?:và|ở|o|va|tại|bị|đã|đều)\s)\p{Ll}+|\s["“]\p{L}+["”])?)(?=\s*(?:[,;.()\n-]|$|(?:và|ở|o|va|tại|bị|đã|đều)\s|trú\s|tổ\s|thôn\s|sn\s|sinh\s))/u;
const BETWEEN = /^\s*(?:\([^)]*\)\s*)?(?:[,;]|và)\s*/u;
/** Capital words that head no name of a person. */
const NOT_PERSON =
  'phường xã thôn tổ khu công trường ubnd sở ban đoàn hội các một hai ba karaoke quán nhà khách đường trong cụ gồm phát lập bắt đưa đã không tuyên kiểm tất đang tàng mua vận sử học tp thành đặc tiểu thcs thpt'
    .split(' ')
    .map(sought);

/** `rà soát 5 người: Toàn, Lý, Dũng béo và Quân`: at least two, or one after a bracket that counts one. */
export function listedNames({ text, plain }: Looked): Place[] {
  return allOf(OPENS, plain).flatMap((match) => {
    const found: Place[] = [];
    for (let at = match.index + match[0].length; ; ) {
      const item = ITEM.exec(text.slice(at));
      if (!item || isNoPerson(item[1]!)) break;
      const start = at + item[0].length - item[1]!.length;
      found.push({ start, end: start + item[1]!.length });
      const next = BETWEEN.exec(text.slice(at + item[0].length));
      if (!next) break;
      at += item[0].length + next[0].length;
    }
    return found.length > 1 ? found : [];
  });
}

/** Words that names are made of; each says little alone, three in a row after a surname are a name. */
const PARTS = new Set(
  (
    'van thi anh tuan hung dung minh duc quang huy hai son long thanh cong tien dat manh cuong hoang phuc loc tho tai khoa khanh khang kien trung hieu nghia ' +
    'quoc viet bao an binh giang ngoc lan hoa hong nhung trang thao huong thu ha phuong linh my mai nga hang thuy thuong dao yen nhi nguyen quynh chi diem ' +
    'xuan dinh huu ba gia nhat the trong hai kim bich tuyet van hien oanh loan lien hanh duyen kieu trinh vinh quyet thang chien toan tung lam luan phong ' +
    'sang tam thien thinh thuan tri truong tu vuong vy bac bang canh chung cuong dai dang danh dien doan dong duy dung giap han hao hau hoan hung huynh ' +
    'ky lap loi luong luyen nam nghi nhan ninh phat phu quan quy quyen sinh tan thai than tho thoa thuc tinh trieu truc tuong uy uyen xuyen duong don khai ' +
    'khe mit oi buoi quyt chuoi xoai chanh mo man tao quat coc muop bau sim lieu sen dua cuc be cam men na trong tiep duyet trong loi'
  )
    .split(' ')
    .map(foldWord),
);
/** phân công, trường hợp, lễ phát động, đoàn công tác, đang vận động, vũ trường: words of reports that begin like names. */
const NO_NAME =
  /^(?:vu thu|dong chi|dong bao|duong hai|phan cong|phan loai|truong hop|truong hoc|le phat|doan cong|doan thanh|doan van|doan kiem|luu dong|luu thong|chu tri|to cong|to truong|do cong|do thi|do an|dang van|dang quan|dang thuc|vu truong|vu an|vu van|vu viec|ha tang|ho tro|ta nan|dinh ki|duong thuy|duong bien|duong hanh|lam viec|lam cong|cao diem|tang cuong|tang cong|hoang mang|thai do|ly do|ly lich) /;
/** `tên Thơm và Nụ`: who is named after a name. `có Vượng (thôn Trung)`: who is told of in brackets. */
export function joinedNames({ text }: Looked, named: readonly Place[]): Place[] {
  const after = named.flatMap(({ end }) => {
    const found: Place[] = [];
    for (let at = end; ; ) {
      const match = NEXT_NAME.exec(text.slice(at));
      if (!match || isNoPerson(match[1]!)) return found;
      at += match[0].length;
      found.push({ start: at - match[1]!.length, end: at });
    }
  });
  const told = allOf(IN_BRACKETS, text)
    .filter((match) => !isNoPerson(match[1]!))
    .map((match) => ({ start: match.index + match[0].length - match[1]!.length, end: match.index + match[0].length }));
  const couples = allOf(COUPLE, text).flatMap((match) => {
    const start = match.index + match[0].indexOf(match[1]!);
    return [
      { start, end: start + match[1]!.length },
      { start: match.index + match[0].length - match[2]!.length, end: match.index + match[0].length },
    ];
  });
  return [...after, ...told, ...couples];
}
/** `…, Đạt "cỏ" và Linh`: a by-name goes with its name. */
const NEXT_NAME =
  /^(?:\s*,\s*|\s+(?:và|va|cùng)\s+)(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3}(?:\s*["“]\p{Ll}+(?:\s\p{Ll}+)?["”])?)(?=\s*(?:[,.;()]|$|\s\p{Ll}))/u;
/** `vợ chồng Long - Hạnh` */
const COUPLE =
  /(?<!\p{L})(?:vợ chồng|anh em|chị em|mẹ con|bố con|vo chong|anh em|me con)\s+(?:nhà\s+)?(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3})\s*(?:-|–|và|va|,|\/|\+)\s*(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3})/gu;
const IN_BRACKETS =
  /(?<!\p{L})(?:có|là|gồm|cho|với|bắt|của)\s+(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3})(?=\s*\((?:thôn|tổ|xóm|khu|sn|sinh|số|ngõ|\d{2} ?t)(?:\s|:|\d))/gu;

const isNoPerson = (name: string): boolean => {
  if (/^Trung (?:tâm|học|ương|đoàn)/.test(name)) return true;
  const [first] = tokensOf(name);
  return NOT_PERSON.some((word) => isWord(first, word));
};

/** What is told of a person right after the name. */
const TOLD =
  /^[\s,(–-]{1,3}(?:\(?\s*)(?:sn|sinh|ns|cccd|cmnd|cmt|sdt|dt|so dt|dien thoai|tru|hktt|ho khau|o (?:thon|to|xom|khu|so|pho|ngo|duong|lang)|(?:thon|to|xom|ngo|so nha) |lop \d|\d{1,2} tuoi|0\d{8,11}|(?:19|20)\d\d)(?![a-z])/;
/** What is done to or with a person right before the name. */
const DEALT =
  /(?<![a-z])(?:bat|bat giu|bat qua tang|khoi to|tam giu|triet xoa|xu phat|goi|moi|moi hop|van dong|cho|gom|gom co|la|voi|va|cua|giao|quan ly|vu an|phat hien|test|dua|ho so|lap hs|\d+\.|\d+\))\s*$|[:,-]\s*$/;
/** Who hands the report in may be named. */
const OFFICER = /(?<![a-z])(?:nguoi (?:gui|lap|bao cao|tong hop|ky)|dau moi|phu trach|dong chi|truc ban)\s*:?\s*$/;
const STREET =
  /(?<![a-z])(?:phuong|xa|duong|pho|ngo|truong|thcs|thpt|khu|p\.?|x\.?|ubnd|thon|dac khu|cty|cong ty|karaoke|dong chi|d\/c|dc)\s*$/;

/**
 * `le quang huy`, `phạm tiến đạt`: three or four words of names in small letters with no capitals to show them,
 * where the message deals with the person or tells of one; a street or a commune of that name is none.
 */
export function smallNames(
  { plain, text, tokens }: Looked,
  isPlace: (name: string) => boolean,
  isOfficer: (after: string) => boolean,
): Place[] {
  const found: Place[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const length = nameLength(tokens, i);
    const [first, last] = [tokens[i]!, tokens[i + length - 1]];
    if (length < 3 || !last || !/^\p{Ll}/u.test(text[first.start]!)) continue;
    const before = plain.slice(Math.max(0, first.start - 24), first.start);
    const after = plain.slice(last.end, last.end + 40);
    const name = plain.slice(first.start, last.end);
    if (NO_NAME.test(name) || isCompound(tokens[i - 1]?.folded, first.folded)) continue;
    // "duong hai ba trung" is a street, and so is what follows "duong".
    if (isPlace(name.replace(/^duong /, ''))) continue;
    if (STREET.test(before) || [4, 3, 2].some((n) => isPlace(name.split(' ').slice(0, n).join(' ')))) continue;
    const sure = isSurname(first);
    if (!TOLD.test(after) && !(sure && DEALT.test(before) && !/^\s*(?:nghien|tuy)/.test(after))) continue;
    if (OFFICER.test(before) || isOfficer(after)) continue;
    found.push({ start: first.start, end: last.end });
    i += length - 1;
  }
  return found;
}

function nameLength(tokens: readonly Token[], i: number): number {
  if (tokens[i]!.kind !== 'word' || !mayBeSurname(tokens[i]!)) return 0;
  let length = 1;
  while (length < 4 && isPart(tokens[i + length], tokens[i + length - 1]!)) length += 1;
  return length;
}

const mayBeSurname = (token: Token) => isSurname(token) || (!token.accented && RISKY_SURNAMES.has(token.folded));

const isPart = (token: Token | undefined, before: Token): boolean =>
  token?.kind === 'word' &&
  /^\p{Ll}/u.test(token.raw) &&
  token.start === before.end + 1 &&
  PARTS.has(token.folded) &&
  !WORDS.has(exactWord(token.raw));
/** With their diacritics these are words of reports, whatever their letters are without. */
const WORDS = new Set('công động đồng thị đã đang dùng cũng hành phòng chống đi tại thì vận'.split(' ').map(exactWord));
