/**
 * Text pasted from old documents, in the codes of TCVN3 (.VnTime) or VNI-Windows fonts, made readable: `NhiÖm vô` and
 * `Nhieäm vuï` are `Nhiệm vụ`. Only a text that holds letters which Vietnamese in Unicode has not, and that reads better
 * decoded, is touched.
 */
import { foldWord } from './fold.ts';
import { isSyllable } from './syllable.ts';

const TCVN3_FROM = 'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ¡¢§£¤¥¦';
const TCVN3_TO = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ';
const TCVN3 = new Map(Array.from(TCVN3_FROM, (c, i) => [c, TCVN3_TO[i]!]));

const TONES: Record<string, string> = { ø: '\u0300', ù: '\u0301', û: '\u0309', õ: '\u0303', ï: '\u0323' };
const CIRCUMFLEX: Record<string, string> = { â: '', à: '\u0300', á: '\u0301', å: '\u0309', ã: '\u0303', ä: '\u0323' };
const BREVE: Record<string, string> = { ê: '', è: '\u0300', é: '\u0301', ú: '\u0309', ü: '\u0303', ë: '\u0323' };
const SINGLE: Record<string, string> = { æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ', ñ: 'đ', ö: 'ư', ô: 'ơ' };
const CIRCUMFLEXED: Record<string, string> = { a: 'â', e: 'ê', o: 'ô' };

/** Letters of Latin-1 that no Vietnamese word has in Unicode. */
const FOREIGN =
  /[\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce\u00cf\u00d0\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df\u00e4-\u00e7\u00eb\u00ee\u00ef\u00f0\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]/;
const WORDS = /[\p{L}\p{M}]+/gu;

export function readable(text: string): string {
  if (!FOREIGN.test(text)) return text;
  const [best] = [text, fromTcvn3(text), fromVni(text)]
    .map((read) => ({ read, worth: share(read) }))
    .sort((a, b) => b.worth - a.worth);
  return best!.worth > share(text) ? best!.read : text;
}

const fromTcvn3 = (text: string): string => Array.from(text, (c) => TCVN3.get(c) ?? c).join('');

function fromVni(text: string): string {
  let out = '';
  const letters = Array.from(text);
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i]!;
    const low = letter.toLowerCase();
    const mark = letters[i + 1]?.toLowerCase() ?? '';
    const base = SINGLE[low] ?? low;
    const marked =
      low in CIRCUMFLEXED && mark in CIRCUMFLEX
        ? CIRCUMFLEXED[low]! + CIRCUMFLEX[mark]!
        : low === 'a' && mark in BREVE
          ? `ă${BREVE[mark]}`
          : /^[aeouyơư]$/.test(base) && mark in TONES
            ? base + TONES[mark]!
            : null;
    const read = (marked ?? base).normalize('NFC');
    out += letter === low ? read : read.toUpperCase();
    if (marked !== null) i++;
  }
  return out;
}

/** Share of the words that are Vietnamese syllables. */
function share(text: string): number {
  const words = text.match(WORDS) ?? [];
  const fits = words.filter((w) => !FOREIGN.test(w) && isSyllable(foldWord(w))).length;
  return words.length === 0 ? 0 : fits / words.length;
}
