/** Persons told of by the given name alone, in small letters: `đối tượng dũng bị bắt`, `tên là quất`, `chị hoa ở tổ 5 nghiện`. */
import { allOf } from '../all-of.ts';
import { exactWord, isMarked } from '../fold.ts';
import type { Looked } from './text.ts';

interface Place {
  start: number;
  end: number;
}

/** Given names that are no word of reports when they carry their marks. */
const GIVEN = new Set(
  (
    'dũng hùng tuấn cường hoa lan mai tùng thắng long minh đức khánh toàn linh hương trang thảo nga hằng thúy thủy hà hiếu nghĩa khoa thịnh ' +
    'vinh quyết phúc lộc thọ đạt mạnh hoàng huy hồng yến quỳnh kiên sơn hải oanh ngọc lâm thơm nhung tú tuyết hạnh liên phượng tèo tý bi tít'
  )
    .split(' ')
    .map(exactWord),
);
/** Those that stay names without them. */
const BARE = new Set(
  'hung cuong linh trang thao hieu khanh duc quynh vinh hoang nhung oanh phuong teo hoa lan nga huy'.split(' '),
);
const isGiven = (word: string, bare: boolean): boolean => (bare ? BARE.has(word) : GIVEN.has(exactWord(word)));

const SUSPECT = 'doi tuong|dt|nghi pham|nghi can|bi can|con nghien|nguoi nghien|benh nhan|nan nhan|ke cam dau|cam dau';
const FAMILY = 'anh|chi|ong|ba|chau|em|thang|con|vo chong|chu quan';
/** What is told of a person, and of no office. */
const THEN =
  '(?=\\s*(?:$|[,.;(]|(?:bi|da|dang|sinh|tru|sn|o (?!phong|van phong|ubnd|cong an|so|ban|tram|doan|hoi)|tang tru|mua|ban|duong tinh|nghien|choi|hut|su dung|dung (?:ma tuy|da|can)|tu nguyen|lop|khai|bo tron|ve nha|va|cung|hay|vua|moi|cam dau|dan em|con (?:ong|ba|anh|chi)|di cai|\\d)(?![a-z])))';
const TOLD = new RegExp(`(?<![a-z])(?:${SUSPECT})\\s+(?:ten\\s+)?(?:la\\s+)?(?<it>[a-z]{2,6})(?![a-z])${THEN}`, 'g');
const KIN = new RegExp(
  `(?<![a-z])(?:${FAMILY})\\s+(?<it>[a-z]{2,6})(?![a-z])(?=\\s+(?:bi bat|bi nghien|tru tai|sn|sinh|o (?:to|thon|xom|ngo|so)|tang tru|mua ban|ban ma tuy|duong tinh|nghien|choi da|hut|su dung|dung ma tuy|lop \\d|bo tron))`,
  'g',
);
/** "nam 35 tuổi tên là dũng": whatever follows "tên" where a person is spoken of. */
const CALLED =
  /(?<![a-z])(?:doi tuong|nguoi|nam|nu|thanh nien|hoc sinh|em|chau|nghien)(?![a-z])[^.;\n]{0,40}?(?<![a-z])(?:ho ten|ten that|thuong goi|biet danh|ten)\s+(?:la\s+|:\s*)(?!gi|j|ai)(?<it>[a-z]{2,7})(?![a-z])/g;

const CALLED_SO =
  /(?<![a-z])(?:doi tuong|nguoi|thanh nien|hoc sinh|em|chau|ke|ban)\s+ten\s+(?!gi|j|ai|nay|do|trong|tren|la|o|cua|co|va)(?<it>[a-z]{2,7})(?![a-z])/g;

/** `a Thành "cá chép"`, `c Hoa ở ngõ 5`: anh and chị shortened; a by-name in quotation marks after any word for a person. */
const SHORT_KIN =
  /(?<![\p{L}\d.])[acô]\s+(?<it>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3})(?=\s+(?:(?:ở|o)\s+(?:tổ|to|thôn|thon|xóm|xom|ngõ|ngo|ngách|hẻm|số|so|khu|tdp)|chủ (?:quán|nhà|cơ sở|hộ|trọ)|con (?:ông|bà|anh|chị)|bị|bi|nghiện|nghien|đi cai|di cai|vừa đi cai|mới đi cai|sử dụng|su dung|dương tính|duong tinh|trú|tru|sn|sinh)(?!\p{L}))/gu;
const BYNAMED =
  /(?<![\p{L}\d.])(?:a|c|ô|e|anh|chị|chi|ông|ong|bà|em|cháu|chau|thằng|thang|tên|ten|đối tượng|doi tuong|đt|dt|bắt|bat|giữ|giu|tóm|gặp|gap|gọi|triệu tập|nghi|của|cua|là|la|và|cùng)\s+(?<it>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3}\s*["“'‘(]\p{Ll}+(?:\s\p{L}+){0,2}["”'’)])/gu;

/** `đối tượng thành "sẹo"`: in small letters only right after a suspect's word. */
const BYNAMED_SMALL =
  /(?<!\p{L})(?:[Đđ]ối tượng|doi tuong|đt|con nghiện|con nghien|nghi phạm|nghi can|thằng|tên|[Aa]|[Aa]nh|[Cc]|[Cc]hị|[Cc]hi)\s+(?<it>\p{Ll}{2,6}\s*["“'‘]\p{Ll}+(?:\s\p{L}+){0,2}["”'’])/gu;
/** `thằng Tí`, `cu Tý`: of no officer. */
const LADS = /(?<!\p{L})(?:thằng(?: bé)?|cu|gã|con bé)\s+(?<it>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3})/gu;

export function givenAlone({ text, plain }: Looked): Place[] {
  const bare = !isMarked(text);
  const places = (words: RegExp, named: boolean) =>
    allOf(words, plain).flatMap((match) => {
      const it = match.groups!.it!;
      const start = match.index + match[0].lastIndexOf(it);
      const typed = text.slice(start, start + it.length);
      return named || isGiven(bare ? it : typed, bare) ? [{ start, end: start + it.length }] : [];
    });
  const quoted = /["“'‘(]/.test(text) ? [BYNAMED, BYNAMED_SMALL] : [];
  const typed = [SHORT_KIN, LADS, ...quoted].flatMap((words) =>
    allOf(words, text).map((match) => {
      const end = match.index + match[0].length;
      return { start: end - match.groups!.it!.length, end };
    }),
  );
  return [...typed, ...places(TOLD, false), ...places(KIN, false), ...places(CALLED, true), ...places(CALLED_SO, true)];
}
