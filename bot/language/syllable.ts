/** Which letters make a Vietnamese syllable: what tells a word from keyboard residue. */

const ONSETS = 'ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x'
  .split(' ')
  .sort((a, b) => b.length - a.length);

/** Rimes without marks. */
const RIMES = new Set(
  (
    'a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu ' +
    'im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong oong op ot ' +
    'u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen ' +
    'uyet uynh uyn uyt uyu y yem yen yeng yet yeu'
  ).split(' '),
);

/** Endings that allow only the tones sắc and nặng. */
const STOPPED = /(c|ch|p|t)$/;
/** Letters that carry a mark only in these rimes; keeps `thâng` apart from `thăng`, not fully, but enough for repair. */
const MARKED_RIME = /^(i|u|oa|y)?[ăâêôơưaeiouy]+(c|ch|m|n|ng|nh|p|t|i|y|o|u)?$/;

/** Splits `nghị` folded as `nghi` into onset and rime; null where no syllable can be read. */
function parts(folded: string): { onset: string; rime: string } | null {
  for (const onset of [...ONSETS, '']) {
    if (!folded.startsWith(onset)) continue;
    const rime = folded.slice(onset.length);
    if (RIMES.has(rime)) return { onset, rime };
    // gi + i... is written gi: `gi`, `gìn`.
    if (onset === 'gi' && (rime === '' || RIMES.has(`i${rime}`))) return { onset: 'g', rime: `i${rime}` };
  }
  return null;
}

/** Whether letters without marks could be a Vietnamese syllable. */
export const isSyllable = (folded: string): boolean => parts(folded) !== null;

/** Whether marked letters with a tone (0 none, 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng) could be one. */
export function isMarkedSyllable(letters: string, tone: number): boolean {
  const folded = letters
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd');
  const read = parts(folded);
  if (!read) return false;
  if (STOPPED.test(read.rime) && tone !== 1 && tone !== 5) return false;
  const rime = letters.slice(letters.length - read.rime.length);
  // A circumflex or horn belongs to one place: two different marks occur only in ươ.
  const marks = [...rime].filter((c) => /[ăâêôơư]/.test(c)).join('');
  if (marks.length > 1 && marks !== 'ươ') return false;
  if (/^(ie|ye|uye)/.test(rime) || /[iy]e(c|m|n|ng|p|t|u)$/.test(rime)) return false;
  return MARKED_RIME.test(rime);
}

/** The same for a word in its exact form (see `exactWord`): its letters, then the tone. */
export const isTypedSyllable = (exact: string): boolean => {
  const [, letters, tone] = /^(.*?)([1-5]?)$/.exec(exact)!;
  return isMarkedSyllable(letters!, Number(tone));
};
