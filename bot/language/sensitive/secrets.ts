/** State secrets: marks of secrecy, running cases, raids and patrols not yet carried out, sources. The whole sentence is stopped. */
import { allOf } from '../all-of.ts';
import { isMarked } from '../fold.ts';
import { type Looked, sentenceAround } from './text.ts';

export type SecretKind = 'secret' | 'case' | 'operation';

/** A stamp in capitals, or secrecy spoken of as such; not "bảo mật", "mật độ", "mật khẩu", nor the law on it. */
const STAMP = /(?<!\p{L})(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)(?!\p{L}|\s+(?:ĐỘ|KHẨU|THIẾT|ONG|MÃ))/gu;
const SPOKEN =
  /(?<![a-z])(?:tuyet mat|toi mat|do mat|(?:tai lieu|van ban|cong van|ke hoach|dien|bao cao|thong tin|phuong an|quyet dinh|danh sach|ho so|noi dung|bc|cv|kh|qd|vb|tl)\s+(?:dong dau\s+)?(?:toi |tuyet )?mat(?! (?:do|khau|thiet|ma|troi|tran|bang|ong|hang|doan|cong))|dong dau\s*["“]?mat|dau\s*["“]?mat|bi mat dieu tra|bi mat nghiep vu|thong tin bi mat|noi dung bi mat)(?![a-z])/g;
const ABOUT_LAW =
  /(?:luat|nghi dinh|quy dinh|tap huan|tuyen truyen|bao ve|cong tac)[^.;\n]{0,40}$|khong (?:gui|dua|co|chua)[^.;\n]{0,30}$/;
/** In a message with diacritics the word itself must be "mật". */
const IS_MAT = /m[ậạâ]t/iu;

const CASE =
  /(?<![a-z])(?:chuyen an|ke hoach nghiep vu|ca|a)\s+(?:ma tuy\s+|truy xet\s+|mang\s+)?(?:bi so\s+|mang bi so\s+|so\s+|ky hieu\s+)?(?:\d{2,4}\s?[a-z]{1,2}|(?<=chuyen an\s[a-z\s]{0,20})[a-z]{1,3}\d{2,4}[a-z]?)(?![a-z0-9])/g;
const CASE_RUNNING =
  /(?:dang (?:dau tranh|xac lap|theo doi|dieu tra|mo rong|lap)|moi (?:lap|xac lap)|xac lap|chuan bi (?:pha|ket thuc)|sap (?:pha|danh)|se pha|dau tranh voi)\s*(?:\d+\s+)?(?:chuyen an|vu an|duong day)|chuyen an[^.;\n]{0,30}(?:dang (?:dau tranh|theo doi|dieu tra|mo rong|xac minh)|chua (?:pha|ket thuc))|bi so chuyen an|(?:vu an|duong day|chuyen an|thong tin vu)[^.;\n]{0,40}chua (?:duoc )?(?:cong bo|cong khai)/g;
const SOURCE =
  /(?<![a-z])(?:dac tinh|co so bi mat|cong tac vien bi mat|mat bao vien|nguon tin bi mat|trinh sat ky thuat|nghe len|dinh vi (?:dien thoai|doi tuong|sim)|dat may nghe|hoa trang tiep can|nguoi cua (?:ta|minh) trong|nguoi cua ta|cai nguoi vao|nguon tin (?:co so|noi bo|rieng|cua ta|mat)|co so cua ta|co so cung cap tin)(?![a-z])/g;
const ROSTER =
  /(?<![a-z])(?:lich (?:tuan tra|truc|gac|mat phuc|kiem tra dot xuat)|ca truc|quan so(?: truc)?|so luong quan|bo tri luc luong|phuong an (?:vay bat|bat|danh|tan cong|tac chien))(?![a-z])[^.;\n]*\d/g;

const SOON =
  '(?:(?:toi|dem|sang|chieu|rang sang|trua) (?:ngay )?\\d{1,2}(?:\\/\\d{1,2})? (?:nay|toi)|toi nay|dem nay|chieu nay|trua nay|toi mai|dem mai|sang mai|chieu mai|rang sang mai|ngay mai|mai|ngay kia|cuoi tuan nay|tuan toi|tuan sau|thu \\w+ (?:nay|toi|tuan toi|tuan sau)|ngay \\d{1,2}(?:\\/\\d{1,2})? toi|sap toi|toi day|may hom nua|\\d{1,2}\\s?(?:h|gio|:)\\d{0,2}\\s*(?:toi|dem|sang|chieu|rang sang)?\\s*(?:nay|mai)|se|sap|chuan bi|du kien|len ke hoach|dinh|het tuan nay|hom nay luc \\d+)';
