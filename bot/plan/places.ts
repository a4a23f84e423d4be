/** Where each paragraph of a plan stands: `IV.9/1.2` is section IV, clause 9, first dash, the paragraph that continues it. */

/** A heading's or passage's number and how deep it stands. */
export interface Numbered {
  /** `I`, `1`, `1.1`, `a`, `PL`. */
  number: string;
  level: 1 | 2 | 3 | 4;
}

const ROMAN = /^(?:(?:phần|mục)\s+)?([IVXL]{1,7})(?:\s*[.\-–/):]|\s|$)/iu;
const ANNEX = /^PHỤ LỤC(?:\s+(?:SỐ\s+)?([IVX\d]+))?/iu;

/** Reads the number that a heading or a mark begins with: `IV. PHÂN CÔNG`, `2.`, `1.1.`, `a)`; null without one. */
export function numberOf(words: string): Numbered | null {
  const annex = ANNEX.exec(words);
  if (annex) return { number: `PL${annex[1]?.toUpperCase() ?? ''}`, level: 1 };
  const digits = /^(\d{1,2}(?:\.\d{1,2})*)\s*(?:[.)/]|\s|$)/u.exec(words)?.[1];
  if (digits) return { number: digits, level: digits.includes('.') ? 3 : 2 };
  const roman = ROMAN.exec(words)?.[1];
  if (roman && roman === roman.toUpperCase()) return { number: roman, level: 1 };
  const letter = /^([a-zđ])\s*[.)]/u.exec(words)?.[1];
  if (letter) return { number: letter, level: 4 };
  const part = /^(?:PHẦN|Phần)\s+(?:thứ\s+|THỨ\s+)?(\p{L}+)|^([A-Z])\s*[.:]/u.exec(words);
  return part ? { number: part[2] ?? PARTS[part[1]!.toLowerCase()] ?? 'A', level: 1 } : null;
}

const PARTS: Record<string, string> = { nhất: 'A', hai: 'B', ba: 'C', tư: 'D', năm: 'E' };

/** Follows a document from its first heading and tells the id of each passage. */
export interface Places {
  heading(words: string): void;
  /**
   * A passage that carries a number (`2.`), a dash, a plus below a dash, or no mark.
   * @param continues it goes on from the passage before
   */
  passage(mark: string | undefined, continues: boolean): string;
  /** Of the heading or numbered passage that was last: `IV.9`; empty before the first. */
  path(): string;
}

export function createPlaces(): Places {
  let annex = '';
  let section = '';
  let numbers: string[] = [];
  let letter = '';
  let dash = 0;
  let part = 1;

  const path = () => [annex, section, ...numbers, letter].filter((p) => p !== '').join('.');

  function enter({ number, level }: Numbered): void {
    dash = 0;
    part = 1;
    if (level === 1 && number.startsWith('PL')) [annex, section, numbers, letter] = [number, '', [], ''];
    else if (level === 1) [section, numbers, letter] = [number, [], ''];
    else if (level === 4) letter = number;
    else {
      letter = '';
      // Numbers that begin again below a clause stand inside it: `2.` … `1.` is II.2.1.
      const [outer, inner] = numbers;
      if (level === 3) numbers = [number];
      else if (outer !== undefined && !outer.includes('.') && Number(number) <= Number(outer) && inner === undefined)
        numbers = [outer, number];
      else if (inner !== undefined && Number(number) === Number(inner) + 1) numbers = [outer!, number];
      else numbers = [number];
    }
  }

  return {
    path,
    heading(words) {
      const found = numberOf(words);
      if (found) enter(found);
      else if (section === '') section = 'A';
    },
    passage(mark, continues) {
      if (continues) part++;
      else if (mark !== undefined && numberOf(mark)) enter(numberOf(mark)!);
      else {
        part = 1;
        if (mark !== undefined) dash++;
      }
      return `${path()}/${dash}${part > 1 ? `.${part}` : ''}`;
    },
  };
}
