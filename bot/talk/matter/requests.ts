/** Sentences that raise a matter: "vướng mắc: …", "đột xuất hỏa tốc: …", "mô hình hay: …"; without words after the colon they are asked for. */
import type { Urgency } from '../../desk/types.ts';
import { fold, foldWord, WORD } from '../../language/fold.ts';

/** "vướng mắc: …", "báo vướng mắc: …", "đơn vị đang gặp vướng mắc …"; "khó khăn: …" is a line of a report. */
const OBSTACLE =
  /^(?:(?:báo(?: cáo)?|bao(?: cao)?|gửi|gui|xin hỏi|xin hoi|tôi có|toi co|có|co)\s+)?(?:vướng mắc|vuong mac)\s*[:–-]\s*(.*)$/isu;
const MEETS =
  /^(?:(?:đơn vị|don vi|chúng tôi|chung toi|xã|xa|phường|phuong|tôi|toi)\s+(?:tôi\s+|toi\s+|em\s+)?)?(?:đang\s+|dang\s+)?(?:gặp|gap|bị|bi)\s+(?:khó khăn,?\s+|kho khan,?\s+)?(?:vướng mắc|vuong mac)\s+(.+[^?])$/isu;

/** Empty where nothing follows; null for what is no obstacle. */
export const obstacleIn = (text: string): string | null =>
  (OBSTACLE.exec(text) ?? MEETS.exec(text))?.[1]?.trim() ?? null;

const MODEL =
  /^(?:(?:giới thiệu|gioi thieu|gửi|gui|báo|bao)\s+)?(?:mô hình(?:\s+hay|\s+tốt|,\s*cách làm hay)?|mo hinh(?:\s+hay|\s+tot|,\s*cach lam hay)?|cách làm hay|cach lam hay)\s*[:–-]\s*(.*)$/isu;

export const modelIn = (text: string): string | null => MODEL.exec(text)?.[1]?.trim() ?? null;

const DEGREE = '(hỏa tốc|hoả tốc|hoa toc|thượng khẩn|thuong khan|khẩn cấp|khan cap|khẩn|khan)';
const SUDDEN = '(?:báo cáo đột xuất|bao cao dot xuat|bc đột xuất|bc dot xuat|đột xuất|dot xuat)';
/** "đột xuất hỏa tốc: …", "hỏa tốc: …", "báo cáo đột xuất (khẩn): …". */
const URGENT = new RegExp(
  `^(?:báo\\s+|bao\\s+)?(?:${SUDDEN}(?:[\\s,(-]+${DEGREE}\\)?)?|${DEGREE})\\s*[:–-]\\s*(.*)$`,
  'isu',
);
const ALONE =
  /^(?:(?:(?:toi )?(?:muon )?(?:gui )?)?bao cao dot xuat|(?:(?:(?:toi|don vi|don vi toi|chung toi) )?(?:dang |vua )?(?:co |xay ra )(?:mot )?(?:viec|vu viec|su viec|su co|tinh huong|tinh hinh|chuyen) (?:rat )?)?(?:khan cap|hoa toc|thuong khan|dot xuat))$/;
const HEAD = new RegExp(`^${DEGREE}(?:\\s*[:,.–-]\\s*|\\s+|$)`, 'iu');

export interface UrgentWords {
  text: string;
  urgency?: Urgency;
}

export function urgentIn(said: string): UrgentWords | null {
  const found = URGENT.exec(said);
  if (!found) return ALONE.test(fold(said)) ? { text: '' } : null;
  return withDegree(found[3]!.trim(), found[1] ?? found[2]);
}

/** Without marks, the signs between words kept. */
const plainly = (text: string): string => text.normalize('NFC').replace(WORD, foldWord).trim();

const GREETS =
  '(?:(?:(?:kinh gui|kinh thua|thua|kinh bao cao|alo|chao|kinh chao)[^:,.!?\\n]{0,40}[:,.!]|(?:dong chi|cac dong chi|anh|chi|bot|truc ban) oi[,.!]?)\\s*)?';
const WHERE =
  '(?:(?:toi|em|minh|chung toi|don vi|dia ban|tren dia ban|tai|o|phuong|xa|ubnd|dac khu|cong an|so|truong|hien|hien nay|' +
  'toi nay|dem nay|sang nay|chieu nay|vua roi|vua)(?: [a-z0-9]+){0,7}? )?';
const TELLS =
  '(?:(?:xin |can |muon |dang |vua |moi )*(?:co|bao|bao cao|thong bao|thong tin|phat sinh|xay ra|gap|nhan|gui)' +
  '(?: (?:dong chi|cac dong chi|nhanh|ngay|ve|mot|1))* )*';
const EVENT = '(?:tinh hinh|tinh huong|vu viec|vu|viec|su viec|su co|tin|truong hop|chuyen|dien bien)';
const MATTER = `${GREETS}${WHERE}${TELLS}(?:mot |1 )?`;
/** "khẩn trương", "khan hiếm" say something else. */
const PRESSING =
  '(?:(?:rat|het suc|cuc ky|cuc ki) )?(hoa toc|thuong khan|khan cap|khan(?! [a-z])|khan(?= (?:tai|o|can|vua|dang|tren) )|dot xuat)';
const HURRY = '(?:(?:rat|het suc|cuc ky|cuc ki) )?(?:gap|can gap|can xu li gap)';
const SIGN = '\\s*[:,;.!–—-]+\\s*';
const GOES_ON = '\\s+(?=(?:tai|o|tren dia ban|can|vua|dang)[ :,])';
/** "báo cáo đột xuất về vụ cháy", not "… về Công an thành phố". */
const ABOUT = '\\s+(?=(?:vu|ve (?!ban|bcd|cong an|catp|thanh pho|tp|ubnd|so |dau|ai|viec nop|viec gui))[a-z ]*)';
const PRESSES = [
  `^${MATTER}${EVENT} ${PRESSING}(?:(${SIGN})|${GOES_ON})`,
  `^${GREETS}${TELLS}${PRESSING}(?:(${SIGN})|${GOES_ON})`,
  `^${GREETS}${WHERE}${TELLS}bao(?: cao)? ${PRESSING}(?:(${SIGN})|${GOES_ON}|${ABOUT})`,
  `^${MATTER}${EVENT} ()${HURRY}(${SIGN})`,
].map((source) => new RegExp(source, 'su'));
const FEWEST_TOLD = 3;

/** What sounds like an extraordinary report without the words that open one; `after` is what follows its head, without marks. */
export function soundsUrgent(said: string): { urgency?: Urgency; after: string; signed: boolean } | null {
  const plain = plainly(said);
  const found = PRESSES.map((one) => one.exec(plain)).find((one) => one !== null);
  const after = found ? plain.slice(found[0].length) : '';
  if (!found || fold(after).split(' ').length < FEWEST_TOLD) return null;
  const { urgency } = withDegree('', found[1] === 'dot xuat' ? '' : found[1]);
  return { ...(urgency && { urgency }), after, signed: found[2] !== undefined };
}

/** What follows `/dotxuat`. */
export function urgentAfterCommand(rest: string): UrgentWords {
  const head = HEAD.exec(rest);
  return withDegree(head ? rest.slice(head[0].length).trim() : rest, head?.[1]);
}

function withDegree(text: string, words: string | undefined): UrgentWords {
  const plain = words === undefined ? '' : fold(words);
  if (plain === '') return { text };
  return { text, urgency: plain === 'hoa toc' ? 'hoaToc' : plain === 'thuong khan' ? 'thuongKhan' : 'khan' };
}
