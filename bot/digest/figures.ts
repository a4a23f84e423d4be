/** Figures in words: `12 buổi tuyên truyền (+2), 1.500 lượt người dự (+150)`. */
import { say } from '../text/say.ts';
import type { Figure } from './totals.ts';
import type { Totals } from './types.ts';

/** What is said in one line, the weightiest first. */
const LINES: Figure[][] = [
  ['buoi_tuyen_truyen', 'luot_nguoi_du'],
  ['co_so_kiem_tra', 'co_so_vi_pham', 'vu_phat_hien', 'doi_tuong'],
  ['nguoi_nghien_ra_soat', 'ho_so_cai_nghien', 'ho_tro_sau_cai'],
  ['to_roi', 'pano_ap_phich_bang_ron', 'cam_ket'],
  ['nguoi_vay_von', 'so_tien_vay_trieu_dong'],
];

/** One line for each group of figures that anyone has reported. */
export function figureLines(totals: Totals, change: Totals): string[] {
  return LINES.map((figures) =>
    figures
      .filter((figure) => totals[figure] !== undefined)
      .map((figure) => withChange(say(`digest:${figure}`, { n: spoken(totals[figure]!) }), change[figure]))
      .join(', '),
  ).filter((line) => line !== '');
}

function withChange(figure: string, change: number | undefined): string {
  if (!change) return figure;
  return say('digest:change', { figure, change: `${change > 0 ? '+' : '−'}${spoken(Math.abs(change))}` });
}

/** `1.234` and `1.234,5`, as Vietnamese writes numbers; money has at most one decimal. */
export function spoken(n: number): string {
  const [whole, decimal] = String(Math.round(n * 10) / 10).split('.') as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  return decimal ? `${grouped},${decimal}` : grouped;
}
