/** Sentences that raise a matter: "vướng mắc: …", "đột xuất hỏa tốc: …", "mô hình hay: …"; without words after the colon they are asked for. */
import type { Urgency } from '../../desk/types.ts';
import { fold } from '../../language/fold.ts';

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
const ALONE = /^(?:(?:toi )?(?:muon )?(?:gui )?)?bao cao dot xuat$/;
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
