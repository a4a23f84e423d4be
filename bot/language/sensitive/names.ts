/** Names of persons: by surname, or by the word that introduces a person. Names of places and streets are left alone. */
import { allOf } from '../all-of.ts';
import { exactWord, isMarked } from '../fold.ts';
import { isJustWord, isWord, type Sought, sought, type Token, tokensOf } from '../tokens.ts';
import { AFTER_THI, isCompound } from './compounds.ts';
import { givenAlone } from './given.ts';
import { joinedNames, listedNames, smallNames } from './listed.ts';
import { isSurname, PLAIN_SURNAMES, RISKY_SURNAMES } from './surnames.ts';
import type { Looked } from './text.ts';

export interface Named {
  start: number;
  end: number;
}

type Phrase = (Sought | string)[];

function phrases(list: string): Phrase[] {
  return list.split(', ').map((words) => tokensOf(words).map((t) => (t.kind === 'word' ? sought(t.raw) : t.raw)));
}

/** Surnames frequent enough that two capital words alone make a name. */
const COMMON = new Set('nguyễn trần lê phạm phan vũ võ đặng bùi đỗ ngô đinh trịnh'.split(' ').map(exactWord));
const MIDDLES = new Set(['văn', 'thị'].map(exactWord));
/** đang vận động, đô thị hóa, trường văn hóa, phong trào thi đua: no name goes on like this. */
const NO_GIVEN = new Set(
  'dong hoa moi ban phong nghe de chuyen con kien thu hanh cong diem tran xa truong dau tuyen nghiem hoc vien luc the so dua'.split(
    ' ',
  ),
);

/** văn phòng, văn hóa, văn bản, văn nghệ */
const OF_VAN = new Set(['phong', 'hoa', 'ban', 'nghe']);