const RAID =
  '(?:dot kich|vay bat|phuc kich|phuc (?:o|tai)|mat phuc|phuc bat|don bat|kham xet|bat giu|bat qua tang|bat khan cap|bat nong|bat doi tuong|bat \\w+|truy quet|danh an|pha an|pha chuyen an|ap vao|xong vao|kiem tra dot xuat|kiem tra bi mat|tuan tra|chot chan|lap chot|ra quan (?:bat|truy quet|kiem tra|tran ap)|tran ap|triet pha|xoa so|bo rap|cat vo|cat me luoi|khep vong vay|quet (?:quan|cac quan|bar|karaoke|khach san|nha nghi|tu diem|o nhom|duong day)|theo doi|kiem tra (?:cac |nhung |mot so |toan bo )?(?:quan|co so|nha nghi|karaoke|bar|vu truong|khach san|nha|so|phong tro|tu diem)[a-z ]*|trien khai luc luong|xuat quan|hoa trang)';
const SOON_RAID = new RegExp(`(?<![a-z])${SOON}(?![a-z])[^.;\\n]{0,60}?(?<![a-z])${RAID}(?![a-z])`, 'g');
const RAID_SOON = new RegExp(
  `(?<![a-z])${RAID}(?![a-z])[^.;\\n]{0,60}?(?<![a-z])(?:toi nay|dem nay|toi mai|dem mai|sang mai|rang sang mai|ngay mai|chieu mai|\\d{1,2}\\s?(?:h|gio)\\d{0,2}\\s*(?:toi|dem|sang|chieu|rang sang)?\\s*(?:nay|mai))(?![a-z])`,
  'g',
);
/** What goes on in hiding. */
const HIDDEN_NOW =
  /(?<![a-z])dang (?:mat phuc|phuc kich|phuc bat|phuc san|vay bat|vay rap|truy bat|trinh sat|theo doi (?:doi tuong|dt|dia diem|hang)|giam sat doi tuong|cai (?:nguoi|cam)|don long)(?![a-z])/g;
/** A plan for it is none of what may be told, whenever it is for. */
const RAID_PLAN =
  /(?<![a-z])(?:ke hoach|phuong an) (?:pha an|pha chuyen an|danh an|vay bat|bat giu|bat khan cap|dot kich|phuc kich|mat phuc|truy bat|vay rap|khep goc)(?![a-z])/g;
/** What is over may be reported, and so may what is only spoken of. */
const DONE = /(?<![a-z])(?:da|vua|xong|ket qua|hoan thanh|duoc|qua(?! tang))(?![a-z])/;

export function secretsIn(looked: Looked): { kind: SecretKind; start: number; end: number }[] {
  const { text } = looked;
  const plain = withoutOthers(text, untilNow(looked));
  const whole = (kind: SecretKind, at: number) => ({ kind, ...trimmed(text, reportedApart(text, plain, at)) });
  const found = (kind: SecretKind, words: RegExp, unless?: (match: RegExpMatchArray) => boolean) =>
    allOf(words, plain)
      .filter((match) => !unless?.(match))
      .map((match) => whole(kind, match.index!));
  const aboutLaw = (match: RegExpMatchArray) =>
    ABOUT_LAW.test(plain.slice(Math.max(0, match.index! - 60), match.index));
  return [
    ...allOf(STAMP, text)
      .filter((match) => !aboutLaw(match))
      .map((match) => whole('secret', match.index!)),
    ...found(
      'secret',
      SPOKEN,
      (match) => aboutLaw(match) || !saysMat(text.slice(match.index!, match.index! + match[0].length)),
    ),
    ...found('case', CASE, (match) => !/^chuyen an|^ke hoach/.test(match[0]) && !/\d{3}[a-z]/.test(match[0])),
    ...found('case', CASE_RUNNING),
    ...found('operation', SOURCE),
    ...found('operation', HIDDEN_NOW),
    ...found('operation', RAID_PLAN, (match) =>
      /^[^.;\n]{0,40}(?<![a-z])(?:da|thanh cong|ket thuc)(?![a-z])/.test(plain.slice(match.index!)),
    ),
    ...found('operation', ROSTER),
    ...found('operation', SOON_RAID, (match) => DONE.test(match[0]) || asksInGeneral(looked, plain, match)),
    ...found('operation', RAID_SOON, (match) =>
      DONE.test(plain.slice(Math.max(0, match.index! - 12), match.index! + match[0].length)),
    ),
  ];
}

