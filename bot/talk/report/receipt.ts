/** The receipt that a message names, as it is printed: `BC-2026-00017`, typed with or without hyphens and zeros. */
const RECEIPT = /(?:^|[^\p{L}\d])bc[\s-]?(20\d{2})[\s-]?(\d{1,6})(?!\d)/iu;

export function receiptIn(text: string): string | null {
  const [, year, number] = RECEIPT.exec(text) ?? [];
  return year && number ? `BC-${year}-${String(Number(number)).padStart(5, '0')}` : null;
}
