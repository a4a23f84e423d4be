/** Surnames of persons, as they are typed with diacritics and without. */
import { exactWord, foldWord } from '../fold.ts';
import type { Token } from '../tokens.ts';

export const SURNAMES = new Set(
  (
    'nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh mai đào lương trương tạ tô lưu hà ' +
    'vương cao phùng thái tống chu châu quách tăng khổng kiều lâm lại lã mạc nghiêm phí quản thạch thân tiêu triệu từ doãn đàm đồng ' +
    'giang hứa khúc bạch âu cù diệp đậu giáp hạ khuất lục ninh nông ngụy nhữ sầm sùng thào giàng lò quàng an vi vàng la ma tòng cà hầu ung'
  )
    .split(' ')
    .map(exactWord),
);
/** Surnames that stay recognisable without diacritics. */
export const PLAIN_SURNAMES = new Set(
  'nguyen tran le pham hoang phan vu vo bui ngo dinh doan trinh dao luong luu phung quach lam dam mai ly duong huynh trieu nghiem'
    .split(' ')
    .map(foldWord),
);
/** Without diacritics these are words of every day; with văn or thị after them they are names. */
export const RISKY_SURNAMES = new Set(
  'do dang truong ho ha vuong cao to ta tong thai chu chau kieu giang hua bach khuc'.split(' ').map(foldWord),
);

/** With diacritics any surname; without, one that is no word of every day. */
export const isSurname = (token: Token): boolean =>
  (SURNAMES.has(exactWord(token.raw)) && !isBare(token)) || (!token.accented && PLAIN_SURNAMES.has(token.folded));

/** "nguoi nghien la ngan hang nao": `là` typed without its mark is no surname La. */
const isBare = (token: Token): boolean => token.raw === 'la' && !token.accented;