/** Before a capital word, these say that it is not a person. */
const PLACE_BEFORE = phrases(
  'phường, xã, p, x, đặc khu, thị trấn, thị xã, thành phố, tp, quận, huyện, tỉnh, đường, phố, ngõ, ngách, hẻm, trường, thpt, thcs, th, tiểu học, mầm non, mn, đại học, cao đẳng, chợ, cầu, bến, cảng, đảo, sông, hồ, khu, khu phố, khu đô thị, kđt, kdc, kcn, thôn, xóm, làng, tổ dân phố, tdp, cụm, ấp, tổ, ubnd, công ty, cty, tnhh, karaoke, bar, quán, nhà nghỉ, khách sạn, nhà hàng, bệnh viện, chùa, đình, đền, nhà thờ, giáo xứ, địa bàn, công an, ca, caxp, đảng ủy, công viên, quảng trường, tượng đài, trạm y tế, đoàn, hội, chi đoàn, câu lạc bộ, clb, đội, vùng, biển, vịnh, ban, mô hình, giải, đồn, mttq, hđnd, trạm, pano, lễ hội',
);
/** Offices and titles of who is responsible: their names may be told. */
const POST_BEFORE = phrases(
  'chủ tịch ubnd phường, chủ tịch ubnd xã, chủ tịch phường, chủ tịch xã, bí thư đảng ủy phường, bí thư đảng ủy xã, bí thư đoàn phường, bí thư đoàn xã, trưởng công an phường, trưởng công an xã, đồng chí, đ/c, đc, đại tá, thượng tá, trung tá, thiếu tá, đại úy, thượng úy, trung úy, thiếu úy, chủ tịch, bí thư, giám đốc, trưởng phòng, trưởng ban, trưởng công an, trưởng ca, chánh văn phòng, cán bộ, chuyên viên, người ký, người lập, người báo cáo, người gửi, lãnh đạo, bác sĩ, bác sỹ, hiệu trưởng, tổ trưởng, phụ trách, đầu mối, người lập biểu, người lập báo cáo, người tổng hợp, người gửi báo cáo, người thực hiện, người phụ trách, kiểm sát viên, trưởng trạm, phó phòng, trực ban, chỉ huy',
);
const POST_AFTER =
  /^[\s,(–-]*(?:la\s+)?(?:pho\s+)?(?:chu tich|bi thu|giam doc|truong phong|truong ban|truong cong an|truong ca|chanh van phong|chuyen vien|can bo|hieu truong|to truong|cong an xa|cong an phuong|cong chuc|cbct|phu trach|dau moi|truc ban|chi huy|(?:ben |o )?(?:phong|ban) (?:vhxh|vh|van hoa|kinh te|noi vu|tu phap|y te|lao dong)|ben (?:xa|phuong|ubnd|ca|cong an|doan|hoi|mttq|tram)|(?:xin )?(?:gui|bao cao|nop) (?:lai |bo sung )?(?:bao cao|bc|so lieu|sl|kq|ket qua|\d)|oi)(?![a-z])/;
/** Words that introduce a person who must not be named. */
const PERSON_BEFORE = phrases(
  'đối tượng, đt, đtg, nghi phạm, nghi can, bị can, bị cáo, người nghiện, người nghiện ma túy, con nghiện, người sử dụng, người sử dụng ma túy, trái phép chất ma túy, bệnh nhân, bn, nạn nhân, nhân chứng, người tố giác, người cung cấp tin, người báo tin, cháu, em, học sinh, hs, họ tên, họ và tên, tên, thường gọi, biệt danh, con ông, con bà, con anh, con chị, vợ, chồng, gia đình ông, gia đình bà, phụ huynh, mẹ, cha, bố, người nhà, chủ quán, chủ cơ sở, chủ hộ, người vay, người cai nghiện, người sau cai, học viên, tài xế, lái xe, thanh niên, nữ sinh, nam sinh, gọi là, bí danh, thân nhân, kẻ, tên cầm đầu, cầm đầu, chủ mưu, nghi vấn, người bị bắt, đương sự',
);
/** Introduce anybody: an officer whose post follows may be named. */
const HONORIFIC = phrases('ông, bà, anh, chị, thầy, cô giáo, thầy giáo');
const SELF = phrases(
  [
    'xã',
    'phường',
    'đơn vị',
    'đv',
    'bên',
    'sở',
    'trường',
    'cơ quan',
    'chỗ',
    'địa phương',
    'chúng',
    'bọn',
    'ngành',
    'hội',
  ]
    .flatMap((unit) => ['em', 'anh', 'chị', 'cháu'].map((self) => `${unit} ${self}`))
    .join(', '),
);
/** A name ends before these, where no capitals show it. */
const NAME_ENDS = phrases(
  'ở bị đã đang và với có con của là làm tại thường trú sinh sn năm nam nữ nghiện sử dụng được cho đến từ về khi thì trong ngoài những tổ thôn khu xóm lớp đường số xã phường cùng bắt bỏ bộ ra vào chưa không ko cccd cmnd sdt đt hiv ma túy tuổi cư ngụ quê này nay hôm hiện trước tham xét lập hồ mua bán tàng trữ chuyển hay để nghi dương cầm vừa rồi'
    .split(' ')
    .join(', '),
).map(([word]) => word as Sought);
const endsName = (token: Token): boolean => NAME_ENDS.some((word) => isWord(token, word));
/** Capital words after "đối tượng", "anh" … that are no names. */
const ORGANISATIONS = new Set(
  'trường thpt thcs tiểu đại lớp khối công ca ubnd ủy sở ban bộ hải tổ đội phòng quân trung viện tòa chi tháng ma hiv cccd cai đã bị là và có không trong ngoài theo khi được ở tại sau trước phạm ngày xin đề'
    .split(' ')
    .map(exactWord),
);

const NAMING = phrases('tên, tên là, họ tên, biệt danh, bí danh, thường gọi, thường gọi là, gọi là');
const LONGEST = 7;

/** Names of communes, streets and heroes that are built like names of persons. */
const PLACES =
  /^(?:bach long vi|hoang hoa tham|tran thanh ngo|le chan|ngo quyen|tran hung dao|le dai hanh|nguyen binh khiem|le thanh nghi|tran nhan tong|tran lieu|nguyen trai|nguyen dai nang|le ich moc|pham su manh|nguyen luong bang|chu van an|tran phu|khuc thua du|le loi|le hong phong|to hieu|hoang dieu|phan boi chau|phan chu trinh|dinh tien hoang|ly thuong kiet|ly thai to|tran nguyen han|tran quang khai|tran khanh du|nguyen duc canh|nguyen van linh|nguyen van troi|nguyen van cu|nguyen cong hoa|hoang van thu|hoang quoc viet|vo nguyen giap|vo thi sau|le duan|le quy don|le thanh tong|le lai|ho chi minh|ho xuan huong|ho sen|mac dang dung|mac thi buoi|pham van dong|pham ngu lao|bach dang|truong chinh|ton duc thang|bui thi xuan|nguyen hue|nguyen thai hoc|nguyen du|nguyen khuyen|nguyen thi minh khai|doan thi diem|dien bien phu|hai ba trung|luong khanh thien|dao nhuan|luong the vinh|duong quang ham|an duong|an lao|ha noi|ha nam|ha dong|ha tay|ha bac|ha long|cao bang|thai binh|lam dong|thai nguyen|kim thanh|giang bien|thai tan|mai dong|vuong quoc)$/;

export const isPlaceName = (plain: string): boolean => PLACES.test(plain);

const isTitle = (token: Token) => /^\p{Lu}[\p{Ll}\p{M}]*$/u.test(token.raw) || /^\p{Lu}+$/u.test(token.raw);

export function namesIn(looked: Looked): Named[] {
  const { tokens } = looked;
  const found: Named[] = [];
  for (let i = 0; i < tokens.length; ) {
    const length = nameAt(looked, i);
    if (length > 0) found.push({ start: tokens[i]!.start, end: tokens[i + length - 1]!.end });
    i += Math.max(1, length);
  }
  const all = [
    ...found,
    ...listedNames(looked),
    ...smallNames(looked, isPlaceName, (after) => POST_AFTER.test(after)),
    ...shortened(looked),
    ...givenAlone(looked),
  ];
  return [...all, ...joinedNames(looked, all)];
}

/** `Ng Văn Bắp`, `Tr. Thị Ngô`: the surname is shortened; `P. Văn Đẩu` is a commune, `Đ. Văn Cao` a street. */
const SHORTENED =
  /(?<![\p{L}.])(?:(?:Ng|Ngn|Tr|Hg|N|L|B|V|T|D|M|H)\.?\s?(?:Văn|Thị|Van|Thi)|(?:Ng|Ngn|Tr)\.\s?[VT]\.)\s?\p{Lu}\p{Ll}+(?!\p{L})|(?<![\p{L}.])(?:Ng|Ngn|Tr|Ph|\p{Lu})\.\s?[VT]\.\s?\p{Lu}(?!\p{L}|\.\p{L})/gu;
const shortened = ({ text }: Looked): Named[] =>
  allOf(SHORTENED, text).map(({ index, 0: name }) => ({ start: index, end: index + name.length }));

function nameAt(looked: Looked, i: number): number {
  const { tokens, plain } = looked;
  const token = tokens[i]!;
  if (token.kind !== 'word') return 0;
  const introduced = introducedAt(tokens, i);
  const length = isTitle(token) ? capitals(tokens, i, introduced !== false) : small(tokens, i, introduced !== false);
  if (length === 0 || isPost(tokens, i) || everyday(tokens, i)) return 0;
  const words = tokens.slice(i, i + length);
  const writer = PUPIL_OR_WRITER.test(tokens[i - 1]?.folded ?? '');
  const name = words.map((t) => plain.slice(t.start, t.end)).join(' ');
  if (introduced === 'person' && !writer) return length;
  // Without diacritics "cho" is no market before a name that can be nothing else.
  const place = tokens[i + 1]?.accented || !/^(van|thi)$/.test(tokens[i + 1]?.folded ?? '');
  // "Người lập báo cáo: Nguyễn Thị Lan"
  const post = tokens[i - 1]?.raw === ':' ? i - 1 : i;
  if (
    !introduced &&
    (PLACES.test(name) ||
      PLACES.test(name.split(' ').slice(0, 3).join(' ')) ||
      (place && endsWith(PLACE_BEFORE, tokens, i)) ||
      endsWith(POST_BEFORE, tokens, post))
  )
    return 0;
  const end = words.at(-1)!.end;
  return POST_AFTER.test(plain.slice(end, end + 40)) ? 0 : length;
}

/** "em Hoa bên xã gửi báo cáo": who writes calls herself so as well. */
const PUPIL_OR_WRITER = /^em$/;

/** Typed without marks, the surname reads with its neighbour as an ordinary word: `dao quan ly`, `chi dao`, `chu tri`. */
function everyday(tokens: readonly Token[], i: number): boolean {
  const [before, first, next, after] = [tokens[i - 1], tokens[i]!, tokens[i + 1], tokens[i + 2]];
  // "học sinh vi phạm", xã Kẻ Sặt: with their marks as well.
  if (first.folded === 'vi' && next?.folded === 'pham') return true;
  if (before?.folded === 'ke' && first.folded === 'sat') return true;
  if (isFamily(first) || first.accented || isMarked(first.raw) || (next && isMarked(next.raw))) return false;
  // A capital in the middle of a sentence, with another after it, is meant as a name.
  if (isTitle(first) && next && isTitle(next)) return false;
  if (before?.kind === 'word' && isCompound(before.folded, first.folded)) return true;
  if (next?.kind !== 'word') return false;
  if (next.folded === 'thi') return AFTER_THI.has(after?.folded ?? '');
  return isCompound(first.folded, next.folded) || (next.folded === 'van' && isCompound('van', after?.folded));
}

/** Surnames that are hardly any other word. */
const isFamily = (token: Token): boolean => /^(?:nguyen|tran|pham|bui|hoang|huynh)$/.test(token.folded);

/** A person's word stands before, maybe with `tên`, `là`, a colon or a quotation mark between. */
function introducedAt(tokens: readonly Token[], i: number): 'person' | 'anybody' | false {
  let end = i;
  while (end > 0 && /^(:|"|“|'|\(|la|ten|nhu)$/.test(tokens[end - 1]!.folded)) end -= 1;
  if (end < i && isJustWord(tokens[end], TEN)) return 'person';
  const [before, first] = [tokens[end - 1], tokens[end - 2]];
  // "Chi Linh" is a place: a capital word in the middle of a sentence introduces nobody.
  if (before && /^\p{Lu}/u.test(before.raw) && first && first.kind === 'word') return false;
  // "xã em chủ trì": the word belongs to who writes.
  if (endsWith(SELF, tokens, end)) return false;
  if (endsWith(PERSON_BEFORE, tokens, end)) return 'person';
  return endsWith(HONORIFIC, tokens, end) ? 'anybody' : false;
}

const TEN = sought('tên');

/** Abbreviations may carry a full stop: `P. Lê Chân`. */
function endsWith(among: Phrase[], tokens: readonly Token[], at: number): boolean {
  // "thiếu cán bộ. Đề nghị": a word with a vowel is no abbreviation.
  const short = /^[^aeiouy]{1,2}$/.test(tokens[at - 2]?.folded ?? '');
  const end = tokens[at - 1]?.raw === '.' && short ? at - 1 : at;
  return among.some(
    (phrase) =>
      end >= phrase.length &&
      phrase.every((part, n) => {
        const token = tokens[end - phrase.length + n];
        return typeof part === 'string' ? token?.raw === part : isJustWord(token, part);
      }),
  );
}

/** `Trần Thị Bưởi`, `NGUYỄN VĂN A`, after a person's word also `Tèo` and `N.V.A`. */
function capitals(tokens: readonly Token[], i: number, introduced: boolean): number {
  let length = 1;
  while (
    length < 5 &&
    tokens[i + length]?.kind === 'word' &&
    isTitle(tokens[i + length]!) &&
    !isPost(tokens, i + length) &&
    sameCase(tokens, i, i + length)
  )
    length += 1;
  const first = exactWord(tokens[i]!.raw);
  const surname = isSurname(tokens[i]!);
  const initials = introduced && tokens[i]!.raw.length === 1 ? initialsAt(tokens, i) : 0;
  if (initials > 0) return initials;
  if (surname && length >= 3) return Math.min(length, 4);
  if (surname && length === 2 && (introduced || COMMON.has(first))) return 2;
  // `DAO VAN TU`, as banks write it.
  const shouted = length >= 3 && /^\p{Lu}{2,}$/u.test(tokens[i]!.raw) && /^(?:VAN|THI)$/.test(tokens[i + 1]!.raw);
  if (shouted && (PLAIN_SURNAMES.has(tokens[i]!.folded) || RISKY_SURNAMES.has(tokens[i]!.folded)))
    return Math.min(length, 4);
  // `Do Thi Na` left without marks: the middle name tells.
  const bare = RISKY_SURNAMES.has(tokens[i]!.folded) && !tokens[i]!.accented && length >= 3;
  if (bare && /^(?:van|thi)$/.test(tokens[i + 1]!.folded) && !NO_GIVEN.has(tokens[i + 2]!.folded))
    return Math.min(length, 4);
  // A surname in capitals and the rest in small letters: "Nguyễn thị hoa".
  if (surname && MIDDLES.has(exactWord(tokens[i + 1]?.raw ?? ''))) return small(tokens, i, introduced);
  // "tên Quân", "biệt danh Hải Sứt" name a person whatever the word; no syllable of a name is as long as "Methadone".
  const named = endsWith(NAMING, tokens, i) && tokens[i]!.raw.length > 1;
  if (!introduced || (!named && ORGANISATIONS.has(first)) || /^\p{Lu}{2,}$/u.test(tokens[i]!.raw)) return 0;
  if (tokens[i]!.folded.length > LONGEST) return 0;
  return Math.min(length, 4);
}

/** "anh Hùng Chủ tịch xã": a post is no part of the name. */
const isPost = (tokens: readonly Token[], i: number): boolean =>
  HEADS_POST.has(tokens[i]!.folded) &&
  POSTS.some((post) => post.every((word, n) => typeof word !== 'string' && isJustWord(tokens[i + n], word)));
const HEADS_POST = new Set('chu bi pho giam truong hieu cong can'.split(' '));
const POSTS = phrases(
  'chủ tịch, bí thư, phó chủ, phó bí, phó giám, phó trưởng, giám đốc, trưởng phòng, trưởng ban, trưởng công an, hiệu trưởng, công an, cán bộ',
);

/** All capitals go on with all capitals; otherwise each word begins with one. */
const sameCase = (tokens: readonly Token[], i: number, j: number): boolean => {
  const shouting = tokens[i]!.raw.length > 1 && /^\p{Lu}+$/u.test(tokens[i]!.raw);
  return shouting || tokens[j]!.raw.length === 1 || !/^\p{Lu}{2,}$/u.test(tokens[j]!.raw);
};

function initialsAt(tokens: readonly Token[], i: number): number {
  let length = 1;
  while (tokens[i + length]?.raw === '.' && /^\p{Lu}$/u.test(tokens[i + length + 1]?.raw ?? '')) length += 2;
  return length;
}

/** `nguyen thi mo`, `trần văn tèo`; after a person's word also without the middle name, after `tên` whatever follows. */
function small(tokens: readonly Token[], i: number, introduced: boolean): number {
  const token = tokens[i]!;
  const middle = tokens[i + 1];
  // A name left without marks in a message that has them: `là do van cuong`.
  const bare = /^(van|thi)$/.test(middle?.raw ?? '') && !isMarked(token.raw) && !isMarked(tokens[i + 2]?.raw ?? 'ă');
  const hasMiddle =
    middle?.kind === 'word' &&
    (MIDDLES.has(exactWord(middle.raw)) || ((!middle.accented || bare) && /^(van|thi)$/.test(middle.folded)));
  const plain = !token.accented || bare;
  const surname =
    isSurname(token) ||
    (bare && PLAIN_SURNAMES.has(token.folded)) ||
    (plain && hasMiddle && RISKY_SURNAMES.has(token.folded));
  if (surname && hasMiddle) {
    const given = tokens[i + 2];
    if (given?.kind !== 'word') return 0;
    // "đồng chí Thu Hà văn phòng"
    if (/^(?:văn|van)$/.test(middle.raw) && OF_VAN.has(given.folded)) return 0;
    if (plain && RISKY_SURNAMES.has(token.folded) && NO_GIVEN.has(given.folded)) return 0;
    return goesOn(tokens[i + 3]) ? 4 : 3;
  }
  if (surname && introduced)
    return /^(toi|nhan|phap|vi|luat|tu)$/.test(middle?.folded ?? '') ? 0 : run(tokens, i, 3, 2);
  return introduced && isNamed(tokens, i) ? run(tokens, i, 3, 1) : 0;
}

/** Words from a place on that may belong to a name; 0 when fewer than `least`. */
function run(tokens: readonly Token[], i: number, most: number, least: number): number {
  let length = 1;
  while (length < most && goesOn(tokens[i + length])) length += 1;
  return length >= least ? length : 0;
}

const goesOn = (token: Token | undefined): boolean => token?.kind === 'word' && !endsName(token);

/** "đối tượng tên khế": the word after `tên` is a name even in small letters. */
function isNamed(tokens: readonly Token[], i: number): boolean {
  const end = tokens[i - 1]?.folded === 'la' ? i - 1 : i;
  return isJustWord(tokens[end - 1], TEN) && endsWith(PERSON_BEFORE, tokens, end - 1) && goesOn(tokens[i]);
}

/** "anh tuan", "chau quat" in small letters: only where the message points to a person anyhow. */
export function givenNamesIn({ tokens }: Looked): Named[] {
  return tokens.flatMap((token, i) => {
    const before = tokens[i - 1];
    if (token.kind !== 'word' || !before || !GIVEN_AFTER.some((word) => isJustWord(before, word))) return [];
    if (endsName(token) || NO_NAME.has(token.folded) || endsWith(HONORIFIC, tokens, i - 1)) return [];
    return [{ start: token.start, end: token.end }];
  });
}

const GIVEN_AFTER = ['anh', 'chị', 'cháu', 'ông', 'bà'].map(sought);
const NO_NAME = new Set(
  'em chi chau anh ay nay kia do la hoc sinh trai gai hai ho huong ninh toan cac khac minh lon nho cuc bo dao tiet hoi thieu nhi nhi con ruot hang xom chu tieu phi nhanh con noi ngoai ban toi ta xa phuong voi gui bao cao'.split(
    ' ',
  ),
);
