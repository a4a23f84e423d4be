/** The receipt that a message names: as it is printed, `BC-2026-00017`, without hyphens and zeros, or short, `BC-17`. */
const RECEIPT = /(?:^|[^\p{L}\d])bc[\s-]?(20\d{2})[\s-]?(\d{1,6})(?!\d)/iu;
/** Of this year; with nothing after it, since "bc 6 tháng" names none. */
const SHORT = /^(?:\p{L}+\s+){0,4}bc-?(\d{1,5})[.!]?$/iu;

export function receiptIn(text: string, today: string): string | null {
  const said = text.normalize('NFC').trim();
  const [, year, number] = RECEIPT.exec(said) ?? [];
  const [, short] = number ? [] : (SHORT.exec(said) ?? []);
  const at = year ?? today.slice(0, 4);
  const n = number ?? short;
  return n ? `BC-${at}-${String(Number(n)).padStart(5, '0')}` : null;
}