/** "Bắt buộc" arrests nobody and "ổn định" intends nothing; a word with its marks must be that very word. */
const withoutOthers = (text: string, plain: string): string =>
  plain
    .replace(OTHER_WORDS, (said) => '·'.repeat(said.length))
    .replace(MARKED_WORDS, (said, at: number) => {
      const typed = text.slice(at, at + said.length).toLowerCase();
      return isMarked(typed) && !MARKED_WORD.test(typed) ? '·'.repeat(said.length) : said;
    });
const OTHER_WORDS =
  /(?<![a-z])(?:bat (?:buoc|dau|nguon|kip|cap|ky|ki|thuong|on|tien|luc|loi|hop phap|dong san)|(?:on|quyet|quy|xac|nghi|chi|giam|nhan|gia|co|khang|kien|nhat|thiet|hoach|binh|an|ngan|phu) dinh|chia se|mai dam)(?![a-z])/g;
const MARKED_WORDS = /(?<![a-z])(?:bat|dinh|se|sap|mai)(?![a-z])/g;
const MARKED_WORD = /^(?:bắt|định|sẽ|sắp|mai)$/u;

/** How a raid is to be done by rule, what for and at whose cost: no day, no hour, no house of it is told. */
function asksInGeneral({ text }: Looked, plain: string, match: RegExpMatchArray): boolean {
  if (!VAGUE.test(match[0])) return false;
  const { start, end } = sentenceAround(text, match.index!);
  const sentence = plain.slice(start, end);
  const named = /\p{Ll}.*\s\p{Lu}\p{Ll}+/u.test(text.slice(start, end));
  return BY_RULE.test(sentence) && !named && !PLACED.test(sentence);
}
const VAGUE = /^(?:se|sap|sap toi|toi day|chuan bi|du kien|dinh)(?![a-z])/;
const BY_RULE =
  /(?<![a-z])(?:kinh phi|muc chi|chi phi|che do|du toan|quy trinh|thu tuc|tham quyen|bieu mau|mau (?:nao|bien ban|so)|bien ban (?:nao|mau)|ho so gi|ap dung|nguon nao)(?![a-z])/;
const PLACED =
  /\d|(?<![a-z])(?:(?:toi|dem|sang|chieu|trua) (?:nay|mai)|hom nay|ngay (?:mai|kia)|cuoi tuan|tuan (?:nay|toi|sau)|thu \w+ (?:nay|toi|tuan)|kiem tra (?:quan|nha|bar|karaoke|khach san|vu truong|so|phong tro|tu diem)|vay bat|phuc kich|mat phuc|dot kich|danh an|pha an)(?![a-z])/;

/** "Từ 12/6 tới nay" ends today and says nothing of tonight; it is read as "đến nay". */
const untilNow = ({ text, plain }: Looked): string =>
  plain.replace(UNTIL_NOW, (said, at: number) => {
    const typed = text.slice(at, at + 3);
    return /tới/iu.test(typed) || (!isMarked(typed) && SINCE.test(plain.slice(0, at)))
      ? said.replace('toi', 'den')
      : said;
  });
const UNTIL_NOW = /(?<![a-z])toi (?:hom )?nay(?![a-z])/g;
const SINCE = /(?<![a-z])(?:tu|ke tu|dau (?:thang|nam|tuan|ky|dot|thang hanh dong))(?![a-z])[^.;\n]{0,24}$/;

/** "Chuyên án 123M đang mở rộng, đã bắt 4 đối tượng": the figures of a clause of its own may be reported. */
function reportedApart(text: string, plain: string, at: number): { start: number; end: number } {
  const { start, end } = sentenceAround(text, at);
  const next = REPORTED.exec(plain.slice(at, end));
  return { start, end: next ? at + next.index : end };
}
const REPORTED =
  /,\s*(?:(?:hom nay|trong (?:ngay|tuan|ky)|ket qua|den nay|buoc dau)\s+)?(?:da\s+)?(?:bat(?: giu)?|phat hien|tuyen truyen|kiem tra|ra soat|phat|lap|to chuc|xu ly|tam giu)(?: duoc)?\s+(?:ho so\s+)?\d+\s+(?:vu|doi tuong|dt|nguoi|buoi|to roi|co so|cs|quan|ho so|hs)(?![a-z])/;

/** "mất", "mặt" and "mắt" fold to the same letters. */
const saysMat = (words: string): boolean => !isMarked(words) || IS_MAT.test(words) || /b[íi] m[ậa]t/iu.test(words);

function trimmed(text: string, { start, end }: { start: number; end: number }) {
  const lead = /^[\s,:-]*/.exec(text.slice(start, end))![0].length;
  const tail = /[\s,]*$/.exec(text.slice(start, end))![0].length;
  return { start: start + lead, end: Math.max(start + lead, end - tail) };
}
