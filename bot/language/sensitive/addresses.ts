/** Where a person lives or goes to school: only beside a person, or where the message says that somebody lives there. */
import { allOf } from '../all-of.ts';
import { isPlaceName } from './names.ts';
import type { Looked } from './text.ts';

const NUMBER = '\\d{1,4}[a-z]?(?:\\/\\d{1,4}[a-z]?)*(?![\\p{L}\\d])';
const NAME = '\\p{Lu}[\\p{L}]*(?:\\s+(?:\\p{Lu}[\\p{L}]*|\\d{1,3}))*';
/** `15`, `Lạch Tray`, `45 Lạch Tray` */
const PLACE = `(?:${NUMBER}(?:\\s${NAME})?|${NAME})`;
const PART =
  '(?:số nhà|nhà số|sn|số|ngõ|ngách|hẻm|kiệt|tổ dân phố|tdp|tổ|thôn|xóm|ấp|khu phố|khu dân cư|kdc|khu|cụm|đường|phố|căn hộ|phòng|chung cư|tầng|tòa|dãy|xã|phường|quận|huyện|tỉnh|thành phố|tp\\.?|p\\.|x\\.|làng|đội|to dan pho|to|thon|xom|ngo|ngach|hem|khu pho|khu|duong|pho|xa|phuong|quan|huyen|tinh|thanh pho|lang|doi)';
/** Words in small letters, with a capital, or all capitals. */
const anyCase = (words: string): string =>
  words
    .slice(3, -1)
    .split('|')
    .flatMap((w) => [w, w[0]!.toUpperCase() + w.slice(1), w.replace(/[\p{L}]/gu, (c) => c.toUpperCase())])
    .join('|');
/** One part of an address after another: `số nhà 15 ngõ 8 tổ dân phố 3, phường An Biên`. */
const chain = (parts: string) =>
  new RegExp(`(?<![\\p{L}\\d])(?:${anyCase(parts)})\\s*${PLACE}(?:[\\s,-]+(?:${anyCase(PART)})\\s*${PLACE})*`, 'gu');

const HOME = chain('(?:số nhà|nhà số|so nha|nha so)');
const NEAR = chain(
  '(?:số nhà|nhà số|so nha|số|so|ngõ|ngo|ngách|ngach|hẻm|hem|tổ dân phố|to dan pho|tdp|tổ|to|thôn|thon|xóm|xom|ấp|khu phố|khu pho|khu|cụm|đường|duong|phố|căn hộ|can ho|phòng|phong|làng|lang|đội|doi|khu dân cư|kdc)',
);
/** A number and the name of a street alone: "45 Trần Nguyên Hãn". */
const STREET = /(?<![\p{L}\d/.,])\d{1,4}[a-z]?(?:\/\d{1,4})*\s\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){1,3}/gu;
/** A quarter named in small letters, beside a person: `thôn bắc`. */
const QUARTER =
  /(?<![a-z])(?<it>(?:thon|xom|lang|khu) (?:dong|tay|nam|bac|trung|thuong|ha|doai|dinh|chua|moi|trai|trong|ngoai|tren|duoi|giua))(?![a-z])/g;
/** An alley goes by whatever name: `ở ngõ chợ`, `trong xóm giếng`. */
const ALLEY =
  /(?<![a-z])(?:o|tai|tru|trong|den|nha|dau|cuoi)\s+(?<it>(?:dau |cuoi )?(?:ngo|ngach|hem|xom)\s(?!cua|nay|kia|do|va|la|co|dan|bi|da)[a-z]{2,7})(?![a-z])/g;
/** After "trú tại" even a name alone is an address. */
const LIVES =
  /(?<![a-z])(?:thuong tru|tam tru|cu tru|tru tai|tru o|hktt|ho khau|ngu tai|ngu o|noi o|cho o|dia chi|dc|que quan|que|nha o|o tai|song tai)\s*(?:hien nay|tai|o|:|la)*\s*(?<it>(?:so|ngo|ngach|to|thon|xom|ap|khu|duong|pho|nha|can ho|phong|lang|cum|doi|tdp)\s[^.;\n()]{1,60})/g;
/** And so is a number with the name of a street: `trú tại 25 Lạch Tray`. */
const LIVES_AT =
  /(?<![a-z])(?:thuong tru|tam tru|cu tru|tru tai|tru o|hktt|ngu tai|ngu o|nha o|noi o|song tai|o tai|dia chi|dc)\s*(?:hien nay|tai|o|:|la)*\s*(?<it>\d{1,4}[a-z]?(?:\/\d{1,4}[a-z]?)*\s[^.;\n()]{1,60})/g;
/** A flat: `P302 chung cư Hoàng Huy`. */
const FLAT =
  /(?<![a-z])(?<it>(?:p|phong|can ho|can)\.?\s?\d{2,4}[a-z]?,?\s+(?:toa nha|toa|chung cu|cc|khu chung cu)\s[^.,;\n()]{1,40})/g;
/** `quê Kiến Thụy`, beside a person. */
const HOME_TOWN =
  /(?<!\p{L})[Qq]uê(?: quán| gốc)?\s*(?:ở|tại|:)?\s+(?<it>(?:(?:xã|huyện|tỉnh|phường|tp)\s)?\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3})/gu;
