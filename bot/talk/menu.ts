/** The menu of commands that channels show, in Vietnamese. */
import { say } from '../text/say.ts';

export interface MenuItem {
  command: string;
  description: string;
}

const PRIVATE = [
  'nhiemvu',
  'han',
  'baocao',
  'dagui',
  'tonghop',
  'xuat',
  'giahan',
  'bangiao',
  'capnhat',
  'muctieu',
  'vuongmac',
  'dotxuat',
  'khenthuong',
  'mohinh',
  'timkiem',
  'nopchodau',
  'toi',
  'lienketkenh',
  'kenhcuatoi',
  'daumoi',
  'tatnhac',
  'vang',
  'xinvao',
  'thoiphutrach',
  'trogiup',
] as const;
const GROUP = ['lienket', 'huylienket', 'caidat', 'bantin', 'tiendo', 'nhiemvu', 'han', 'trogiup'] as const;
/** Sees the officers' commands as well. */
const COORDINATOR = [
  ...PRIVATE,
  'duyet',
  'moi',
  'mamoi',
  'duyetvao',
  'canbo',
  'nhac',
  'guitatca',
  'nhom',
  'kenh',
  'kehoach',
  'nhatky',
  'cauhoi',
  'daytu',
] as const;
const COMMANDS = { private: PRIVATE, group: GROUP, coordinator: COORDINATOR };

export const commandMenu = (whose: keyof typeof COMMANDS): MenuItem[] =>
  COMMANDS[whose].map((command) => ({ command, description: say(`menu:${command}`) }));
