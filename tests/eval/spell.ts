/** Ways of typing the same sentence, for making question sets: each is deterministic. */

const TONES: Record<string, [telex: string, vni: string]> = {
  '\u0301': ['s', '1'],
  '\u0300': ['f', '2'],
  '\u0309': ['r', '3'],
  '\u0303': ['x', '4'],
  '\u0323': ['j', '5'],
};
const MARKS: Record<string, [telex: string, vni: string]> = {
  â: ['aa', 'a6'],
  ê: ['ee', 'e6'],
  ô: ['oo', 'o6'],
  ă: ['aw', 'a8'],
  ơ: ['ow', 'o7'],
  ư: ['uw', 'u7'],
  đ: ['dd', 'd9'],
};
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

export const noMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

function letters(word: string): { letter: string; tone: string }[] {
  return Array.from(word.normalize('NFC')).map((c) => {
    const nfd = c.normalize('NFD');
    const tone = Object.keys(TONES).find((t) => nfd.includes(t)) ?? '';
    return { letter: nfd.replace(tone, '').normalize('NFC').toLowerCase(), tone };
  });
}

/** `nhiệm vụ` → `nhieemj vuj` */
export const telex = (text: string): string =>
  text.replace(WORDS, (word) => {
    const read = letters(word);
    const tone = read.find((l) => l.tone)?.tone;
    return read.map((l) => MARKS[l.letter]?.[0] ?? l.letter).join('') + (tone ? TONES[tone]![0] : '');
  });

/** `báo cáo` → `ba1o ca1o` */
export const vni = (text: string): string =>
  text.replace(WORDS, (word) =>
    letters(word)
      .map((l) => (MARKS[l.letter]?.[1] ?? l.letter) + (l.tone ? TONES[l.tone]![1] : ''))
      .join(''),
  );

const TEEN: [RegExp, string][] = [
  [/phòng,? chống ma túy/gi, 'pcmt'],
  [/báo cáo/gi, 'bc'],
  [/nhiệm vụ/gi, 'nv'],
  [/kế hoạch (?=\d)/gi, 'kh'],
  [/đơn vị/gi, 'đv'],
  [/không/gi, 'ko'],
  [/như thế nào|thế nào/gi, 'ntn'],
  [/bao nhiêu/gi, 'bn'],
  [/khi nào/gi, 'kn'],
  [/được/gi, 'đc'],
  [/với/gi, 'vs'],
  [/vậy/gi, 'z'],
  [/gì/gi, 'j'],
  [/rồi/gi, 'r'],
  [/quản lý/gi, 'ql'],
  [/người nghiện/gi, 'ng nghiện'],
  [/tháng hành động/gi, 'thđ'],
];

/** Chat shorthand; without marks on every second sentence, as on a phone. */
export function teen(text: string, seed: number): string {
  const short = TEEN.reduce((t, [word, as]) => t.replace(word, as), text.toLowerCase());
  return `${seed % 2 ? noMarks(short) : short}${seed % 3 ? '' : ' ạ'}`;
}

/** One letter left out or two exchanged in one or two longer words, or marks left off here and there. */
export function typo(text: string, seed: number, spare: readonly string[]): string {
  if (seed % 2) return text.replace(WORDS, (w) => ((w.length * 7 + seed) % 3 ? w : halfMarked(w)));
  let slips = 0;
  return noMarks(text).replace(WORDS, (word, at: number) => {
    if (slips >= 2 || word.length < 4 || /\d/.test(word) || spare.includes(word.toLowerCase()) || (at + seed) % 2)
      return word;
    slips++;
    const i = 1 + ((seed + word.length) % (word.length - 2));
    return seed % 4
      ? word.slice(0, i) + word.slice(i + 1)
      : word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2);
  });
}

const halfMarked = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
    .normalize('NFC');

const LONG = [
  (t: string) => `Dạ em chào các anh chị ạ, anh chị cho em hỏi ${t} ạ, em cảm ơn nhiều`,
  (t: string) => `Kính gửi đồng chí trực ban, đề nghị đồng chí cho biết giúp: ${t}. Xin trân trọng cảm ơn!`,
  (t: string) => `Chào bot, mình cần hỏi chút, ${t} nhỉ`,
];
export const long = (text: string, seed: number): string => LONG[seed % LONG.length]!(text);
