/** Small things the store's tests are made of. */

import type { Address, Chat, GroupChat, Instant, Person, Reply, Send } from '../../../bot/core/types.ts';
import type { Book, Passage, Schedule } from '../../../bot/plan/types.ts';
import { firstStanding } from '../../../bot/report/state.ts';
import type { SubmittedReport } from '../../../bot/report/types.ts';
import type { Actor, Asked, Store, Surroundings, WebLine } from '../../../bot/store/port.ts';

/** 10/6/2026 08:00 in Hải Phòng, and a bit, so that milliseconds count. */
export const now: Instant = Date.UTC(2026, 5, 10, 1, 0, 0, 123);
export const minute = 60_000;

export const officer: Person = {
  id: 'p-y-te',
  name: 'Nguyễn Thị Hạnh',
  memberships: [{ unit: 'syt', role: 'officer' }],
};
export const coordinator: Person = {
  id: 'p-dieu-phoi',
  name: 'Trần Văn Đức',
  memberships: [
    { unit: 'catp', role: 'coordinator' },
    { unit: 'catp', role: 'officer' },
  ],
};
export const home: Address = 'telegram:1001';
export const desk: Address = 'telegram:1002';
export const group: Address = 'telegram:-100123';

export const actor = (person: string | null, at = now): Actor => ({ person, address: home, at });

export const privately = (from: Address, codeHash: string | null = null) => ({
  from,
  chat: { address: from, kind: 'private', addressed: true } as Chat,
  codeHash,
});

export const inGroup = (from: Address, at: Address = group) => ({
  from,
  chat: { address: at, kind: 'group', addressed: true } as Chat,
  codeHash: null,
});

export async function look(
  store: Store,
  event: Omit<Asked, 'event'>,
  year = 2026,
  agency?: string,
): Promise<Surroundings> {
  const where = { year, ...(agency !== undefined && { agency }) };
  return (await store.surroundings([{ event: 'e', ...event }], where))[0]!;
}

export const saying = (text: string): Reply => ({ text: [{ as: 'text', text }] });

export const letter = (key: string, to: Address = home, more: Partial<Send> = {}): Send => ({
  to,
  key,
  reply: saying(key),
  ...more,
});

export const queue = (store: Store, send: Send, at = now): Promise<boolean> =>
  store.transaction((tx) => tx.send(send, at));

export const linked = (address: Address = group): GroupChat => ({
  address,
  title: 'Tổ công tác 799',
  scope: { kind: 'city' },
  digestAt: '07:30',
  linkedBy: coordinator.id,
});

export const report = (number: number, more: Partial<SubmittedReport> = {}): SubmittedReport => ({
  id: `r${number}`,
  receipt: `BC-2026-${String(number).padStart(5, '0')}`,
  form: 'nhanh',
  version: 1,
  unit: 'syt',
  duty: 'kh64/6-thang',
  values: { buoi: 3, kinhPhi: 12.5, ghiChu: 'Đã phối hợp với 4 phường' },
  nothing: false,
  submittedAt: now + number,
  timeliness: 'onTime',
  by: officer.id,
  ...firstStanding(now + number),
  ...more,
});

export const webLine = (id: string, chat: Address = 'web:p1'): Omit<WebLine, 'seq'> => ({
  chat,
  id,
  from: 'bot',
  at: now,
  body: { text: [{ as: 'text', text: id }] },
});

const schedules: Schedule[] = [
  { kind: 'continuous', wording: 'Thường xuyên' },
  { kind: 'range', wording: 'từ 01/6 đến 30/6/2026', from: '2026-06-01', to: '2026-06-30' },
  { kind: 'deadline', wording: 'trước ngày 05/7/2026', before: '2026-07-05' },
  { kind: 'periodic', wording: 'định kỳ 6 tháng' },
  { kind: 'byDirection', wording: 'theo chỉ đạo' },
  { kind: 'session', wording: 'theo kỳ họp' },
  { kind: 'unstated', wording: '' },
];