const SCHOOL =
  /(?<![a-z])(?<it>lop\s*\d{1,2}\s?[a-z]?\d{0,2}(?![a-z\d])(?:\s*,?\s*(?:truong|thcs|thpt|th)\s[^,.;\n()]{2,40})?)/g;
/** What is suspected of a pupil; promises and lessons are not. */
const SUSPECTED =
  /(?<![a-z])(?:nghi (?:su dung|dung|hut|choi|nghien|van|ban)|duong tinh|co bieu hien|bi phat hien|bi bat|hut can|choi da|dang dung|su dung (?:ma tuy|thuoc la dien tu|can|bong cuoi)|dung (?:ma tuy|can|pod)|pod chill)(?![a-z])/;
const TAUGHT =
  /(?<![a-z])(?:tuyen truyen|cam ket|khong (?:su dung|dung|thu)|phong chong|ngoai khoa|tim hieu|tap huan|noi chuyen|tac hai|ki)(?![a-z])/;
/** One person by age: `nam thanh niên 22t`, `17 tuổi, học lớp 11A3`. */
const AGED =
  /(?<![a-z\d])(?<!(?:[2-9]|\d\d|cac|nhung|duoi|tren|tu|den) )(?:(?:1|01|mot) )?(?:doi tuong|thanh nien|nam thanh nien|nu thanh nien|con nghien|nguoi nghien|benh nhan|nam gioi|nu gioi|nam|nu|nam sinh|nu sinh|chau|em)(?: nam| nu)?,? (?:khoang )?\d{1,2} ?(?:t|tuoi)(?![a-z])/g;
const AGE = /(?<![\d.,])(?<it>\d{1,2}\s*(?:tuoi|t))(?![a-z])/g;
/** What follows an address is not part of it. */
const STOPS =
  /\s*,?\s+(?:da|dang|bi|duong tinh|nghien|su dung|sdt|dien thoai|cccd|cmnd|sinh|sn|hien|va|la|co|thuong|test|lap|moi|khong|chua|tham gia|mua|ban|tang tru)(?![a-z]).*$/s;

/** @param besidePerson places of names and numbers that point to a person */
export function addressesIn({ text, plain }: Looked, besidePerson: readonly { start: number; end: number }[]) {
  const suspected = SUSPECTED.test(plain) && !TAUGHT.test(plain);
  const aged =
    SUSPECTED.test(plain) || /(?<![a-z])(?:doi tuong|nghien|ma tuy)(?![a-z])/.test(plain) ? allOf(AGED, plain) : [];
  const persons = [...besidePerson, ...aged.map(({ index, 0: it }) => ({ start: index, end: index + it.length }))];
  const near = (start: number, end: number) => persons.some((p) => start - p.end < 80 && p.start - end < 80);
  // A capital word is part of the address: "đường Cát Bi" ends with no "bị".
  const cased = Array.from(plain, (c, i) => (/\p{Lu}/u.test(text[i]!) ? c.toUpperCase() : c)).join('');
  const cut = (start: number, end: number) => {
    // What names an alley is no end of it: "xóm chùa".
    const head = /^\S+\s\S+/.exec(cased.slice(start, end))?.[0].length ?? 0;
    const stop = STOPS.exec(cased.slice(start + head, end));
    return { start, end: stop ? start + head + stop.index : end };
  };
  const matches = (words: RegExp, over: string) =>
    allOf(words, over).map((match) => {
      const it = match.groups?.it ?? match[0];
      const start = match.index + match[0].lastIndexOf(it);
      return cut(start, start + it.length);
    });
  return [
    ...matches(HOME, text),
    ...matches(FLAT, plain),
    ...allOf(STREET, text)
      .map(({ index, 0: it }) => ({ start: index, end: index + it.length, street: it.search(/\s/) + 1 }))
      .filter(({ start, end, street }) => isPlaceName(plain.slice(start + street, end)) && near(start, end)),
    ...matches(LIVES, plain).filter(({ start, end }) => /\d|\p{Lu}/u.test(text.slice(start, end)) || near(start, end)),
    // "tạm trú 25 người" is a figure.
    ...matches(LIVES_AT, plain).filter(
      ({ start, end }) =>
        /^\S+\s\p{Lu}/u.test(text.slice(start, end)) ||
        [2, 3].some((words) =>
          isPlaceName(
            plain
              .slice(start, end)
              .split(/[\s,]+/)
              .slice(1, words + 1)
              .join(' '),
          ),
        ),
    ),
    // A pupil of a class that is suspected is found without a name.
    ...(suspected ? matches(SCHOOL, plain).filter(({ start, end }) => /\d\s?[a-z]/.test(plain.slice(start, end))) : []),
    ...[
      ...matches(NEAR, text).filter(
        ({ start, end }) => !/^so (?:noi|y|cong|tu|xay|giao|tai|van|ngoai)(?![a-z])/.test(plain.slice(start, end + 8)),
      ),
      ...matches(QUARTER, plain),
      ...matches(HOME_TOWN, text),
      ...matches(ALLEY, plain),
      ...matches(SCHOOL, plain),
      ...matches(AGE, plain),
    ].filter(({ start, end }) => near(start, end)),
  ];
}