const passage = (schedule: Schedule, n: number): Passage => ({
  id: `kh/IV.2/${n}`,
  plan: 'kh',
  path: 'IV.2',
  heading: '2. Sở Y tế',
  paragraphs: n === 1 ? ['Phần đầu của đoạn', 'và phần sau trang.'] : [`Nhiệm vụ ${n}.`],
  text: n === 1 ? 'Phần đầu của đoạn và phần sau trang.' : `Nhiệm vụ ${n}.`,
  lines: n === 0 ? [] : ['+ Đơn vị chủ trì: Sở Y tế;', '+ Thời gian: Thường xuyên.'],
  assignments:
    n === 0
      ? []
      : [
          { party: 'syt', role: 'lead', wording: 'Sở Y tế' },
          { party: 'g-tat-ca', role: 'coordinate', wording: 'các đơn vị liên quan' },
        ],
  schedule,
  topics: n === 2 ? ['bong-cuoi', 'cai-nghien'] : [],
});

/** A book with one of everything, and nothing in alphabetical order. */
export const book: Book = {
  units: [
    {
      id: 'syt',
      name: 'Sở Y tế',
      kind: 'so',
      abbr: 'SYT',
      aliases: ['y tế', 'so y te'],
      namesInPlans: ['Sở Y tế'],
      groups: ['g-so', 'g-tat-ca'],
      note: 'thường trực',
    },
    {
      id: 'catp',
      name: 'Công an thành phố',
      kind: 'luc-luong',
      abbr: null,
      aliases: [],
      namesInPlans: [],
      groups: ['g-tat-ca'],
    },
    {
      id: 'p-le-chan',
      name: 'UBND phường Lê Chân',
      kind: 'ubnd-xa',
      abbr: null,
      aliases: ['lê chân'],
      namesInPlans: [],
      groups: ['g-tat-ca'],
      code: '11407',
      commune: 'Phường Lê Chân',
      formerArea: 'Hải Phòng (cũ)',
      formedFrom: [
        { name: 'Phường Hàng Kênh', district: 'Quận Lê Chân', extent: 'toàn bộ' },
        { name: 'Phường An Biên', district: 'Quận Lê Chân', extent: 'một phần' },
      ],
    },
  ],
  groups: [
    {
      id: 'g-tat-ca',
      name: 'Các cơ quan, đơn vị',
      wordings: ['các cơ quan'],
      members: ['p-le-chan', 'catp', 'syt'],
      note: 'mọi đơn vị',
    },
    { id: 'g-so', name: 'Các sở', wordings: ['các Sở, ngành', 'các sở'], members: ['syt'] },
    { id: 'g-lien-quan', name: 'Các đơn vị liên quan', wordings: [], members: [] },
  ],
  plans: [
    {
      id: 'thang',
      title: 'Kế hoạch Tháng hành động',
      short: 'KH Tháng hành động 2026',
      symbol: null,
      issuedOn: null,
      issuer: 'UBND thành phố',
      period: { from: '2026-06-01', to: '2026-06-30' },
      theme: 'Vì một cộng đồng không ma túy',
      passages: [],
      duties: [],
      facts: [],
    },
    {
      id: 'kh',
      title: 'Kế hoạch 64',
      short: 'KH 64',
      symbol: '64/KH-BCĐ',
      issuedOn: '2026-03-02',
      issuer: 'Ban Chỉ đạo 799',
      period: null,
      theme: null,
      passages: schedules.map(passage),
      duties: [
        {
          id: 'kh64/6-thang',
          plan: 'kh',
          source: 'kh/IV.2/2',
          name: 'Báo cáo 6 tháng',
          kind: 'deadline',
          parties: ['g-tat-ca', 'syt'],
          receiver: 'catp',
          through: 'catp',
          wording: 'qua Công an thành phố',
          period: { from: '2025-12-16', to: '2026-06-15' },
          before: '2026-06-16',
        },
        {
          id: 'kh64/dot-xuat',
          plan: 'kh',
          source: 'kh/IV.2/2',
          name: 'Báo cáo đột xuất',
          kind: 'occasion',
          parties: [],
          receiver: null,
          through: null,
          wording: 'trên hệ thống phần mềm',
          period: null,
          before: null,
        },
      ],
      facts: [
        { key: 'theme', plan: 'kh', text: '', sources: [] },
        { key: 'funding', plan: 'kh', text: 'Ngân sách thành phố', sources: ['kh/IV.2/1', 'kh/IV.2/0'] },
      ],
    },
  ],
  topics: [
    { id: 'cai-nghien', name: 'cai nghiện', synonyms: ['cai', 'cai nghiện tự nguyện'] },
    { id: 'bong-cuoi', name: 'bóng cười', synonyms: [] },
  ],
};
